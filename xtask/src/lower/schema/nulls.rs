//! The schema of null, which 3.0 writes `enum: [null]` where no type stands beside it.
//!
//! `nullable: true` only has an effect beside `type` in the same schema. Everywhere else null is a
//! part of a combinator, from which the generator makes the same `Option`.

use serde_json::{Value, json};

use super::annotations::is_annotation;

/// The schema that accepts null only.
pub(super) fn null() -> Value {
    json!({ "enum": [null] })
}

/// Whether a schema, lowered or not, visibly accepts null only.
pub(super) fn is_null(schema: &Value) -> bool {
    let Some(object) = schema.as_object() else {
        return false;
    };
    let mut assertions = object.iter().filter(|(name, _)| !is_annotation(name));
    let (Some((name, value)), None) = (assertions.next(), assertions.next()) else {
        return false;
    };
    match name.as_str() {
        "type" => *value == json!("null") || *value == json!(["null"]),
        "const" => value.is_null(),
        "enum" => *value == json!([null]),
        _ => false,
    }
}

/// Whether a schema, not yet lowered, visibly accepts null beside other values.
pub(super) fn accepts_null(schema: &Value) -> bool {
    let listed = |name: &str| match schema.get(name) {
        Some(Value::Array(values)) => values.iter().any(|v| v.is_null() || *v == json!("null")),
        _ => false,
    };
    super::accepts_all(schema)
        || listed("type")
        || listed("enum")
        || schema.get("nullable").is_some()
}
