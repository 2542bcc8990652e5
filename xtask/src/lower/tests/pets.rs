//! A document about pets with one operation, to vary in tests.

use serde_json::{Value, json};

/// A document with one operation, `PUT /pets/{id}`, that has these fields beside what it needs.
pub(super) fn with_operation(fields: Value) -> Value {
    let mut operation = json!({ "operationId": "put_pet", "responses": {} });
    merge(&mut operation, fields);
    let mut item = json!({ "put": operation });
    if let Some(shared) = item["put"]
        .as_object_mut()
        .expect("an object")
        .shift_remove("shared")
    {
        item["parameters"] = shared;
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Pets", "version": "1" },
        "paths": { "/pets/{id}": item },
        "components": {
            "schemas": {
                "Problem": { "type": "object", "properties": { "code": { "type": "integer" } } },
                "Pet": { "type": "object", "properties": { "name": { "type": "string" } } }
            },
            "parameters": {
                "Trace": { "name": "Trace-*", "in": "header", "schema": { "type": "string" } },
                "Page": { "name": "page", "in": "query", "schema": { "type": "integer" } }
            },
            "requestBodies": {
                "Pet": { "content": { "application/json": {}, "application/xml": {} } }
            },
            "responses": {
                "Problem": problem("A problem.")
            }
        }
    })
}

pub(super) fn merge(into: &mut Value, fields: Value) {
    let fields = fields.as_object().cloned().unwrap_or_default();
    into.as_object_mut().expect("an object").extend(fields);
}

pub(super) fn problem(description: &str) -> Value {
    json!({
        "description": description,
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
    })
}

pub(super) fn header(name: &str) -> Value {
    json!({ "name": name, "in": "header", "schema": { "type": "string" } })
}

pub(super) fn query(name: &str) -> Value {
    json!({ "name": name, "in": "query", "schema": { "type": "string" } })
}

pub(super) fn path() -> Value {
    json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } })
}

/// The same document with fields of its own and these responses.
pub(super) fn with_root(extension: Value, responses: Value) -> Value {
    let mut root = with_operation(json!({ "responses": responses, "parameters": [path()] }));
    merge(&mut root, extension);
    root
}
