//! The vendor's next revision, taken in where this workspace keeps its document.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod audit;
mod revisions;
#[allow(dead_code, reason = "mutants are made of the rest")]
#[path = "../../xtask/tests/mutants/slices.rs"]
mod slices;
mod walk;

use std::collections::BTreeMap;
use std::path::Path;

use crate::common::copy::{Copy, GENERATED};
use crate::common::{pipeline, tree, workspace};
use serde_json::{Value, json};
use xtask::accept::{Accepted, Entry, Request, accept};
use xtask::codegen::codegen;
use xtask::config::{Mode, Options};
use xtask::report;

const DOCUMENT: &str = "openapi/openapi.yaml";

/// The beginning of each description of the vendor here.
const VENDOR: &str = "VENDOR";

#[test]
fn the_committed_document_is_in_the_form_in_which_revisions_are_written() {
    let committed = pipeline::sources().document;
    let written = xtask::emit::document(&pipeline::written().root, &committed.text);
    let differs = committed.text.lines().zip(written.lines()).enumerate();
    let mut differs = differs.filter(|(_, (is, should))| is != should);
    assert!(
        committed.text == written,
        "run `cargo xtask codegen --accept {DOCUMENT}`, which writes it so; the first line is {:?}",
        differs.next()
    );
}

#[test]
fn the_committed_document_is_nothing_new() {
    let copy = Copy::of(&workspace());
    let before = texts(copy.root());
    let accepted = take_in(copy.root(), &copy.root().join(DOCUMENT));
    assert!(accepted.changes_nothing(), "{accepted:?}");
    assert_eq!((accepted.wanted.len(), accepted.dropped.len()), (0, 0));
    assert_eq!(texts(copy.root()), before);
}

#[test]
fn a_revision_brings_its_structure_and_leaves_our_descriptions() {
    let copy = Copy::of(&workspace());
    let root = copy.root();
    let ours = pipeline::written().root;
    let revision = next_revision(&ours);
    let path = root.join("next.json");
    std::fs::write(&path, revision.to_string()).expect("the revision is written");

    let accepted = take_in(root, &path);
    let document = load(&root.join(DOCUMENT));
    for (path, text) in texts(root) {
        let is_ours = path.ends_with("next.json") || !text.contains(VENDOR);
        assert!(is_ours, "a description of the vendor is in {path}");
    }

    // As text, because two maps are equal in any order.
    let structure = |root: &Value| without_descriptions(root).to_string();
    assert_eq!(structure(&document), structure(&revision));

    let mut expected = descriptions(&ours);
    for (_, dropped) in &accepted.dropped {
        *expected.entry(dropped.clone()).or_default() -= 1;
    }
    expected.retain(|_, count| *count > 0);
    let mut found = descriptions(&document);
    // What OpenAPI requires is there, and empty.
    let empty = found.remove("");
    assert_eq!(found, expected);
    assert_eq!(empty, Some(1), "the answer of the new operation");
    // The parameter that is gone, in a list that has another order now.
    assert_eq!(accepted.dropped.len(), 1, "{:?}", accepted.dropped);
    assert!(
        accepted.dropped[0]
            .1
            .contains("The time that the destination may take"),
        "{:?}",
        accepted.dropped
    );
    let wanted: Vec<&str> = accepted
        .wanted
        .iter()
        .map(|it| it.message.as_str())
        .collect();
    for part in [
        "`/paths/~1v2~1broadcast~1{channel}/post",
        " of `channel`",
        "properties/priority",
    ] {
        assert!(
            wanted.iter().any(|it| it.contains(part)),
            "{part}: {wanted:?}"
        );
    }

    assert!(matches!(accepted.changelog, Some((_, Entry::Written))));
    let changelog = tree::text(&root.join("CHANGELOG.md"));
    let entry = changelog
        .split("- The API follows version `2.1.0`")
        .nth(1)
        .expect("an entry");
    for line in [
        "  - behaviour: operation `enqueue_message`: the header `Upstash-Timeout` is gone",
        "  - addition: operation `broadcast_message` is a new operation",
        "the field `priority` is new",
    ] {
        assert!(entry.contains(line), "{line}: {entry}");
    }

    let (tree, _) = codegen(&Options::new(root, Mode::Check));
    assert!(tree.is_some_and(|tree| tree.comparison.is_fresh()));
    let before = texts(root);
    let again = take_in(root, &path);
    assert!(again.changes_nothing(), "{again:?}");
    assert_eq!(again.wanted.len(), 0, "nothing is new any more");
    assert_eq!(texts(root), before);
}

/// The document with what a vendor may change, and with the vendor's descriptions wherever one can stand.
fn next_revision(ours: &Value) -> Value {
    let mut revision = ours.clone();
    revision["info"]["version"] = json!("2.1.0");
    let paths = revision["paths"].as_object_mut().expect("paths");
    let enqueue = paths
        .iter_mut()
        .find(|(path, _)| path.starts_with("/v2/enqueue/"))
        .expect("an operation that enqueues");
    let parameters = enqueue.1["post"]["parameters"]
        .as_array_mut()
        .expect("parameters");
    parameters.retain(|it| it["name"] != "Upstash-Timeout");
    parameters.reverse();
    paths.insert(
        "/v2/broadcast/{channel}".to_owned(),
        json!({ "post": {
            "summary": "Broadcast a Message",
            "operationId": "broadcast_message",
            "parameters": [{ "in": "path", "name": "channel", "required": true, "schema": { "type": "string" } }],
            "x-mint": { "content": "" },
            "responses": { "204": { "description": "" } },
        } }),
    );
    let properties = &mut revision["components"]["schemas"]["LogEntry"]["properties"];
    properties["priority"] = json!({ "type": "integer" });
    vendor_writes(&mut revision);
    revision
}

/// Writes a description of the vendor wherever one can stand: over ours, and where there is none.
fn vendor_writes(value: &mut Value) {
    match value {
        Value::Object(map) => {
            // Tags and security schemes keep their short names, and data is no place for a description.
            let tags = if map.contains_key("paths") {
                "tags"
            } else {
                ""
            };
            let others = [
                tags,
                "securitySchemes",
                "default",
                "enum",
                "example",
                "examples",
            ];
            for (key, member) in map.iter_mut() {
                if !others.contains(&key.as_str()) {
                    vendor_writes(member);
                }
            }
            // A schema, a parameter, an operation, and whatever has a description already. In a map of
            // properties these names lead to objects.
            let has = |key: &str| map.get(key).is_some_and(Value::is_string);
            if ["type", "in", "summary", "description"]
                .into_iter()
                .any(has)
            {
                map.insert(
                    "description".to_owned(),
                    json!(format!("{VENDOR}: something,\nsomewhere.")),
                );
            }
            if map.get("content").is_some_and(Value::is_string) {
                map.insert("content".to_owned(), json!(format!("{VENDOR}: read this.")));
            }
        }
        Value::Array(values) => values.iter_mut().for_each(vendor_writes),
        _ => {}
    }
}

/// Each description of a document, with how often it occurs.
fn descriptions(value: &Value) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    collect(value, &mut found);
    found
}

fn collect(value: &Value, found: &mut BTreeMap<String, usize>) {
    match value {
        Value::Object(map) => {
            for key in ["description", "content"] {
                if let Some(Value::String(text)) = map.get(key) {
                    *found.entry(text.clone()).or_default() += 1;
                }
            }
            map.values().for_each(|value| collect(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

/// A document without any description.
fn without_descriptions(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let rest = map.iter().filter(|(key, value)| {
                !(["description", "content"].contains(&key.as_str()) && value.is_string())
            });
            Value::Object(
                rest.map(|(key, value)| (key.clone(), without_descriptions(value)))
                    .collect(),
            )
        }
        Value::Array(values) => values.iter().map(without_descriptions).collect(),
        other => other.clone(),
    }
}

fn take_in(root: &Path, revision: &Path) -> Accepted {
    let (accepted, findings) = accept(&Request {
        options: Options::new(root, Mode::Write),
        revision: revision.to_owned(),
    });
    accepted.unwrap_or_else(|| panic!("{}", report::render(&findings, false)))
}

fn load(path: &Path) -> Value {
    let mut findings = xtask::finding::Findings::new();
    let source = xtask::source::Source::new("document", tree::text(path));
    let document = xtask::load::load_openapi(&source, &mut findings);
    document.expect("it loads").root
}

/// Every file that taking in a revision may write, and the revision.
fn texts(root: &Path) -> BTreeMap<String, String> {
    let files = tree::files(root).into_iter();
    let files = files.map(|path| (tree::shown(&path, root), tree::text(&path)));
    let files: BTreeMap<String, String> =
        files.filter(|(path, _)| !path.ends_with(".toml")).collect();
    assert!(
        files.keys().any(|path| path.starts_with(GENERATED)),
        "{files:?}"
    );
    files
}
