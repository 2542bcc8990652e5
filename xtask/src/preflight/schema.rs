//! Reading a schema: its parts, its type, and what its references lead to.

use serde_json::Value;

use super::survey::{Kind, Node, Survey};

/// The members of a schema that hold a list of schemas.
pub(super) const COMPOSITIONS: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// Members that say nothing about which values are valid.
const ANNOTATIONS: [&str; 9] = [
    "title",
    "description",
    "default",
    "example",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
];

/// The schemas directly inside `schema`, in the order of the document.
pub(super) fn children<'a>(schema: &Node<'a>) -> Vec<Node<'a>> {
    let mut children = Vec::new();
    if schema.has("$ref") {
        return children;
    }
    for (key, node) in schema.members() {
        match key {
            "properties" => children.extend(node.members().map(|(_, property)| property)),
            "items" | "not" => children.push(node),
            "additionalProperties" if node.value.is_object() => children.push(node),
            "allOf" | "oneOf" | "anyOf" => children.extend(node.elements()),
            _ => {}
        }
    }
    children
}

/// Whether `key` of a schema is an annotation or an extension.
pub(super) fn is_annotation(key: &str) -> bool {
    ANNOTATIONS.contains(&key) || key.starts_with("x-")
}

/// Whether `schema` accepts every value: it has nothing but annotations.
pub(super) fn is_anything(schema: &Node<'_>) -> bool {
    schema
        .members()
        .all(|(key, _)| is_annotation(key) || key == "nullable")
}

/// The `type` of a schema, or the one that typify infers from the other members.
pub(super) fn type_of<'a>(schema: &Node<'a>) -> Option<&'a str> {
    let any = |keys: &[&str]| keys.iter().any(|key| schema.has(key));
    schema.text("type").or_else(|| {
        if any(&[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ]) {
            Some("object")
        } else if any(&["items", "minItems", "maxItems", "uniqueItems"]) {
            Some("array")
        } else if any(&["pattern", "minLength", "maxLength"]) {
            Some("string")
        } else {
            type_of_values(
                &schema
                    .value
                    .get("enum")?
                    .as_array()?
                    .iter()
                    .collect::<Vec<_>>(),
            )
        }
    })
}

/// Whether an object schema becomes a map and not a struct.
pub(super) fn is_map(schema: &Node<'_>) -> bool {
    schema.members_of("properties").is_empty()
        && schema.texts_of("required").is_empty()
        && schema.value.get("additionalProperties") != Some(&Value::Bool(false))
}

/// The type that all these values have, nulls left out.
pub(super) fn type_of_values(values: &[&Value]) -> Option<&'static str> {
    let mut types: Vec<_> = values.iter().map(|value| type_of_value(value)).collect();
    types.retain(|name| *name != "null");
    types.dedup();
    match types.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// The type of a value, as schemas name it.
pub(super) fn type_of_value(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The text of `schema` with annotations left out: two schemas with the same text become the same type.
///
/// A `title` stays, because typify names types by it.
pub(super) fn fingerprint(schema: &Value) -> String {
    fn strip(value: &Value, in_schema: bool) -> Value {
        match value {
            Value::Object(members) => {
                let mut kept: Vec<_> = members
                    .iter()
                    .filter(|(key, _)| {
                        !in_schema
                            || !is_annotation(key)
                            || matches!(key.as_str(), "title" | "default")
                    })
                    .map(|(key, value)| {
                        let names = matches!(key.as_str(), "properties") && in_schema;
                        let data = in_schema && matches!(key.as_str(), "enum" | "default");
                        (
                            key.clone(),
                            if data {
                                value.clone()
                            } else {
                                strip(value, !names)
                            },
                        )
                    })
                    .collect();
                kept.sort_by(|(one, _), (other, _)| one.cmp(other));
                Value::Object(kept.into_iter().collect())
            }
            Value::Array(elements) => Value::Array(
                elements
                    .iter()
                    .map(|element| strip(element, in_schema))
                    .collect(),
            ),
            scalar => scalar.clone(),
        }
    }
    strip(schema, true).to_string()
}

impl<'a> Survey<'a> {
    /// `schema` with references followed, and with compositions of a single schema taken for that schema.
    pub(super) fn plain_schema(&self, schema: &Node<'a>) -> Option<Node<'a>> {
        let mut schema = self.resolve(Kind::Schema, schema)?;
        for _ in 0..64 {
            let Some(only) = only_part(&schema) else {
                return Some(schema);
            };
            schema = self.resolve(Kind::Schema, &only)?;
        }
        None
    }
}

/// The single schema of a composition that has nothing else.
fn only_part<'a>(schema: &Node<'a>) -> Option<Node<'a>> {
    let mut composition = None;
    for (key, node) in schema.members() {
        if COMPOSITIONS.contains(&key) && composition.is_none() {
            composition = Some(node);
        } else if !is_annotation(key) {
            return None;
        }
    }
    let mut parts = composition?.elements();
    let only = parts.next()?;
    parts.next().is_none().then_some(only)
}
