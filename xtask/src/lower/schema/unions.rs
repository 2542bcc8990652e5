//! Schemas of several types: a `oneOf` with one part for each, since no value is of two of them.

use serde_json::{Value, json};

use super::super::context::{Context, Object};
use super::nulls;
use super::types::is_of;
use crate::pointer::Pointer;

/// The keywords that look at values of one type only, except `format`, which depends on its value.
fn keywords(type_name: &str) -> &'static [&'static str] {
    match type_name {
        "string" => &["minLength", "maxLength", "pattern"],
        "integer" | "number" => &[
            "multipleOf",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
        ],
        "object" => &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ],
        "array" => &["items", "minItems", "maxItems", "uniqueItems"],
        _ => &[],
    }
}

const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "object", "array"];

/// Replaces `type` by one part for each type, with the keywords that apply to it, and one for null.
pub(super) fn lower(
    schema: &mut Object,
    types: &[&str],
    null: bool,
    at: &Pointer,
    context: &mut Context<'_>,
) {
    let nested = null || schema.contains_key("oneOf");
    let place = place_of_parts(schema, null, at);
    let parts: Vec<Value> = types
        .iter()
        .enumerate()
        .map(|(index, name)| part(schema, name, at, &place.join(index), context))
        .collect();
    strip(schema);
    let union = json!({ "oneOf": parts });
    if !nested {
        schema.extend(union.as_object().cloned().unwrap_or_default());
        return;
    }
    let union = if null {
        json!({ "oneOf": [union, nulls::null()] })
    } else {
        union
    };
    match (schema.contains_key("oneOf"), union) {
        (false, Value::Object(union)) => schema.extend(union),
        (_, union) => also(schema, union),
    }
}

/// Where the parts will stand.
fn place_of_parts(schema: &Object, null: bool, at: &Pointer) -> Pointer {
    let mut place = at.clone();
    if schema.contains_key("oneOf") {
        let parts = schema.get("allOf").and_then(Value::as_array);
        place = place.join("allOf").join(parts.map_or(0, Vec::len));
    }
    if null {
        place = place.join("oneOf").join(0);
    }
    place.join("oneOf")
}

/// Adds a schema that has to be met as well.
fn also(schema: &mut Object, union: Value) {
    match schema.get_mut("allOf").and_then(Value::as_array_mut) {
        Some(parts) => parts.push(union),
        None => {
            schema.insert("allOf".to_owned(), json!([union]));
        }
    }
}

fn part(
    schema: &Object,
    type_name: &str,
    at: &Pointer,
    to: &Pointer,
    context: &mut Context<'_>,
) -> Value {
    let mut part = Object::new();
    context.follow(&at.join("type"), to);
    part.insert("type".to_owned(), json!(type_name));
    for (name, value) in schema {
        let applies = keywords(type_name).contains(&name.as_str())
            || (name == "format" && format_applies(value, type_name));
        if applies {
            context.moved(value, &at.join(name), &to.join(name));
            part.insert(name.clone(), value.clone());
        }
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        let own: Vec<&Value> = values.iter().filter(|v| is_of(v, type_name)).collect();
        part.insert("enum".to_owned(), json!(own));
    }
    Value::Object(part)
}

/// The formats of numbers that are in use; every other one is of texts.
fn format_applies(format: &Value, type_name: &str) -> bool {
    const NUMERIC: [&str; 10] = [
        "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float", "double",
    ];
    let numeric = format.as_str().is_some_and(|name| NUMERIC.contains(&name));
    match type_name {
        "integer" | "number" => numeric,
        "string" => !numeric,
        _ => false,
    }
}

/// Takes out what the parts have now, and what has no type left to apply to.
fn strip(schema: &mut Object) {
    schema.retain(|name, _| {
        let moved = TYPES
            .iter()
            .any(|type_name| keywords(type_name).contains(&name.as_str()));
        !moved && !matches!(name.as_str(), "type" | "enum" | "format" | "nullable")
    });
}
