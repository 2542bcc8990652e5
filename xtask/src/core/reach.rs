//! The types that are sent, and those that come back.

use std::collections::HashSet;

use super::types::{Kind, Shape, Slot};
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
    /// Returns the reach of all operations of `api`.
    #[must_use]
    pub fn of(api: &Api) -> Self {
        let (mut sent, mut answered) = (Vec::new(), Vec::new());
        for operation in &api.operations {
            sent.extend(operation.parameters.iter().map(|it| &it.slot));
            let media = operation.body.iter().flat_map(|body| &body.media);
            sent.extend(media.filter_map(|media| match &media.kind {
                BodyKind::Json(slot) | BodyKind::Form(slot) => Some(slot),
                BodyKind::Multipart | BodyKind::Text | BodyKind::Bytes => None,
            }));
            let (success, errors) = (&operation.success.cases, &operation.errors.cases);
            let contents = success.iter().chain(errors).map(|case| &case.content);
            answered.extend(contents.filter_map(|content| match content {
                Content::Json(slot) => Some(slot),
                Content::Empty | Content::Text | Content::Bytes => None,
            }));
        }
        Self {
            sent: api.types_in(sent),
            answered: api.types_in(answered),
        }
    }
}

impl Api {
    /// Returns the slots that values of `slots` are made of, these among them; what lists and maps hold only if
    /// `inside`.
    #[must_use]
    pub fn parts<'a>(&'a self, slots: Vec<&'a Slot>, inside: bool) -> Vec<&'a Slot> {
        let (mut open, mut seen, mut parts) = (slots, HashSet::new(), Vec::new());
        while let Some(slot) = open.pop() {
            parts.push(slot);
            match &slot.kind {
                Kind::List(inner) | Kind::Map(inner) if inside => open.push(inner),
                Kind::Type(name) if seen.insert(name) => {
                    let named = self.types.get(name);
                    open.extend(named.into_iter().flat_map(|named| named.shape.slots()));
                }
                _ => {}
            }
        }
        parts
    }

    /// Returns the names of the types that values of `slots` are made of.
    #[must_use]
    pub fn types_in(&self, slots: Vec<&Slot>) -> HashSet<String> {
        let parts = self.parts(slots, true).into_iter();
        let names = parts.filter_map(|slot| match &slot.kind {
            Kind::Type(name) => Some(name.clone()),
            _ => None,
        });
        names.collect()
    }

    /// Returns whether a value of `slot` may hold one of the type `name` other than through a list or a map, so that a
    /// field of that type needs a box.
    #[must_use]
    pub fn holds(&self, slot: &Slot, name: &str) -> bool {
        let mut parts = self.parts(vec![slot], false).into_iter();
        parts.any(|part| matches!(&part.kind, Kind::Type(held) if held == name))
    }
}

impl Shape {
    /// Returns the slots that a value of this shape holds.
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
