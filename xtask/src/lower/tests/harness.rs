//! Documents whose places can be told, and short forms of what comes out.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Value, json};

use crate::finding::{Finding, Findings, Location, Severity};
use crate::pointer::Pointer;
use crate::source::{Document, Origins, Source};

/// A document whose source has one line for each value, which says its pointer.
pub(super) fn document(root: Value) -> Document {
    let mut pointers = Vec::new();
    pointers_of(&root, Pointer::root(), &mut pointers);
    let lines: Vec<String> = pointers
        .iter()
        .map(|pointer| format!("{pointer}\n"))
        .collect();
    let source = Source::new("test.yaml", lines.concat());
    let mut origins = Origins::new(&source);
    for (index, pointer) in pointers.into_iter().enumerate() {
        let location = Location {
            source: source.clone(),
            line: index + 1,
            column: 1,
            width: 1,
        };
        origins.set(pointer, location);
    }
    Document { root, origins }
}

fn pointers_of(value: &Value, at: Pointer, pointers: &mut Vec<Pointer>) {
    match value {
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                pointers_of(element, at.join(index), pointers);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                pointers_of(member, at.join(name), pointers);
            }
        }
        _ => {}
    }
    pointers.push(at);
}

/// The pointer that a location in such a document stands for.
pub(super) fn place(location: &Location) -> &str {
    let line = location.line.checked_sub(1);
    line.and_then(|line| location.source.text.lines().nth(line))
        .unwrap_or("?")
}

/// The whole finding, on as few lines as it takes.
pub(super) fn compact(finding: &Finding) -> String {
    let at = finding.location.as_ref().map_or("?", place);
    let mut text = format!(
        "{} {} at {at}\n  {}\n",
        finding.severity, finding.code, finding.message
    );
    for (location, sentence) in &finding.related {
        text += &format!("  also {}: {sentence}\n", place(location));
    }
    text + &format!("  -> {}\n", finding.next)
}

/// Lowers a value, and gives what came out and what was found.
pub(super) fn lowered(root: Value) -> (Option<Document>, Findings) {
    let mut findings = Findings::new();
    let lowered = super::super::lower(document(root), &mut findings);
    assert_eq!(lowered.is_none(), findings.has_errors(), "{findings:?}");
    (lowered, findings)
}

/// A 3.1 document with one schema, called `T`, among others to refer to.
pub(super) fn with_schema(schema: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Shop", "version": "1" },
        "paths": { "/t": { "get": {
            "operationId": "get_t",
            "responses": { "200": {
                "description": "One.",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/T" } } }
            } }
        } } },
        "components": { "schemas": {
            "T": schema,
            "Pet": { "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] },
            "Size": { "type": "string", "enum": ["small", "large"] }
        } }
    })
}

/// `code place`, for each finding.
pub(super) fn short(findings: &Findings) -> Vec<String> {
    findings
        .iter()
        .map(|finding| {
            let at = finding.location.as_ref().map_or("?", place);
            format!("{} {at}", finding.code)
        })
        .collect()
}

/// All errors, for messages of failed tests.
pub(super) fn errors(findings: &Findings) -> String {
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    errors.map(compact).collect()
}

/// What openapiv3 makes of a lowered document.
pub(super) fn read(root: &Value) -> openapiv3::OpenAPI {
    serde_json::from_value(root.clone()).expect("a lowered document can be read")
}

/// The Rust code that progenitor makes of a lowered document.
pub(super) fn generated(root: &Value) -> syn::File {
    let api = read(root);
    let mut generator = progenitor::Generator::default();
    let tokens = catch_unwind(AssertUnwindSafe(|| generator.generate_tokens(&api)))
        .expect("progenitor does not panic")
        .expect("progenitor understands the document");
    syn::parse2(tokens).expect("progenitor writes Rust")
}

/// Reads YAML without anchors and tags.
pub(super) fn yaml(text: &str) -> Value {
    let source = Source::new("fixture.yaml", text);
    let document = crate::load::load(&source, &mut Findings::new());
    document.expect("a fixture that loads").root
}
