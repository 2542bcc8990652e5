//! Which types are sent, and which come back.

use std::collections::HashSet;

use super::types::{Kind, Shape, Slot, Type};
use super::{Api, BodyKind, Content};

/// The types that requests hold and those that answers hold, each with all that they are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Types that a request may hold.
    pub sent: HashSet<String>,
    /// Types that an answer may hold: what comes may be newer than the document.
    pub answered: HashSet<String>,
}

impl Reach {
    /// The reach of all operations of `api`.
    #[must_use]
    pub fn of(api: &Api) -> Self {
        let mut reach = Self::default();
        for operation in &api.operations {
            let parameters = operation.parameters.iter().map(|parameter| &parameter.slot);
            let media = operation.body.iter().flat_map(|body| &body.media);
            let bodies = media.filter_map(|media| match &media.kind {
                BodyKind::Json(slot) | BodyKind::Form(slot) => Some(slot),
                BodyKind::Multipart | BodyKind::Text | BodyKind::Bytes => None,
            });
            for slot in parameters.chain(bodies) {
                visit(api, slot, &mut reach.sent);
            }
            for case in operation
                .success
                .cases
                .iter()
                .chain(&operation.errors.cases)
            {
                if let Content::Json(slot) = &case.content {
                    visit(api, slot, &mut reach.answered);
                }
            }
        }
        reach
    }

    /// Adds the types that `is_root` picks, and what they are made of, to those that are sent.
    pub fn add(&mut self, api: &Api, is_root: impl Fn(&Type) -> bool) {
        for named in api.types.values().filter(|named| is_root(named)) {
            visit(
                api,
                &Slot::new(Kind::Type(named.name.clone())),
                &mut self.sent,
            );
        }
    }
}

fn visit(api: &Api, slot: &Slot, seen: &mut HashSet<String>) {
    let mut open = vec![slot];
    while let Some(slot) = open.pop() {
        match &slot.kind {
            Kind::Any | Kind::Scalar(_) => {}
            Kind::List(inner) | Kind::Map(inner) => open.push(inner),
            Kind::Type(name) => {
                if let Some(named) = api.types.get(name)
                    && seen.insert(name.clone())
                {
                    open.extend(named.shape.slots());
                }
            }
        }
    }
}

impl Shape {
    /// The slots that a value of this shape holds.
    pub fn slots(&self) -> Vec<&Slot> {
        match self {
            Self::Struct(object) => object
                .properties
                .iter()
                .map(|property| &property.slot)
                .chain(&object.rest)
                .collect(),
            Self::Enum(_) => Vec::new(),
            Self::Union(union) => union.variants.iter().map(|variant| &variant.slot).collect(),
            Self::Alias(slot) => vec![slot],
        }
    }
}
