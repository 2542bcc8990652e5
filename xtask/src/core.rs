//! The core form: all that an API can be once it has been lowered.
//!
//! It is a closed grammar. Lowering builds values of it and nothing else, so what progenitor cannot be trusted with
//! cannot be said; [`document`] writes the OpenAPI 3.0 document that progenitor gets, and the operation template and
//! the passes over types read the rest off it.
//!
//! Every Rust name in it was chosen here: legal, unique within its scope, and left as it is by progenitor.

use indexmap::IndexMap;

use crate::pointer::Pointer;

mod document;
mod operation;
mod reach;
mod rust;
mod types;

pub use document::document;
pub use operation::{
    Answers, Body, BodyKind, Case, Content, HeaderFamily, METHODS, Media, Method, Operation,
    Parameter, Place, RESERVED_METHODS, RESERVED_SETTERS, Retry, Status, Style,
};
pub use reach::Reach;
pub use rust::Scope;
pub use types::{
    Enum, Kind, Property, Scalar, Shape, Slot, Struct, Tag, Type, Union, Value, Variant,
};

/// An API in the core form.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The title of the document.
    pub title: String,
    /// The description of the document; empty where there is none.
    pub description: String,
    /// The version of the document, as text.
    pub version: String,
    /// The URLs of the servers, once for each value that their variables may have.
    pub servers: Vec<String>,
    /// Every type that has a name, by that name.
    pub types: IndexMap<String, Type>,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
}

impl Api {
    /// Returns the slot that `slot` stands for where aliases are followed.
    #[must_use]
    pub fn resolve<'a>(&'a self, slot: &'a Slot) -> &'a Slot {
        let mut here = slot;
        // Lowering leaves no ring of aliases; the bound makes that a matter of this line alone.
        for _ in 0..self.types.len() {
            match &here.kind {
                Kind::Type(name) => match self.types.get(name).map(|found| &found.shape) {
                    Some(Shape::Alias(target)) => here = target,
                    _ => return here,
                },
                _ => return here,
            }
        }
        here
    }

    /// Returns `slot` with what aliases stand for in their place, however deep.
    #[must_use]
    pub fn expand(&self, slot: &Slot) -> Slot {
        let resolved = self.resolve(slot);
        let kind = match &resolved.kind {
            Kind::List(item) => Kind::List(Box::new(self.expand(item))),
            Kind::Map(value) => Kind::Map(Box::new(self.expand(value))),
            kind => kind.clone(),
        };
        Slot::new(kind).or_null(slot.nullable || resolved.nullable)
    }

    /// Returns the type that `slot` names, where aliases are followed.
    #[must_use]
    pub fn named<'a>(&'a self, slot: &'a Slot) -> Option<&'a Type> {
        match &self.resolve(slot).kind {
            Kind::Type(name) => self.types.get(name),
            _ => None,
        }
    }
}

/// The part that everything has which is documented.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The description; empty where there is none.
    pub description: String,
    /// The document marks it as deprecated.
    pub deprecated: bool,
    /// The place in the document.
    pub pointer: Pointer,
}
