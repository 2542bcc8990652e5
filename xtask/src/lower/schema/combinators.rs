//! `allOf`, `anyOf` and `oneOf`.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::super::context::{Context, Object};
use super::nulls::{accepts_null, is_null};
use crate::pointer::Pointer;

pub(super) fn lower(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        check_parts(schema, keyword, at, context);
    }
    prefer_one_of(schema, at, context);
    for keyword in ["anyOf", "oneOf"] {
        set_null_apart(schema, keyword, at, context);
    }
}

fn check_parts(schema: &mut Object, keyword: &str, at: &Pointer, context: &mut Context<'_>) {
    if schema.get(keyword) == Some(&json!([])) {
        schema.shift_remove(keyword);
        context.error(
            "lower/empty-combinator",
            &at.join(keyword),
            format!("`{keyword}` has no schemas"),
            format!("List the schemas, or remove `{keyword}` with an overlay action."),
        );
    }
}

/// Parts that list different values exclude each other, so that `anyOf` is `oneOf`.
///
/// The generator makes an enumeration of the latter, and a structure of optional parts of the former.
fn prefer_one_of(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let exclusive = match schema.get("anyOf") {
        Some(Value::Array(parts)) => listed(parts).is_some_and(|values| all_different(&values)),
        _ => false,
    };
    if !exclusive || schema.contains_key("oneOf") {
        return;
    }
    if let Some(parts) = schema.shift_remove("anyOf") {
        context.moved(&parts, &at.join("anyOf"), &at.join("oneOf"));
        schema.insert("oneOf".to_owned(), parts);
    }
}

/// All values that the parts list; `None` if a part does not list what it accepts.
fn listed(parts: &[Value]) -> Option<Vec<&Value>> {
    let mut values = Vec::new();
    for part in parts {
        match (part.get("const"), part.get("enum")) {
            (Some(value), _) => values.push(value),
            (None, Some(Value::Array(own))) => values.extend(own),
            _ if is_null(part) => values.push(&Value::Null),
            _ => return None,
        }
    }
    Some(values)
}

/// Whether no two values are the same. Numbers may be the same in two spellings, so they are not told apart.
fn all_different(values: &[&Value]) -> bool {
    let mut seen = HashSet::new();
    values
        .iter()
        .all(|value| (value.is_string() || value.is_null()) && seen.insert(*value))
}

/// Several parts and null become a part with the several, and null.
///
/// The same values are valid, and the generator makes an `Option` of it instead of a variant for null.
/// Where two parts of a `oneOf` accept null anyway, null is valid for none of this, so it stays.
fn set_null_apart(schema: &mut Object, keyword: &str, at: &Pointer, context: &mut Context<'_>) {
    let Some(Value::Array(parts)) = schema.get(keyword) else {
        return;
    };
    let nulls = parts.iter().filter(|part| is_null(part)).count();
    let accepting = parts
        .iter()
        .filter(|part| !is_null(part) && accepts_null(part))
        .count();
    if nulls != 1 || parts.len() < 3 || accepting > 1 {
        return;
    }
    let Some(Value::Array(parts)) = schema.shift_remove(keyword) else {
        return;
    };
    let place = at.join(keyword);
    let inner = place.join(0).join(keyword);
    let mut others = Vec::new();
    let mut null = (0, Value::Null);
    for (index, part) in parts.into_iter().enumerate() {
        if is_null(&part) {
            null = (index, part);
        } else {
            context.moved(&part, &place.join(index), &inner.join(others.len()));
            others.push(part);
        }
    }
    let (index, null) = null;
    context.moved(&null, &place.join(index), &place.join(1));
    let mut apart = Object::new();
    apart.insert(keyword.to_owned(), Value::Array(others));
    if let Some(discriminator) = schema.shift_remove("discriminator") {
        apart.insert("discriminator".to_owned(), discriminator);
    }
    let parts = vec![Value::Object(apart), null];
    schema.insert(keyword.to_owned(), Value::Array(parts));
}
