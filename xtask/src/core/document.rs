//! The core form as the OpenAPI 3.0 document that progenitor gets.
//!
//! It says of each operation no more than progenitor needs to know its types: names are ours, an answer is one type,
//! and paths are made up, since the operation template writes what goes onto the wire.

use openapiv3 as v3;
use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema};

use super::types::{Kind, Scalar, Shape, Slot, Struct};
use super::{Answers, Api, BodyKind, Content, Operation, Parameter};

/// The media type of every body and answer.
const JSON: &str = "application/json";

/// Returns the document.
#[must_use]
pub fn document(api: &Api) -> v3::OpenAPI {
    let mut components = v3::Components::default();
    let mut define = |name: &String, schema| {
        let schema = ReferenceOr::Item(schema);
        components.schemas.insert(name.clone(), schema);
    };
    for (name, named) in &api.types {
        match &named.shape {
            Shape::Struct(object) => {
                let mut schema = struct_schema(api, object);
                schema.schema_data.description = text(&named.about.description);
                define(name, schema);
            }
            // These are written by a template, and progenitor only has to know that they are there.
            Shape::Enum(_) | Shape::Union(_) => define(name, of(AnySchema::default())),
            // What they stand for is written in their place.
            Shape::Alias(_) => {}
        }
    }
    let mut paths = v3::Paths::default();
    for (index, operation) in api.operations.iter().enumerate() {
        for answers in [&operation.success, &operation.errors] {
            if let Some(union) = &answers.union {
                define(union, of(AnySchema::default()));
            }
        }
        // The method and where parameters go matter to the template alone.
        let item = v3::PathItem {
            post: Some(self::operation(api, operation)),
            ..v3::PathItem::default()
        };
        let item = ReferenceOr::Item(item);
        paths.paths.insert(format!("/{index}"), item);
    }
    v3::OpenAPI {
        openapi: "3.0.3".to_owned(),
        info: v3::Info {
            title: api.title.clone(),
            description: Some(api.description.clone()),
            version: api.version.clone(),
            ..v3::Info::default()
        },
        paths,
        components: Some(components),
        ..v3::OpenAPI::default()
    }
}

fn operation(api: &Api, operation: &Operation) -> v3::Operation {
    let body = operation.body.as_ref().and_then(|body| {
        let (BodyKind::Json(slot) | BodyKind::Form(slot)) = &body.media.first()?.kind else {
            return None;
        };
        Some(ReferenceOr::Item(v3::RequestBody {
            required: body.required,
            content: [(JSON.to_owned(), media(schema(api, slot)))].into(),
            ..v3::RequestBody::default()
        }))
    });
    let parameters = operation.parameters.iter();
    v3::Operation {
        operation_id: Some(operation.method_name.clone()),
        parameters: parameters.map(|it| parameter(api, it)).collect(),
        request_body: body,
        responses: responses(api, operation),
        ..v3::Operation::default()
    }
}

fn parameter(api: &Api, parameter: &Parameter) -> ReferenceOr<v3::Parameter> {
    let parameter_data = v3::ParameterData {
        name: parameter.field.clone(),
        required: true,
        format: v3::ParameterSchemaOrContent::Schema(schema(api, &parameter.slot).unbox()),
        description: None,
        deprecated: None,
        example: None,
        examples: Default::default(),
        explode: None,
        extensions: Default::default(),
    };
    ReferenceOr::Item(v3::Parameter::Query {
        parameter_data,
        allow_reserved: false,
        style: Default::default(),
        allow_empty_value: None,
    })
}

fn responses(api: &Api, operation: &Operation) -> v3::Responses {
    let mut responses = v3::Responses::default();
    for (class, answers) in [(2, &operation.success), (4, &operation.errors)] {
        if class == 2 || !answers.cases.is_empty() {
            let answer = ReferenceOr::Item(response(api, answers));
            let class = v3::StatusCode::Range(class);
            responses.responses.insert(class, answer);
        }
    }
    responses
}

fn response(api: &Api, answers: &Answers) -> v3::Response {
    let contents = answers.cases.iter().map(|case| &case.content);
    let mut contents = contents.filter(|content| **content != Content::Empty);
    let schema = match (&answers.union, contents.next()) {
        (Some(union), _) => Some(reference(union)),
        (None, Some(Content::Json(slot))) => Some(schema(api, slot)),
        (None, Some(Content::Text)) => Some(schema(api, &Slot::string())),
        (None, Some(Content::Bytes | Content::Empty) | None) => None,
    };
    let content = schema.map(|schema| (JSON.to_owned(), media(schema)));
    v3::Response {
        content: content.into_iter().collect(),
        ..v3::Response::default()
    }
}

fn media(schema: ReferenceOr<Box<Schema>>) -> v3::MediaType {
    v3::MediaType {
        schema: Some(schema.unbox()),
        ..v3::MediaType::default()
    }
}

fn struct_schema(api: &Api, object: &Struct) -> Schema {
    let mut shape = AnySchema {
        typ: Some("object".to_owned()),
        // That no others are allowed is what makes a struct of an object without properties.
        additional_properties: Some(AdditionalProperties::Any(false)),
        ..AnySchema::default()
    };
    for property in &object.properties {
        let mut schema = schema(api, &property.slot);
        // Next to a reference there is no room for a description, and the field's comes from the core.
        if let ReferenceOr::Item(schema) = &mut schema {
            schema.schema_data.description = text(&property.about.description);
        }
        shape.properties.insert(property.field.clone(), schema);
        if property.required {
            shape.required.push(property.field.clone());
        }
    }
    // All other members are a field as well.
    if let (Some(field), Some(rest)) = (object.rest_field(), &object.rest) {
        let rest = Slot::new(Kind::Map(Box::new(rest.clone())));
        shape.properties.insert(field, schema(api, &rest));
    }
    of(shape)
}

fn schema(api: &Api, slot: &Slot) -> ReferenceOr<Box<Schema>> {
    let resolved = api.resolve(slot);
    let nullable = slot.nullable || resolved.nullable;
    let mut shape = AnySchema::default();
    let (json, format) = match &resolved.kind {
        Kind::Any => return ReferenceOr::boxed_item(of(shape)),
        Kind::Type(name) if !nullable => return reference(name),
        Kind::Type(name) => {
            shape.all_of.push(reference(name));
            ("", "")
        }
        Kind::List(item) => {
            shape.items = Some(schema(api, item));
            ("array", "")
        }
        Kind::Map(value) => {
            let values = Box::new(schema(api, value).unbox());
            shape.additional_properties = Some(AdditionalProperties::Schema(values));
            ("object", "")
        }
        Kind::Scalar(Scalar::Boolean) => ("boolean", ""),
        Kind::Scalar(Scalar::Int32) => ("integer", "int32"),
        Kind::Scalar(Scalar::Int64) => ("integer", "int64"),
        Kind::Scalar(Scalar::UInt32) => ("integer", "uint32"),
        Kind::Scalar(Scalar::UInt64) => ("integer", "uint64"),
        Kind::Scalar(Scalar::Float) => ("number", "float"),
        Kind::Scalar(Scalar::Double) => ("number", "double"),
        Kind::Scalar(Scalar::String) => ("string", ""),
        Kind::Scalar(Scalar::Secret) => ("string", "password"),
        Kind::Scalar(Scalar::Format { json, format }) => (json.as_str(), format.as_str()),
    };
    shape.typ = text(json);
    shape.format = text(format);
    let mut schema = of(shape);
    schema.schema_data.nullable = nullable;
    ReferenceOr::boxed_item(schema)
}

fn reference<T>(name: &str) -> ReferenceOr<T> {
    ReferenceOr::ref_(&format!("#/components/schemas/{name}"))
}

fn of(shape: AnySchema) -> Schema {
    Schema {
        schema_data: v3::SchemaData::default(),
        schema_kind: v3::SchemaKind::Any(shape),
    }
}

/// Returns text, if there is any.
fn text(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
