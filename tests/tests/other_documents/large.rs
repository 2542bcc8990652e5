//! A document of many operations that has nothing to do with any vendor of ours.

use serde_json::{Value, json};

/// So many resources, a multiple of ten, with five operations each, as JSON text.
pub(crate) fn document(resources: usize) -> String {
    let mut paths = serde_json::Map::new();
    let mut schemas = serde_json::Map::new();
    for number in 0..resources {
        let name = format!("Thing{number}");
        let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
        paths.insert(
            format!("/things{number}"),
            json!({
                "get": operation(&format!("list_things_{number}"), None, json!({ "type": "array", "items": reference })),
                "post": operation(&format!("create_thing_{number}"), Some(&reference), reference.clone()),
            }),
        );
        let mut item = json!({
            "get": operation(&format!("get_thing_{number}"), None, reference.clone()),
            "put": operation(&format!("replace_thing_{number}"), Some(&reference), reference.clone()),
            "delete": operation(&format!("delete_thing_{number}"), None, reference.clone()),
        });
        item["parameters"] = json!([
            { "name": "thingId", "in": "path", "required": true, "schema": { "type": "string" } }
        ]);
        paths.insert(format!("/things{number}/{{thingId}}"), item);
        schemas.insert(name, schema(number));
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Things", "version": "1.0.0" },
        "paths": paths,
        "components": { "schemas": schemas }
    })
    .to_string()
}

fn operation(id: &str, body: Option<&Value>, answer: Value) -> Value {
    let mut operation = json!({
        "operationId": id,
        "responses": {
            "200": { "description": "The answer.", "content": { "application/json": { "schema": answer } } }
        }
    });
    if let Some(schema) = body {
        operation["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    operation
}

fn schema(number: usize) -> Value {
    // Rings of ten: a chain of all of them is deeper than the compiler looks into types.
    let next = number / 10 * 10 + (number + 1) % 10;
    json!({
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": { "type": "string", "examples": ["one"] },
            "state": { "type": "string", "enum": ["NEW", "OLD", format!("STATE_{number}")] },
            "count": { "type": ["integer", "null"], "format": "int64" },
            "labels": { "type": "array", "items": { "type": "string" } },
            "next": { "$ref": format!("#/components/schemas/Thing{}", next) }
        }
    })
}
