//! Schemas that differ, to show that the comparison finds it.

use serde_json::{Value, json};

/// Two schemas that differ in one thing, each with what that is.
pub(crate) fn pairs() -> Vec<(&'static str, Value, Value)> {
    let text = || json!({ "type": "string" });
    let object = |properties: Value| json!({ "type": "object", "properties": properties });
    vec![
        ("a type", text(), json!({ "type": "boolean" })),
        (
            "a format",
            json!({ "type": "integer", "format": "int64" }),
            json!({ "type": "integer", "format": "int32" }),
        ),
        (
            "a format too many",
            text(),
            json!({ "type": "string", "format": "password" }),
        ),
        (
            "a minimum",
            json!({ "type": "integer", "minimum": 1 }),
            json!({ "type": "integer" }),
        ),
        (
            "a maximum",
            json!({ "type": "integer", "maximum": 9 }),
            json!({ "type": "integer", "maximum": 8 }),
        ),
        ("null", text(), json!({ "type": ["string", "null"] })),
        (
            "null in 3.0",
            text(),
            json!({ "type": "string", "nullable": true }),
        ),
        (
            "a name",
            json!({ "$ref": "#/x/Pet" }),
            json!({ "$ref": "#/x/Owner" }),
        ),
        (
            "a name or null",
            json!({ "$ref": "#/x/Pet" }),
            json!({ "anyOf": [{ "$ref": "#/x/Pet" }, { "type": "null" }] }),
        ),
        (
            "a list",
            text(),
            json!({ "type": "array", "items": text() }),
        ),
        (
            "the items of a list",
            json!({ "type": "array", "items": text() }),
            json!({ "type": "array", "items": { "type": "integer" } }),
        ),
        (
            "the values of a map",
            json!({ "type": "object", "additionalProperties": text() }),
            json!({ "type": "object", "additionalProperties": { "type": "boolean" } }),
        ),
        (
            "a map",
            object(json!({})),
            json!({ "type": "object", "additionalProperties": text() }),
        ),
        (
            "a field",
            object(json!({ "a": text() })),
            object(json!({ "a": text(), "b": text() })),
        ),
        (
            "the name of a field",
            object(json!({ "aB": text() })),
            object(json!({ "a_b": text() })),
        ),
        (
            "the type of a field",
            object(json!({ "a": text() })),
            object(json!({ "a": { "type": "integer" } })),
        ),
        (
            "a field deep inside",
            object(json!({ "a": { "type": "array", "items": object(json!({ "b": text() })) } })),
            object(json!({ "a": { "type": "array", "items": object(json!({ "c": text() })) } })),
        ),
        (
            "what is required",
            json!({ "type": "object", "properties": { "a": text() }, "required": ["a"] }),
            object(json!({ "a": text() })),
        ),
        (
            "what is deprecated",
            object(json!({ "a": { "type": "string", "deprecated": true } })),
            object(json!({ "a": text() })),
        ),
        (
            "a default",
            object(json!({ "a": { "type": "string", "default": "x" } })),
            object(json!({ "a": { "type": "string", "default": "y" } })),
        ),
        (
            "a value",
            json!({ "type": "string", "enum": ["a"] }),
            json!({ "type": "string", "enum": ["a", "b"] }),
        ),
        (
            "any value",
            json!({ "type": "string", "enum": ["a"] }),
            text(),
        ),
        (
            "a variant",
            json!({ "oneOf": [text(), { "type": "integer" }] }),
            json!({ "anyOf": [text(), { "type": "integer" }, { "type": "boolean" }] }),
        ),
        (
            "a union",
            json!({ "oneOf": [text(), { "type": "integer" }] }),
            text(),
        ),
    ]
}

/// The schema with one thing changed, for every such thing, each with what that is.
pub(crate) fn every_change(schema: &Value) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    collect(schema, String::new(), &mut places);
    let mut changes = Vec::new();
    for place in places {
        let here = schema.pointer(&place).expect("it was found there");
        for (what, changed) in changes_of(here) {
            let mut whole = schema.clone();
            if let Some(slot) = whole.pointer_mut(&place) {
                *slot = changed;
            }
            changes.push((format!("{what} at {place}"), whole));
        }
    }
    changes
}

/// The pointers to a schema and all schemas in it, but not to those that have a name of their own.
fn collect(schema: &Value, at: String, places: &mut Vec<String>) {
    let Value::Object(map) = schema else {
        return;
    };
    for (key, value) in map {
        let at = format!("{at}/{key}");
        match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                for (name, property) in properties {
                    collect(property, format!("{at}/{name}"), places);
                }
            }
            ("items" | "additionalProperties", _) => collect(value, at, places),
            ("anyOf", Value::Array(variants)) => {
                for (number, variant) in variants.iter().enumerate() {
                    collect(variant, format!("{at}/{number}"), places);
                }
            }
            _ => {}
        }
    }
    places.push(at);
}

/// One schema with each of the things that it says changed.
fn changes_of(schema: &Value) -> Vec<(String, Value)> {
    let mut changes = vec![("another type".to_owned(), json!({ "type": "number" }))];
    let mut set = |what: String, key: &str, value: Value| {
        let mut changed = schema.clone();
        changed[key] = value;
        changes.push((what, changed));
    };
    if let Some(names) = schema.get("properties").and_then(Value::as_object) {
        for name in names.keys() {
            let mut fewer = names.clone();
            fewer.remove(name);
            set(format!("no `{name}`"), "properties", json!(fewer));
            let required = schema.get("required").and_then(Value::as_array).cloned();
            let mut required = required.unwrap_or_default();
            match required.iter().position(|it| it == name) {
                Some(at) => drop(required.remove(at)),
                None => required.push(json!(name)),
            }
            set(
                format!("`{name}` required or not"),
                "required",
                json!(required),
            );
        }
        let mut more = names.clone();
        more.insert("another".to_owned(), json!({ "type": "string" }));
        set("one more field".to_owned(), "properties", json!(more));
    }
    for key in ["enum", "anyOf"] {
        if let Some(values) = schema.get(key).and_then(Value::as_array) {
            for at in 0..values.len() {
                let mut fewer = values.clone();
                fewer.remove(at);
                set(format!("no {key} {at}"), key, json!(fewer));
            }
        }
    }
    if schema.get("format").is_some() {
        set("another format".to_owned(), "format", json!("other"));
    }
    changes
}
