//! Visits every schema of a lowered document by its position, so that data which looks like a schema (an
//! example, a default, a property named `properties`) is left alone.

use serde_json::Value;

/// Calls `visit` with every schema of the document, outer ones first.
pub(super) fn schemas(root: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    if let Some(components) = root.get_mut("components") {
        members(components, "schemas", &mut |value| schema(value, visit));
        for kind in ["parameters", "headers"] {
            members(components, kind, &mut |value| parameter(value, visit));
        }
        for kind in ["requestBodies", "responses"] {
            members(components, kind, &mut |value| with_content(value, visit));
        }
    }
    members(root, "paths", &mut |item| {
        elements(item, "parameters", &mut |value| parameter(value, visit));
        let Some(item) = item.as_object_mut() else {
            return;
        };
        for operation in item.values_mut().filter(|value| value.is_object()) {
            elements(operation, "parameters", &mut |value| {
                parameter(value, visit);
            });
            if let Some(body) = operation.get_mut("requestBody") {
                with_content(body, visit);
            }
            members(operation, "responses", &mut |value| {
                with_content(value, visit);
            });
        }
    });
}

fn parameter(value: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    if let Some(inner) = value.get_mut("schema") {
        schema(inner, visit);
    }
}

fn with_content(value: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    members(value, "content", &mut |media_type| {
        if let Some(inner) = media_type.get_mut("schema") {
            schema(inner, visit);
        }
    });
}

fn schema(value: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    if !value.is_object() {
        return;
    }
    visit(value);
    members(value, "properties", &mut |inner| schema(inner, visit));
    for keyword in ["items", "additionalProperties", "not"] {
        if let Some(inner) = value.get_mut(keyword) {
            schema(inner, visit);
        }
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        elements(value, keyword, &mut |inner| schema(inner, visit));
    }
}

fn members(value: &mut Value, key: &str, visit: &mut dyn FnMut(&mut Value)) {
    if let Some(Value::Object(map)) = value.get_mut(key) {
        map.values_mut().for_each(visit);
    }
}

fn elements(value: &mut Value, key: &str, visit: &mut dyn FnMut(&mut Value)) {
    if let Some(Value::Array(list)) = value.get_mut(key) {
        list.iter_mut().for_each(visit);
    }
}
