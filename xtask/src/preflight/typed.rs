//! The document in the types of `openapiv3`, or where exactly it does not fit into them.
//!
//! A failed deserialization does not say where it failed, and takes twice the time for each level that
//! it fails at. So each object is tried by itself, with empty ones in place of those inside it; the
//! whole is read only when all of its objects can be.

use openapiv3::OpenAPI;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::survey::{Kind, Survey};
use crate::finding::Findings;

mod faults;

/// The members, wherever they stand outside of schemas, that progenitor never looks at.
const UNREAD: [&str; 9] = [
    "callbacks",
    "links",
    "headers",
    "examples",
    "example",
    "servers",
    "security",
    "externalDocs",
    "tags",
];

/// The document as progenitor takes it, without what it never looks at.
///
/// # Errors
/// Says why the value is not an OpenAPI 3.0 document; not so for one that has passed `preflight`.
pub fn read(root: &Value) -> Result<OpenAPI, String> {
    let mut read = Map::new();
    for (key, value) in root.as_object().into_iter().flatten() {
        match key.as_str() {
            "paths" => {
                let paths = value.as_object().into_iter().flatten();
                let paths = paths.map(|(path, item)| (path.clone(), without_unread(item)));
                read.insert(key.clone(), Value::Object(paths.collect()));
            }
            "components" => {
                read.insert(key.clone(), components(value));
            }
            "openapi" | "info" => {
                read.insert(key.clone(), value.clone());
            }
            _ => {}
        }
    }
    parse(&Value::Object(read))
}

/// The components that progenitor looks at.
fn components(value: &Value) -> Value {
    let kinds = [
        Kind::Schema,
        Kind::Parameter,
        Kind::RequestBody,
        Kind::Response,
    ];
    let mut kept = Map::new();
    for kind in kinds {
        let section = kind.section();
        let Some(components) = value.get(section) else {
            continue;
        };
        let schemas = kind == Kind::Schema;
        let copy = components.as_object().map(|components| {
            let copy = |value: &Value| {
                if schemas {
                    value.clone()
                } else {
                    without_unread(value)
                }
            };
            Value::Object(
                components
                    .iter()
                    .map(|(name, value)| (name.clone(), copy(value)))
                    .collect(),
            )
        });
        kept.insert(
            section.to_owned(),
            copy.unwrap_or_else(|| components.clone()),
        );
    }
    Value::Object(kept)
}

/// A copy of `value`, which is no schema, without what progenitor never looks at.
fn without_unread(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let read = members
                .iter()
                .filter(|(key, _)| !UNREAD.contains(&key.as_str()));
            let copy = |(key, value): (&String, &Value)| {
                let opaque = key == "schema" || key.starts_with("x-");
                (
                    key.clone(),
                    if opaque {
                        value.clone()
                    } else {
                        without_unread(value)
                    },
                )
            };
            Value::Object(read.map(copy).collect())
        }
        Value::Array(elements) => Value::Array(elements.iter().map(without_unread).collect()),
        scalar => scalar.clone(),
    }
}

/// The typed document, or findings that say which objects are at fault.
pub(super) fn check(survey: &Survey<'_>, findings: &mut Findings) -> Option<OpenAPI> {
    let root = survey.root();
    let mut faults = faults::find(survey);
    let mut document = None;
    if faults.is_empty() {
        match read(root.value) {
            Ok(read) if read.openapi.trim().starts_with("3.0.") => document = Some(read),
            Ok(read) => {
                let version = root.get("openapi").unwrap_or_else(|| root.clone());
                faults.push((version, format!("its version is `{}`", read.openapi)));
            }
            Err(error) => faults.push((root.clone(), error)),
        }
    }
    for (node, error) in faults {
        findings.push(survey.error(
            "preflight/malformed",
            &node.pointer,
            format!("This part of the document is not OpenAPI 3.0: {error}."),
            "Write it as the OpenAPI specification has it.",
        ));
    }
    document
}

fn parse<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    T::deserialize(value).map_err(|error| error.to_string().trim_end_matches('.').to_owned())
}
