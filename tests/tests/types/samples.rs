//! Values that a schema of the document describes.

use serde_json::{Map, Value, json};
use xtask::source::Document;

/// A value that has everything the schema names, down to every field.
pub(crate) fn full(document: &Document, schema: &Value) -> Value {
    let schema = document.deref(schema);
    if schema == &Value::Bool(true) {
        return json!([{ "anything": 1 }]);
    }
    let first = |key| {
        schema
            .get(key)
            .and_then(Value::as_array)
            .and_then(|all| all.first())
    };
    if let Some(variant) = ["oneOf", "anyOf", "allOf"].into_iter().find_map(first) {
        return full(document, variant);
    }
    if let Some(value) = first("enum") {
        return value.clone();
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => {
            let mut sample = object(schema, |property| full(document, property));
            if let Some(values) = schema.get("additionalProperties") {
                sample["a-name"] = full(document, values);
            }
            sample
        }
        Some("array") => json!([full(document, &schema["items"])]),
        Some("boolean") => json!(true),
        Some("integer") if schema["format"] == "uint32" => json!(1_700_000_000),
        Some("integer") => json!(1_700_000_000_000_i64),
        Some("string") => json!("a text"),
        other => panic!("no sample of {other:?}: {schema}"),
    }
}

fn object(schema: &Value, sample: impl Fn(&Value) -> Value) -> Value {
    let properties = schema.get("properties").and_then(Value::as_object);
    let properties = properties.into_iter().flatten();
    properties
        .map(|(name, property)| (name.clone(), sample(property)))
        .collect::<Map<_, _>>()
        .into()
}

/// The fields of an object schema that need not be there.
pub(crate) fn optional(schema: &Value) -> Vec<&String> {
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|it| it == name));
    let properties = schema.get("properties").and_then(Value::as_object);
    let names = properties.into_iter().flatten().map(|(name, _)| name);
    names.filter(|name| !is_required(name)).collect()
}

/// The names under which a property may come beside its own.
pub(crate) fn aliases(schema: &Value) -> Vec<(&String, &str)> {
    let mut aliases = Vec::new();
    for (name, property) in schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let names = property
            .get("x-aliases")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        aliases.extend(names.filter_map(Value::as_str).map(|alias| (name, alias)));
    }
    aliases
}
