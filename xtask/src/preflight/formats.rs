//! Formats and patterns for which typify uses crates that the generated crate does not have, and
//! formats where it takes none.
//!
//! They are left out of the document that progenitor gets: a `uuid` or a `date-time` is then the text
//! that the service sends, and a `pattern` is checked by the service alone. One note for each kind says
//! so.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::survey::{Node, Survey};
use crate::finding::{Finding, Findings};
use crate::pointer::Pointer;
use crate::source::Document;

/// The document without what typify needs further crates for.
pub(super) fn without_foreign<'d>(
    document: &'d Document,
    findings: &mut Findings,
) -> Cow<'d, Value> {
    let survey = Survey::new(&document.root, &document.origins);
    let mut left_out: BTreeMap<String, Vec<Pointer>> = BTreeMap::new();
    for schema in survey.schemas() {
        for (what, key) in foreign(&schema) {
            left_out
                .entry(what)
                .or_default()
                .push(schema.pointer.join(key));
        }
    }
    if left_out.is_empty() {
        return Cow::Borrowed(&document.root);
    }
    let mut root = document.root.clone();
    for (what, pointers) in &left_out {
        for pointer in pointers {
            remove(&mut root, pointer);
        }
        findings.extend(note(document, what, pointers));
    }
    Cow::Owned(root)
}

/// The members of `schema` to leave out, each with what it is called in a sentence.
fn foreign(schema: &Node<'_>) -> Vec<(String, &'static str)> {
    let mut foreign = Vec::new();
    let takes_format = matches!(schema.text("type"), Some("string" | "number" | "integer"))
        || (!schema.has("type")
            && ["pattern", "minLength", "maxLength"]
                .iter()
                .any(|key| schema.has(key)));
    if let Some(format) = schema.text("format")
        && (!takes_format || matches!(format, "uuid" | "date" | "date-time"))
    {
        foreign.push((format!("`format: {format}`"), "format"));
    }
    if schema.text("pattern").is_some() {
        foreign.push(("`pattern`".to_owned(), "pattern"));
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
            "{what} stands in {places}; the generated types do not check it and hold the plain value."
        ),
        "Nothing needs to be done.",
    );
    Some(finding.at(document.locate(first)))
}
