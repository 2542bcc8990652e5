//! Walks a document by position, along the tables of the grammar.
//!
//! The recursion is as deep as the document is. The stage that loads documents bounds that, and no step
//! of lowering adds more than a few levels to a level.

use serde_json::Value;

use super::context::Object;
use super::grammar::{Kind, Shape, is_extension};
use crate::pointer::Pointer;

/// What a visitor wants of the parts of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Descend {
    /// Visit them too.
    Into,
    /// Leave them alone.
    Past,
}

/// Visits every object that has a kind, and every boolean schema, before its parts.
pub(super) fn each(
    value: &Value,
    kind: Kind,
    at: &Pointer,
    visit: &mut impl FnMut(&Value, Kind, &Pointer),
) {
    visit(value, kind, at);
    let Value::Object(object) = value else {
        return;
    };
    for (name, shape) in composites(object, kind) {
        let Some(member) = object.get(name) else {
            continue;
        };
        let at = at.join(name);
        match (shape, member) {
            (Shape::One(kind), member) => each(member, kind, &at, visit),
            (Shape::List(kind), Value::Array(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    each(element, kind, &at.join(index), visit);
                }
            }
            (shape, Value::Object(members)) => {
                for (name, member) in members {
                    if let Some(kind) = member_kind(shape, name) {
                        each(member, kind, &at.join(name), visit);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Visits as [`each`] does, and lets the visitor change what it visits.
///
/// The parts that are visited are those of the object as the visitor leaves it.
pub(super) fn each_mut(
    value: &mut Value,
    kind: Kind,
    at: &Pointer,
    visit: &mut impl FnMut(&mut Value, Kind, &Pointer) -> Descend,
) {
    if visit(value, kind, at) == Descend::Past {
        return;
    }
    let Value::Object(object) = value else {
        return;
    };
    for (name, shape) in composites(object, kind) {
        let Some(member) = object.get_mut(name) else {
            continue;
        };
        let at = at.join(name);
        match (shape, member) {
            (Shape::One(kind), member) => each_mut(member, kind, &at, visit),
            (Shape::List(kind), Value::Array(elements)) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    each_mut(element, kind, &at.join(index), visit);
                }
            }
            (shape, Value::Object(members)) => {
                for (name, member) in members {
                    if let Some(kind) = member_kind(shape, name) {
                        each_mut(member, kind, &at.join(name), visit);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The fields of an object that hold objects with kinds.
///
/// A boolean in `additionalProperties` is none: it means the same in every version.
/// A Reference Object has none: what stands beside `$ref` there is not part of the object it is for.
fn composites(object: &Object, kind: Kind) -> Vec<(&'static str, Shape)> {
    let reference = kind != Kind::Schema && kind.section().is_some() && object.contains_key("$ref");
    if reference {
        return Vec::new();
    }
    object
        .iter()
        .filter(|(name, value)| !(value.is_boolean() && *name == "additionalProperties"))
        .filter_map(|(name, _)| kind.field(name))
        .map(|field| (field.name, field.shape))
        .filter(|(_, shape)| {
            matches!(
                shape,
                Shape::One(_) | Shape::List(_) | Shape::Map(_) | Shape::Paths | Shape::Responses
            )
        })
        .collect()
}

fn member_kind(shape: Shape, name: &str) -> Option<Kind> {
    match shape {
        Shape::Map(kind) => Some(kind),
        Shape::Paths if !is_extension(name) => Some(Kind::PathItem),
        Shape::Responses if !is_extension(name) => Some(Kind::Response),
        _ => None,
    }
}
