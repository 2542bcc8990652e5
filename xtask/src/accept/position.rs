//! What a member of an object is, to a revision that is taken in: whose words it holds, and what is in it.
//!
//! The tables of the grammar say which members have a meaning. Added to them are the requests that the
//! service sends, which lowering drops before it looks at them, and which are written all the same.

use serde_json::{Map, Value};

use crate::lower::grammar::{Kind, Shape, is_extension};

/// What a member of an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// A sentence for people, which is ours.
    Sentence,
    /// What the revision says, as it is: structure, data, summaries and titles.
    Vendor,
    /// An object of a kind.
    One(Kind),
    /// A list of objects of a kind.
    List(Kind),
    /// Objects of a kind by name.
    Members(Kind),
    /// Path items by template.
    Paths,
    /// Responses by status.
    Responses,
    /// By name, path items by expression.
    Callbacks,
    /// What OpenAPI does not know: an extension, with whatever its author has put into it.
    Foreign,
}

/// What the member `name` of an object of this kind is.
pub(super) fn position(kind: Kind, object: &Map<String, Value>, name: &str) -> Position {
    let refers = kind != Kind::Schema && kind.section().is_some() && object.contains_key("$ref");
    if refers {
        return match name {
            "description" => Position::Sentence,
            "$ref" | "summary" => Position::Vendor,
            _ => Position::Foreign,
        };
    }
    match (kind, name) {
        // These are short names like summaries, and the vendor's like those.
        (Kind::Tag | Kind::SecurityScheme, "description") => return Position::Vendor,
        (Kind::Schema, "$comment") => return Position::Sentence,
        (Kind::Schema, "dependencies") => return Position::Members(Kind::Schema),
        (Kind::Document, "webhooks") => return Position::Members(Kind::PathItem),
        (Kind::Operation | Kind::Components, "callbacks") => return Position::Callbacks,
        _ => {}
    }
    let Some(field) = kind.field(name) else {
        return Position::Foreign;
    };
    match field.shape {
        Shape::Text if name == "description" => Position::Sentence,
        Shape::One(kind) => Position::One(kind),
        Shape::List(kind) => Position::List(kind),
        Shape::Map(kind) => Position::Members(kind),
        Shape::Paths => Position::Paths,
        Shape::Responses => Position::Responses,
        _ => Position::Vendor,
    }
}

/// What a member of a member is, such as a path among the paths; `None` where it needs no look.
pub(super) fn inner(position: Position, name: &str) -> Option<Position> {
    match position {
        Position::Members(kind) => Some(Position::One(kind)),
        Position::Paths | Position::Responses if is_extension(name) => Some(Position::Foreign),
        Position::Paths => Some(Position::One(Kind::PathItem)),
        Position::Responses => Some(Position::One(Kind::Response)),
        Position::Callbacks => Some(Position::Members(Kind::PathItem)),
        _ => None,
    }
}

/// Whether OpenAPI wants the member `name` of an object of this kind, so that it cannot be left out.
pub(super) fn is_required(kind: Kind, object: &Map<String, Value>, name: &str) -> bool {
    !object.contains_key("$ref") && kind.field(name).is_some_and(|field| field.required)
}

/// Whether a text of an extension is prose, and no name, address or code word.
pub(super) fn is_prose(text: &str) -> bool {
    text.trim().contains(char::is_whitespace)
}
