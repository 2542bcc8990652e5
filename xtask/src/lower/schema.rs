//! Schemas: one function for each keyword or pair of keywords, one file for each family.
//!
//! A schema is lowered before its parts, so that a function may wrap keywords into a new part and
//! leave them to the visit of that part. So each function leaves alone what is in the form of 3.0.

mod annotations;
mod arrays;
mod combinators;
mod conditions;
mod constants;
mod content;
mod identifiers;
mod nulls;
mod numbers;
mod objects;
mod refusal;
mod sibling_references;
mod types;
mod unions;

use serde_json::{Map, Value, json};

use super::context::{Context, Object};
use super::grammar::Kind;
use super::walk::{self, Descend};
use crate::pointer::Pointer;

/// Lowers every schema of the document.
pub(super) fn lower_all(root: &mut Value, context: &mut Context<'_>) {
    walk::each_mut(
        root,
        Kind::Document,
        &Pointer::root(),
        &mut |value, kind, at| {
            if kind == Kind::Schema {
                lower(value, at, context);
            }
            Descend::Into
        },
    );
}

/// Lowers one schema, without its parts.
fn lower(schema: &mut Value, at: &Pointer, context: &mut Context<'_>) {
    match schema {
        Value::Bool(anything) => *schema = boolean(*anything),
        Value::Object(object) => lower_keywords(object, at, context),
        _ => {}
    }
}

/// `true` accepts everything, `false` nothing.
fn boolean(anything: bool) -> Value {
    if anything {
        json!({})
    } else {
        json!({ "not": {} })
    }
}

fn lower_keywords(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    sibling_references::drop_ignored(schema, at, context);
    identifiers::lower(schema, at, context);
    annotations::lower(schema, at, context);
    content::lower(schema, at, context);
    conditions::lower(schema, at, context);
    // Before a reference becomes a part of `allOf`: both look at what else applies to the same value.
    arrays::lower(schema, at, context);
    objects::lower(schema, at, context);
    sibling_references::lower(schema, at, context);
    numbers::lower(schema, at, context);
    constants::lower(schema, at, context);
    types::lower(schema, at, context);
    combinators::lower(schema, at, context);
}

/// Whether a schema accepts everything.
fn accepts_all(schema: &Value) -> bool {
    match schema {
        Value::Bool(anything) => *anything,
        Value::Object(object) => object.keys().all(|name| annotations::is_annotation(name)),
        _ => false,
    }
}

/// Takes `names` out of `schema` and puts them into an object of their own, in the same order.
fn split_off(schema: &mut Object, names: impl Fn(&str) -> bool) -> Object {
    let mut taken = Map::new();
    schema.retain(|name, value| {
        let take = names(name);
        if take {
            taken.insert(name.to_owned(), value.take());
        }
        !take
    });
    taken
}

/// Tells that the members of `object` have moved from one schema into another.
fn moved_members(object: &Object, from: &Pointer, to: &Pointer, context: &mut Context<'_>) {
    for (name, value) in object {
        context.moved(value, &from.join(name), &to.join(name));
    }
    context.follow(from, to);
}
