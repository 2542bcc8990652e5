//! The API of the generated crate as its callers see it, as data.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::change::Position;
use crate::finding::Location;
use crate::table;

/// The API of one side.
#[derive(Clone, Debug)]
pub(super) struct Api {
    /// The operations by the names of their methods, in the order of the document.
    pub(super) operations: IndexMap<String, Operation>,
    /// The types by their names.
    pub(super) types: BTreeMap<String, Type>,
    /// The code of all that is neither.
    pub(super) rest: String,
    /// Where the document stands.
    pub(super) location: Location,
}

/// An operation: a method of the client, and the builder that it returns.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    /// What the operation table says.
    pub(super) row: table::Operation,
    /// The setters of the builder by name, in the order of the document.
    pub(super) setters: IndexMap<String, Setter>,
    /// What `send` gives, and what its error holds.
    pub(super) success: String,
    pub(super) error: String,
    /// The code of the builder without its documentation.
    pub(super) code: String,
    pub(super) location: Location,
}

/// A setter of a builder: a parameter, a family of headers, or the body.
#[derive(Clone, Debug)]
pub(super) struct Setter {
    /// The signature without the name.
    pub(super) signature: String,
    /// The type that it takes, for people.
    pub(super) takes: String,
    /// Where the value goes and by which name.
    pub(super) sent: String,
    pub(super) required: bool,
    pub(super) deprecated: bool,
    pub(super) description: String,
    pub(super) location: Location,
}

/// A type in `types`.
#[derive(Clone, Debug)]
pub(super) struct Type {
    pub(super) shape: Shape,
    /// Fields or variants by name.
    pub(super) members: IndexMap<String, Member>,
    /// Traits and functions that it has.
    pub(super) abilities: BTreeMap<String, String>,
    /// Whether it is `#[non_exhaustive]`.
    pub(super) open: bool,
    pub(super) deprecated: bool,
    pub(super) description: String,
    /// The code of the type and its `impl`s without their documentation.
    pub(super) code: String,
    pub(super) position: Position,
    pub(super) location: Location,
}

/// What a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Struct,
    Newtype,
    Enum,
    Alias,
}

impl Shape {
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Struct => "a struct",
            Self::Newtype => "a newtype",
            Self::Enum => "an enum",
            Self::Alias => "an alias",
        }
    }
}

/// A field or a variant.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// Its type; of a variant, what it holds.
    pub(super) holds: String,
    /// Its name on the wire.
    pub(super) name: String,
    /// Other names by which it is read.
    pub(super) aliases: Vec<String>,
    /// How it is written and read, beside its names.
    pub(super) serde: String,
    pub(super) deprecated: bool,
    pub(super) description: String,
    pub(super) location: Location,
}
