//! Values that fit a slot, and the examples of a document.

use serde_json::{Map, Value, json};
use xtask::core::{Api, Kind, Scalar, Shape, Slot};
use xtask::pointer::Pointer;
use xtask::source::Document;

/// So many objects within each other are written out; what is optional stops before.
const DEEPEST: usize = 12;

/// A value that fits a slot, with every member down to some depth, and the document's own example of a member where it
/// has one.
pub(crate) fn sample(api: &Api, document: &Document, slot: &Slot, depth: usize) -> Value {
    match &slot.kind {
        Kind::Any => json!({ "any": ["value"] }),
        Kind::Scalar(scalar) => match scalar {
            Scalar::Boolean => json!(true),
            Scalar::Int32 | Scalar::Int64 | Scalar::UInt32 | Scalar::UInt64 => json!(7),
            Scalar::Double => json!(1.5),
            _ => json!("text"),
        },
        Kind::List(item) if depth < DEEPEST => json!([sample(api, document, item, depth + 1)]),
        Kind::List(_) => json!([]),
        Kind::Map(value) if depth < DEEPEST => {
            json!({ "key": sample(api, document, value, depth + 1) })
        }
        Kind::Map(_) => json!({}),
        Kind::Type(name) => match api.types.get(name).map(|named| &named.shape) {
            Some(Shape::Alias(target)) => sample(api, document, target, depth + 1),
            Some(Shape::Enum(listed)) => json!(listed.values.first().map(|value| &value.value)),
            Some(Shape::Struct(object)) => {
                let mut members = Map::new();
                for property in &object.properties {
                    if property.required || depth < 3 {
                        let own = example_of(
                            document.deref(
                                property
                                    .about
                                    .pointer
                                    .resolve(&document.root)
                                    .unwrap_or(&Value::Null),
                            ),
                        );
                        let value = own
                            .cloned()
                            .unwrap_or_else(|| sample(api, document, &property.slot, depth + 1));
                        members.insert(property.name.clone(), value);
                    }
                }
                Value::Object(members)
            }
            Some(Shape::Union(union)) => {
                let Some(first) = union.variants.first() else {
                    return Value::Null;
                };
                let mut value = sample(api, document, &first.slot, depth + 1);
                if let (Some(tag), Some(own), Value::Object(members)) =
                    (&union.tag, first.tags.first(), &mut value)
                {
                    members.insert(tag.name.clone(), json!(own));
                }
                value
            }
            None => Value::Null,
        },
    }
}

/// The example that a document gives for the first JSON answer of success of the operation at `at`, and its status.
pub(crate) fn example(document: &Document, at: &Pointer) -> Option<(u16, Value)> {
    let responses = at.join("responses").resolve(&document.root)?.as_object()?;
    for (status, response) in responses {
        let code = match status.as_str() {
            "default" | "2XX" | "2xx" => 200,
            status => status
                .parse()
                .ok()
                .filter(|code| (200..300).contains(code))
                .unwrap_or(0),
        };
        if code == 0 {
            continue;
        }
        let response = document.deref(response);
        let content = response.get("content").and_then(Value::as_object)?;
        let media = content
            .iter()
            .find(|(name, _)| name.contains("json"))
            .map(|(_, media)| media)?;
        let first = || media.get("examples")?.as_object()?.values().next();
        let from_list = first()
            .map(|example| document.deref(example))
            .and_then(|example| example.get("value"));
        let from_schema = || example_of(document.deref(media.get("schema")?));
        let given = media.get("example").or(from_list).or_else(from_schema)?;
        // Some documents hold their examples as the text of a JSON object.
        let parsed = given
            .as_str()
            .and_then(|text| serde_json::from_str::<Value>(text).ok());
        let parsed = parsed.filter(|value| value.is_object() || value.is_array());
        return Some((code, parsed.unwrap_or_else(|| given.clone())));
    }
    None
}

fn example_of(schema: &Value) -> Option<&Value> {
    schema
        .get("example")
        .or_else(|| schema.get("examples")?.get(0))
}

/// The members of `value` that the slot declares: others are not expected to arrive.
pub(crate) fn declared(api: &Api, slot: &Slot, value: &Value) -> Value {
    let slot = api.resolve(slot);
    match (&slot.kind, value) {
        (Kind::List(item), Value::Array(values)) => values
            .iter()
            .map(|value| declared(api, item, value))
            .collect(),
        (Kind::Map(inner), Value::Object(members)) => {
            let known = members
                .iter()
                .map(|(name, value)| (name.clone(), declared(api, inner, value)));
            Value::Object(known.collect())
        }
        (Kind::Type(name), Value::Object(members)) => {
            match api.types.get(name).map(|named| &named.shape) {
                Some(Shape::Struct(object)) => {
                    let known = members.iter().filter_map(|(name, value)| {
                        let property = object
                            .properties
                            .iter()
                            .find(|property| property.name == *name);
                        match (property, &object.rest) {
                            (Some(property), _) => {
                                Some((name.clone(), declared(api, &property.slot, value)))
                            }
                            (None, Some(rest)) => Some((name.clone(), declared(api, rest, value))),
                            (None, None) => None,
                        }
                    });
                    Value::Object(known.filter(|(_, value)| !is_empty(value)).collect())
                }
                // Which variant it is, is what is tried.
                _ => json!({}),
            }
        }
        _ => value.clone(),
    }
}

/// Reading leaves out what says nothing.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}
