//! What a reference leads to.

use serde_json::Value;

use super::super::context::Context;
use super::super::grammar::{Kind, Shape, is_extension};
use crate::pointer::Pointer;

/// Where a reference leads that leads to the right kind of object.
pub(super) enum Target {
    /// To a component.
    Component(Pointer),
    /// To a place inside of something else.
    Elsewhere(Pointer),
}

/// Why a reference leads nowhere.
pub(super) enum Problem {
    /// Into another document.
    External,
    /// To an anchor.
    Anchor,
    /// To a place that does not exist.
    Missing,
    /// To something of another kind.
    Misplaced,
}

impl Target {
    /// What `reference`, which stands for an object of this kind, leads to.
    pub(super) fn of(root: &Value, reference: &str, kind: Kind) -> Result<Self, Problem> {
        if !reference.starts_with('#') {
            return Err(Problem::External);
        }
        let pointer = Pointer::from_local_reference(reference).ok_or(Problem::Anchor)?;
        if pointer.resolve(root).is_none() {
            return Err(Problem::Missing);
        }
        if kind_at(&pointer) != Some(kind) {
            return Err(Problem::Misplaced);
        }
        let section = pointer.parent().unwrap_or_default();
        let own = Pointer::from("/components").join(kind.section().unwrap_or_default());
        Ok(if section == own {
            Self::Component(pointer)
        } else {
            Self::Elsewhere(pointer)
        })
    }
}

/// The kind of object that the grammar has at this place.
fn kind_at(pointer: &Pointer) -> Option<Kind> {
    let mut here = Shape::One(Kind::Document);
    for token in pointer.tokens() {
        here = match here {
            Shape::One(kind) => kind.field(&token)?.shape,
            Shape::List(kind) | Shape::Map(kind) => Shape::One(kind),
            Shape::Paths if !is_extension(&token) => Shape::One(Kind::PathItem),
            Shape::Responses if !is_extension(&token) => Shape::One(Kind::Response),
            _ => return None,
        };
    }
    match here {
        Shape::One(kind) => Some(kind),
        _ => None,
    }
}

impl Problem {
    /// Reports it at the `$ref`.
    pub(super) fn report(
        self,
        kind: Kind,
        reference: &str,
        at: &Pointer,
        context: &mut Context<'_>,
    ) {
        let noun = kind.noun();
        let section = kind.section().unwrap_or_default();
        let (code, message) = match self {
            Self::External => (
                "lower/external-reference",
                format!("`{reference}` refers to another document; only this one is read"),
            ),
            Self::Anchor => (
                "lower/unresolved-reference",
                format!(
                    "`{reference}` is not a JSON Pointer into this document, and 3.0 has no anchors"
                ),
            ),
            Self::Missing => (
                "lower/unresolved-reference",
                format!("`{reference}` refers to something that is not in this document"),
            ),
            Self::Misplaced => (
                "lower/misplaced-reference",
                format!(
                    "`{reference}` does not refer to {}, which belongs here",
                    kind.a_noun()
                ),
            ),
        };
        let next = format!(
            "Refer to `#/components/{section}/...`, and add the {noun} there if it is missing."
        );
        context.error(code, at, message, next);
    }
}
