//! The core form as the OpenAPI 3.0 document that progenitor gets.
//!
//! It says of each operation no more than progenitor needs to know its types: names are ours, an answer is one type,
//! and paths are made up, since the operation template writes what goes onto the wire.

use serde_json::{Map, Value, json};

use super::types::{Kind, Scalar, Shape, Slot, Struct};
use super::{Answers, Api, BodyKind, Content, Operation, Place};

/// Returns the document.
#[must_use]
pub fn document(api: &Api) -> Value {
    let mut schemas = Map::new();
    for (name, named) in &api.types {
        match &named.shape {
            Shape::Struct(object) => {
                schemas.insert(
                    name.clone(),
                    with_text(struct_schema(api, object), &named.about.description),
                );
            }
            // These are written by a template, and progenitor only has to know that they are there.
            Shape::Enum(_) | Shape::Union(_) => {
                schemas.insert(name.clone(), json!({}));
            }
            // What they stand for is written in their place.
            Shape::Alias(_) => {}
        }
    }
    let mut paths = Map::new();
    for (index, operation) in api.operations.iter().enumerate() {
        for answers in [&operation.success, &operation.errors] {
            if let Some(union) = &answers.union {
                schemas.insert(union.clone(), json!({}));
            }
        }
        let (path, item) = path_item(api, operation, index);
        paths.insert(path, item);
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": api.title, "description": api.description, "version": api.version },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn path_item(api: &Api, operation: &Operation, index: usize) -> (String, Value) {
    let mut path = format!("/{index}");
    let mut parameters = Vec::new();
    for parameter in &operation.parameters {
        if parameter.place == Place::Path {
            path.push_str(&format!("/{{{}}}", parameter.field));
        }
        // Where it goes matters to the template alone.
        let place = if parameter.place == Place::Path {
            "path"
        } else {
            "query"
        };
        parameters.push(json!({
            "name": parameter.field,
            "in": place,
            "required": true,
            "schema": schema(api, &parameter.slot),
        }));
    }
    let mut value = json!({
        "operationId": operation.method_name,
        "parameters": parameters,
        "responses": responses(api, operation),
    });
    if let Some(body) = &operation.body
        && let Some(BodyKind::Json(slot) | BodyKind::Form(slot)) =
            body.media.first().map(|media| &media.kind)
        && let Some(fields) = value.as_object_mut()
    {
        fields.insert(
            "requestBody".to_owned(),
            json!({
                "required": body.required,
                "content": { "application/json": { "schema": schema(api, slot) } },
            }),
        );
    }
    (path, json!({ (operation.method.for_progenitor()): value }))
}

fn responses(api: &Api, operation: &Operation) -> Value {
    let mut responses = Map::new();
    responses.insert("2XX".to_owned(), response(api, &operation.success));
    if !operation.errors.cases.is_empty() {
        responses.insert("4XX".to_owned(), response(api, &operation.errors));
    }
    Value::Object(responses)
}

fn response(api: &Api, answers: &Answers) -> Value {
    let contents = answers.cases.iter().map(|case| &case.content);
    let schema = match (
        &answers.union,
        contents.clone().find(|content| **content != Content::Empty),
    ) {
        (Some(union), _) => Some(json!({ "$ref": format!("#/components/schemas/{union}") })),
        (None, Some(Content::Json(slot))) => Some(schema(api, slot)),
        (None, Some(Content::Text)) => Some(json!({ "type": "string" })),
        (None, Some(Content::Bytes | Content::Empty) | None) => None,
    };
    match schema {
        Some(schema) => json!({
            "description": "",
            "content": { "application/json": { "schema": schema } },
        }),
        None => json!({ "description": "" }),
    }
}

fn struct_schema(api: &Api, object: &Struct) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for property in &object.properties {
        let schema = schema(api, &property.slot);
        properties.insert(
            property.field.clone(),
            with_text(schema, &property.about.description),
        );
        if property.required {
            required.push(property.field.clone());
        }
    }
    // All other members are a field as well. That none are allowed here is what makes a struct of an object without
    // properties.
    if let (Some(field), Some(rest)) = (object.rest_field(), &object.rest) {
        let rest = Slot::new(Kind::Map(Box::new(rest.clone())));
        properties.insert(field, schema(api, &rest));
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn schema(api: &Api, slot: &Slot) -> Value {
    let resolved = api.resolve(slot);
    let value = match &resolved.kind {
        Kind::Any => return json!({}),
        Kind::Scalar(scalar) => scalar_schema(scalar),
        Kind::List(item) => json!({ "type": "array", "items": schema(api, item) }),
        Kind::Map(value) => {
            json!({ "type": "object", "additionalProperties": schema(api, value) })
        }
        Kind::Type(name) => {
            let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
            if !(slot.nullable || resolved.nullable) {
                return reference;
            }
            json!({ "allOf": [reference] })
        }
    };
    nullable(value, slot.nullable || resolved.nullable)
}

fn scalar_schema(scalar: &Scalar) -> Value {
    let (json, format) = match scalar {
        Scalar::Boolean => ("boolean", ""),
        Scalar::Int32 => ("integer", "int32"),
        Scalar::Int64 => ("integer", "int64"),
        Scalar::UInt32 => ("integer", "uint32"),
        Scalar::UInt64 => ("integer", "uint64"),
        Scalar::Float => ("number", "float"),
        Scalar::Double => ("number", "double"),
        Scalar::String => ("string", ""),
        Scalar::Secret => ("string", "password"),
        Scalar::Format { json, format } => (json.as_str(), format.as_str()),
    };
    match format {
        "" => json!({ "type": json }),
        format => json!({ "type": json, "format": format }),
    }
}

fn nullable(mut schema: Value, nullable: bool) -> Value {
    if nullable && let Some(fields) = schema.as_object_mut() {
        fields.insert("nullable".to_owned(), Value::Bool(true));
    }
    schema
}

/// Gives a schema its description; next to a reference there is no room for one, and the field's comes from the core.
fn with_text(mut schema: Value, description: &str) -> Value {
    if !description.is_empty()
        && let Some(fields) = schema.as_object_mut()
        && !fields.contains_key("$ref")
    {
        fields.insert(
            "description".to_owned(),
            Value::String(description.to_owned()),
        );
    }
    schema
}
