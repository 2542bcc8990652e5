//! The generated types proved against the document, in both directions.
//!
//! The JSON Schema that schemars derives from each type is compared with the schema of the document that the
//! type stands for: every field, its name on the wire, whether it is required, its type, format, items, map
//! values, values and variants, with nothing missing and nothing extra. What is different on purpose is
//! listed with its reason. And what a schema describes is read, and written as it was read.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "types/answers.rs"]
mod answers;
#[path = "types/compare.rs"]
mod compare;
#[path = "types/document.rs"]
mod document;
#[path = "types/intended.rs"]
mod intended;
#[path = "types/samples.rs"]
mod samples;
#[path = "types/shape.rs"]
mod shape;
#[path = "types/table.rs"]
mod table;
#[path = "types/wrong.rs"]
mod wrong;

use std::collections::BTreeSet;

use crate::common::pipeline;
use compare::differences;
use document::{Subject, bodies, subjects};
use intended::{INTENDED, Intended, Use, in_rust};
use serde_json::{Map, Value, json};
use shape::{Reader, Shape};
use xtask::names;
use xtask::source::Document;

#[test]
fn every_type_is_as_the_document_says() {
    let document = pipeline::corrected();
    let all: Vec<&Intended> = INTENDED.iter().collect();
    let found = all_differences(&document, &all);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_schema_has_a_type_and_every_type_a_schema() {
    let document = pipeline::corrected();
    let subjects: BTreeSet<String> = subjects(&document).into_keys().collect();
    let types: BTreeSet<String> = table::table().iter().map(|it| it.name.to_owned()).collect();
    let without_type: Vec<_> = subjects.difference(&types).collect();
    let without_schema: Vec<_> = types.difference(&subjects).collect();
    assert!(
        without_type.is_empty(),
        "add these to types/table.rs: {without_type:?}"
    );
    assert!(
        without_schema.is_empty(),
        "remove these from types/table.rs: {without_schema:?}"
    );
}

/// A difference that is no longer there would hide one that nobody wants.
#[test]
fn every_intended_difference_is_still_needed() {
    let document = pipeline::corrected();
    for unneeded in &INTENDED {
        let others: Vec<&Intended> = INTENDED
            .iter()
            .filter(|it| it.reason != unneeded.reason)
            .collect();
        let found = all_differences(&document, &others);
        assert!(
            !found.is_empty(),
            "no type differs by this any more: {}",
            unneeded.reason
        );
    }
}

/// The answer of each operation has the type that stands for the schema of the document.
#[test]
fn every_operation_answers_with_the_types_of_the_document() {
    let document = pipeline::corrected();
    let named = named(&document);
    let intended: Vec<&Intended> = INTENDED.iter().collect();
    let answers = answers::all();
    let error = schemars::schema_for!(qstash_api::types::Error).to_value();
    let mut seen = 0;
    for body in bodies(&document).iter().filter(|body| body.what != "body") {
        let of_operation = answers.iter().find(|it| it.operation == body.operation);
        let of_operation = of_operation.unwrap_or_else(|| panic!("{} is missing", body.operation));
        // The errors of all operations become one, which reads their bodies as this.
        let rust = if body.what == "error" {
            &error
        } else {
            &of_operation.answer
        };
        let at = format!("{} {}", body.operation, body.what);
        let Some(schema) = body.schema else {
            assert_eq!(
                rust["type"],
                json!("null"),
                "{at}: the document has no body"
            );
            continue;
        };
        // A list with a name is a list in Rust.
        let is_list = document.deref(schema).get("type") == Some(&json!("array"));
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
            && !is_list
        {
            let name = reference.rsplit('/').next().unwrap_or_default();
            assert_eq!(
                rust["title"],
                json!(names::pascal(&names::snake(name))),
                "{at}"
            );
        }
        let subject = Subject {
            schema: document.deref(schema),
            used: Use::Answer,
        };
        let found = differences_of(&subject, rust, &named, &intended);
        assert!(found.is_empty(), "{at}: {found:?}");
        seen += 1;
    }
    assert_eq!(answers.len(), pipeline::core().operations.len());
    assert!(
        seen > answers.len(),
        "most operations have both an answer and an error"
    );
}

/// Any change of any type would be found: its schema is compared down to the last field.
#[test]
fn no_field_of_any_type_goes_unnoticed() {
    let document = pipeline::corrected();
    let named = named(&document);
    let intended: Vec<&Intended> = INTENDED.iter().collect();
    let subjects = subjects(&document);
    let mut changes = 0;
    for rust in table::table() {
        for (what, changed) in wrong::every_change(&rust.schema) {
            let found = differences_of(&subjects[rust.name], &changed, &named, &intended);
            assert!(!found.is_empty(), "{}: nobody notices {what}", rust.name);
            changes += 1;
        }
    }
    assert!(changes > 500, "{changes}");
}

/// Everything that the document describes is read, and nothing of it is lost.
#[test]
fn every_type_reads_what_the_document_describes_and_writes_it_again() {
    let document = pipeline::corrected();
    let subjects = subjects(&document);
    for rust in table::table() {
        let schema = subjects[rust.name].schema;
        let sample = samples::full(&document, schema);
        assert_eq!(reread(&rust, &sample), sample, "{}", rust.name);
        let Value::Object(full) = sample else {
            continue;
        };
        for name in samples::optional(schema) {
            let mut without = full.clone();
            without.remove(name);
            assert_eq!(
                reread(&rust, &json!(without)),
                json!(without),
                "{} without {name}",
                rust.name
            );
            let null = with(&without, name, Value::Null);
            assert_eq!(
                reread(&rust, &null),
                json!(without),
                "{} with {name} null",
                rust.name
            );
        }
        for (name, alias) in samples::aliases(schema) {
            let mut other = full.clone();
            let value = other.remove(name).unwrap_or_default();
            let other = with(&other, alias, value);
            assert_eq!(
                reread(&rust, &other),
                json!(full),
                "{} with {alias}",
                rust.name
            );
        }
    }
}

fn reread(rust: &table::Type, value: &Value) -> Value {
    let text = value.to_string();
    (rust.reread)(&text).unwrap_or_else(|error| panic!("{}: {error}: {text}", rust.name))
}

fn with(object: &Map<String, Value>, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    object.insert(name.to_owned(), value);
    json!(object)
}

/// The differences of all types, each with the name of its schema.
fn all_differences(document: &Document, intended: &[&Intended]) -> Vec<String> {
    let named = named(document);
    let subjects = subjects(document);
    let mut found = Vec::new();
    for rust in table::table() {
        let Some(subject) = subjects.get(rust.name) else {
            continue;
        };
        let here = differences_of(subject, &rust.schema, &named, intended);
        found.extend(
            here.into_iter()
                .map(|difference| format!("{}{difference}", rust.name)),
        );
    }
    found
}

fn differences_of(
    subject: &Subject<'_>,
    rust: &Value,
    named: &BTreeSet<String>,
    intended: &[&Intended],
) -> Vec<String> {
    let definitions = rust.get("$defs").and_then(Value::as_object);
    let of_rust = Reader {
        named,
        definitions: definitions.cloned().unwrap_or_default(),
    };
    let of_document = Reader {
        named,
        definitions: Map::new(),
    };
    let shapes = (of_document.shape(subject.schema), of_rust.shape(rust));
    match shapes {
        (Ok(document), Ok(rust)) => differences(&in_rust(document, subject.used, intended), &rust),
        (Err(problem), _) => vec![format!(": the document: {problem}")],
        (_, Err(problem)) => vec![format!(": the type: {problem}")],
    }
}

/// The schemas that have a name in the document, as Rust types are named.
fn named(document: &Document) -> BTreeSet<String> {
    let names = pipeline::components(document).keys();
    names
        .map(|name| names::pascal(&names::snake(name)))
        .collect()
}

/// Shapes that differ have a difference; those that agree have none.
#[test]
fn every_kind_of_difference_is_found() {
    let named = BTreeSet::from(["Pet".to_owned(), "Owner".to_owned()]);
    for (what, document, rust) in wrong::pairs() {
        let shape = |schema: &Value| -> Shape {
            let reader = Reader {
                named: &named,
                definitions: Map::new(),
            };
            reader
                .shape(schema)
                .unwrap_or_else(|problem| panic!("{what}: {problem}"))
        };
        let (document, rust) = (shape(&document), shape(&rust));
        assert_eq!(
            differences(&document, &document),
            Vec::<String>::new(),
            "{what}"
        );
        assert!(!differences(&document, &rust).is_empty(), "{what}");
        assert!(
            !differences(&rust, &document).is_empty(),
            "{what}, the other way round"
        );
    }
}

/// A schema that would be compared wrongly is refused instead.
#[test]
fn what_cannot_be_compared_is_said() {
    let named = BTreeSet::new();
    let reader = Reader {
        named: &named,
        definitions: Map::new(),
    };
    for (schema, expected) in [
        (json!(false), "is no schema"),
        (json!({}), "without a type"),
        (json!({ "type": ["string", "integer"] }), "several types"),
        (json!({ "type": "string", "pattern": "a" }), "`pattern`"),
        (json!({ "type": "array" }), "without items"),
        (
            json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 }),
            "`minItems`",
        ),
        (
            json!({ "type": "object", "properties": { "a": {} } }),
            "a: a schema without a type",
        ),
        (
            json!({ "type": "object", "properties": {}, "additionalProperties": false }),
            "`additionalProperties`",
        ),
        (
            json!({ "$ref": "#/components/schemas/Gone" }),
            "leads nowhere",
        ),
        (
            json!({ "allOf": [{ "type": "string" }, { "type": "string" }] }),
            "without a type",
        ),
        (json!({ "type": "string", "enum": [1] }), "is no text"),
    ] {
        let problem = reader.shape(&schema).expect_err(expected);
        assert!(problem.contains(expected), "{schema}: {problem}");
    }
}
