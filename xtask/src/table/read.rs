//! Reads one row of the operation table after another off the JSON of a lowered document.

use serde_json::Value;

use super::{Body, HeaderFamily, Operation, Parameter};
use crate::pointer::Pointer;
use crate::source::Document;

/// The HTTP methods in the order in which `openapiv3` visits those of a path item.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The methods that RFC 9110, section 9.2.2, defines as idempotent.
const IDEMPOTENT: [&str; 6] = ["get", "put", "delete", "options", "head", "trace"];

/// The operations of one path item.
pub(super) fn path_item(
    document: &Document,
    path: &str,
    item: &Value,
    pointer: &Pointer,
) -> Vec<Operation> {
    METHODS
        .iter()
        .filter_map(|method| {
            let value = item.get(method)?;
            let id = value.get("operationId")?.as_str()?;
            Some(operation(
                document,
                (path, method, id),
                (item, value),
                pointer.join(method),
            ))
        })
        .collect()
}

fn operation(
    document: &Document,
    (path, method, id): (&str, &str, &str),
    (item, value): (&Value, &Value),
    pointer: Pointer,
) -> Operation {
    let (success, errors) = statuses(value);
    let parameters = parameters(document, item, value);
    Operation {
        id: id.to_owned(),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        tag: value
            .pointer("/tags/0")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        summary: text(value, "summary"),
        description: text(value, "description"),
        deprecated: flag(value, "deprecated"),
        idempotent: value
            .get("x-idempotent")
            .and_then(Value::as_bool)
            .unwrap_or(IDEMPOTENT.contains(&method)),
        needs_filter: value
            .get("x-needs-filter")
            .map(|filter| filters(filter, &parameters))
            .unwrap_or_default(),
        parameters,
        header_families: families(value),
        body: value
            .get("requestBody")
            .map(|body| self::body(value, document.deref(body))),
        success,
        errors,
        pointer,
    }
}

/// The parameters of the operation and, before them, those of the path item that it does not override.
fn parameters(document: &Document, item: &Value, operation: &Value) -> Vec<Parameter> {
    let own: Vec<&Value> = list(operation.get("parameters"))
        .map(|value| document.deref(value))
        .collect();
    let inherited = list(item.get("parameters"))
        .map(|value| document.deref(value))
        .filter(|value| !own.iter().any(|own| own.get("name") == value.get("name")));
    inherited
        .chain(own.iter().copied())
        .map(|value| Parameter {
            name: text(value, "name"),
            place: text(value, "in"),
            required: flag(value, "required"),
            raw: flag(value, "x-raw"),
            repeated: value
                .get("schema")
                .map(|schema| document.deref(schema))
                .and_then(|schema| schema.get("type"))
                .is_some_and(|kind| kind == "array"),
            deprecated: flag(value, "deprecated"),
            description: text(value, "description"),
        })
        .collect()
}

/// Every query parameter but those that `x-needs-filter` excepts.
fn filters(filter: &Value, parameters: &[Parameter]) -> Vec<String> {
    let exceptions = strings(filter.get("except"));
    let query = parameters
        .iter()
        .filter(|parameter| parameter.place == "query");
    let names = query.map(|parameter| parameter.name.clone());
    names.filter(|name| !exceptions.contains(name)).collect()
}

fn families(operation: &Value) -> Vec<HeaderFamily> {
    list(operation.get("x-header-families"))
        .map(|family| HeaderFamily {
            prefix: text(family, "prefix"),
            description: text(family, "description"),
        })
        .collect()
}

fn body(operation: &Value, body: &Value) -> Body {
    let declared = strings(operation.get("x-media-types"));
    let generated: Vec<String> = body
        .get("content")
        .and_then(Value::as_object)
        .map(|content| content.keys().cloned().collect())
        .unwrap_or_default();
    Body {
        required: flag(body, "required"),
        generated_media_type: generated.first().cloned().unwrap_or_default(),
        media_types: if declared.is_empty() {
            generated
        } else {
            declared
        },
        description: text(body, "description"),
    }
}

/// The declared statuses, those of success and those of errors.
fn statuses(operation: &Value) -> (Vec<String>, Vec<String>) {
    operation
        .get("responses")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|responses| responses.keys().cloned())
        .filter(|status| !status.starts_with("x-"))
        .partition(|status| status.starts_with('2'))
}

fn text(value: &Value, key: &str) -> String {
    value
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn strings(value: Option<&Value>) -> Vec<String> {
    list(value)
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}
