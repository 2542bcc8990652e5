//! `const` and `enum`.

use serde_json::{Value, json};

use super::super::context::{Context, Object};
use crate::pointer::Pointer;

pub(super) fn lower(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    lower_const(schema, at, context);
    check_enum(schema, at, context);
}

/// A constant is an `enum` of one value. Beside an `enum`, only a value of both is left.
fn lower_const(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let Some(value) = schema.shift_remove("const") else {
        return;
    };
    context.moved(&value, &at.join("const"), &at.join("enum").join(0));
    context.follow(&at.join("const"), &at.join("enum"));
    let values = match schema.get("enum").and_then(Value::as_array) {
        Some(values) if !values.contains(&value) => vec![],
        _ => vec![value],
    };
    schema.insert("enum".to_owned(), Value::Array(values));
}

/// An `enum` without values accepts nothing, and the reader of 3.0 takes it for no `enum` at all.
fn check_enum(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    if schema.get("enum") == Some(&json!([])) {
        empty(schema, at, context);
    }
}

/// Reports an `enum` that no value is left of, and removes it.
pub(super) fn empty(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    schema.shift_remove("enum");
    context.error(
        "lower/empty-enum",
        &at.join("enum"),
        "no value fits this schema: none of `enum` is left",
        "Let `type`, `enum` and `const` agree with an overlay action.",
    );
}
