//! Formats and patterns: for some typify uses crates that the generated crate does not have, on others
//! it panics, and one stands for a secret.

use std::collections::BTreeMap;

use serde_json::Value;

use super::schema::is_annotation;
use super::survey::{Node, Survey};
use crate::finding::{Finding, Findings};
use crate::pointer::Pointer;
use crate::source::Document;

/// The lowered document without the formats and patterns that `preflight` would refuse.
///
/// A `uuid` or a `date-time` is then the text that the service sends, and a `pattern` is left for the
/// service to check. One note for each of them says so.
#[must_use]
pub fn without_foreign_formats(mut document: Document, findings: &mut Findings) -> Document {
    let survey = Survey::new(&document.root, &document.origins);
    let mut foreign: BTreeMap<String, Vec<Pointer>> = BTreeMap::new();
    for schema in survey.schemas() {
        let schema = &schema.node;
        for (what, key) in foreign_members(schema) {
            foreign
                .entry(what)
                .or_default()
                .push(schema.pointer.join(key));
        }
    }
    for (what, pointers) in &foreign {
        findings.extend(note(&document, what, pointers));
        for pointer in pointers {
            remove(&mut document.root, pointer);
        }
    }
    document
}

pub(super) fn check(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    for (what, key) in foreign_members(schema) {
        findings.push(survey.error(
            "preflight/foreign-format",
            &schema.pointer.join(key),
            format!("The generated crate has nothing to represent {what} here."),
            format!("Remove `{key}` with an action of the overlay."),
        ));
    }
    let plain = |key: &str| {
        matches!(key, "type" | "format" | "nullable")
            || (is_annotation(key) && !key.starts_with("x-"))
    };
    let beside = schema.members().map(|(key, _)| key).find(|key| !plain(key));
    if let Some(beside) = beside.filter(|_| schema.text("format") == Some("password")) {
        findings.push(survey.error(
            "preflight/password",
            &schema.pointer.join(beside),
            format!(
                "The password has `{beside}`, with which it would become a type that prints it."
            ),
            format!("Remove `{beside}` with an action of the overlay."),
        ));
    }
}

/// The members of `schema` that the generated crate cannot have, each with what it is called in a
/// sentence.
fn foreign_members(schema: &Node<'_>) -> Vec<(String, &'static str)> {
    let mut foreign = Vec::new();
    let bounded = ["pattern", "minLength", "maxLength"]
        .iter()
        .any(|key| schema.has(key));
    let formatted = match schema.text("type") {
        Some(name) => matches!(name, "string" | "number" | "integer"),
        None => bounded,
    };
    let format = schema.text("format");
    if let Some(format) =
        format.filter(|format| !formatted || matches!(*format, "uuid" | "date" | "date-time"))
    {
        foreign.push((format!("`format: {format}`"), "format"));
    }
    if schema.text("pattern").is_some() {
        foreign.push(("a `pattern`".to_owned(), "pattern"));
    }
    foreign
}

fn remove(root: &mut Value, pointer: &Pointer) {
    let (Some(parent), Some(key)) = (pointer.parent(), pointer.last()) else {
        return;
    };
    if let Some(members) = parent.resolve_mut(root).and_then(Value::as_object_mut) {
        members.shift_remove(&key);
    }
}

fn note(document: &Document, what: &str, pointers: &[Pointer]) -> Option<Finding> {
    let first = pointers.first()?;
    let places = match pointers.len() {
        1 => "one place".to_owned(),
        many => format!("{many} places"),
    };
    let finding = Finding::note(
        "preflight/left-to-the-service",
        format!(
            "The document has {what} in {places}; the generated types hold the plain value and leave it to the service."
        ),
        "Do nothing, unless a type of your own should stand there.",
    );
    Some(finding.at(document.locate(first)))
}
