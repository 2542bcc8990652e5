//! The operation table of the crate says what the document says, and the client has every operation of it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use crate::common::{pipeline, tree, workspace};
use qstash_api::Region;
use qstash_api::operations::{OPERATIONS, SERVERS};
use serde_json::{Value, json};
use xtask::core::{Answers, Kind, Operation};

/// The members of a path item beside operations.
const NO_METHODS: [&str; 5] = ["$ref", "description", "parameters", "servers", "summary"];

#[test]
fn the_constant_says_what_the_document_says() {
    let expected: Vec<Value> = pipeline::core().operations.iter().map(row).collect();
    let actual = rows();
    assert_eq!(actual.len(), expected.len());
    for (actual, expected) in actual.iter().zip(&expected) {
        assert_eq!(actual, expected);
    }
}

/// The documentation of an operation begins with a call that compiles, and whoever looks for the name that the official
/// clients have finds it.
#[test]
fn each_operation_has_an_example_and_is_found_by_its_other_names() {
    let operations = pipeline::core().operations;
    for operation in &operations {
        let (id, example) = (&operation.id, &operation.example);
        assert!(example.contains(&operation.method_name), "{id}: {example}");
        assert!(!operation.tag.is_empty(), "{id} is in no group");
    }
    let names = operations
        .iter()
        .flat_map(|operation| &operation.doc_aliases);
    let names: BTreeSet<&str> = names.map(String::as_str).collect();
    for name in [
        "publish_json",
        "publishJSON",
        "enqueueJSON",
        "cancel",
        "runNow",
        "topics",
    ] {
        assert!(names.contains(name), "{name} leads nowhere");
    }
}

/// An operation of the core form, in the form of a row.
fn row(operation: &Operation) -> Value {
    let parameters = operation.parameters.iter().map(|it| {
        json!({
            "name": it.name,
            "setter": it.field,
            "in": it.place.name(),
            "required": it.required,
            "raw": it.raw,
            "echoed": it.echoed,
            "repeated": matches!(it.slot.kind, Kind::List(_)),
            "deprecated": it.about.deprecated,
            "internal": it.internal,
            "excludes": it.excludes,
        })
    });
    let families = operation.header_families.iter();
    let families = families.map(|it| json!({ "prefix": it.prefix, "internal": it.internal }));
    let body = operation.body.as_ref();
    let body = body.map(|body| json!({ "required": body.required, "media_types": body.declared }));
    json!({
        "id": operation.id,
        "method": operation.method.name().to_uppercase(),
        "path": operation.path,
        "tag": operation.tag,
        "summary": operation.summary,
        "deprecated": operation.about.deprecated,
        "idempotent": operation.idempotent,
        "idempotency_headers": operation.idempotency_headers,
        "retry": format!("{:?}", operation.retry),
        "needs_filter": operation.needs_filter,
        "parameters": parameters.collect::<Vec<_>>(),
        "header_families": families.collect::<Vec<_>>(),
        "body": body,
        "success": statuses(&operation.success),
        "errors": statuses(&operation.errors),
    })
}

fn statuses(answers: &Answers) -> Vec<String> {
    let statuses = answers.cases.iter().flat_map(|case| &case.statuses);
    statuses.map(ToString::to_string).collect()
}

/// A region that a revision brings has a host of its own, which somebody has to write into the crate.
#[test]
fn each_region_that_the_document_names_is_one_of_the_crate() {
    let mut regions = 0;
    for server in SERVERS {
        let region = server.strip_prefix("https://qstash-");
        let region = region.and_then(|rest| rest.strip_suffix(".upstash.io"));
        if let Some(region) = region {
            regions += 1;
            let known: Region = region.parse().expect("qstash-api/src/region.rs has it");
            assert_eq!(known.base_url(), *server);
        }
    }
    assert!(regions >= 2, "{SERVERS:?}");
}

/// The constant, in the form in which the pipeline writes its table.
fn rows() -> Vec<Value> {
    let rows = OPERATIONS.iter().map(|operation| {
        let parameters = operation.parameters.iter().map(|it| {
            json!({
                "name": it.name,
                "setter": it.setter,
                "in": format!("{:?}", it.place).to_lowercase(),
                "required": it.required,
                "raw": it.raw,
                "echoed": it.echoed,
                "repeated": it.repeated,
                "deprecated": it.deprecated,
                "internal": it.internal,
                "excludes": it.excludes,
            })
        });
        let families = operation.header_families.iter();
        let families = families.map(|it| json!({ "prefix": it.prefix, "internal": it.internal }));
        let body = (!operation.media_types.is_empty()).then(
            || json!({ "required": operation.body_required, "media_types": operation.media_types }),
        );
        json!({
            "id": operation.id,
            "method": operation.method,
            "path": operation.path,
            "tag": operation.tag,
            "summary": operation.summary,
            "deprecated": operation.deprecated,
            "idempotent": operation.idempotent,
            "idempotency_headers": operation.idempotency_headers,
            "retry": format!("{:?}", operation.retry),
            "needs_filter": operation.needs_filter,
            "parameters": parameters.collect::<Vec<_>>(),
            "header_families": families.collect::<Vec<_>>(),
            "body": body,
            "success": operation.success,
            "errors": operation.errors,
        })
    });
    rows.collect()
}

/// Operations that the overlay adds, with its evidence.
const ADDED: [(&str, &str); 1] = [("PATCH", "/v2/topics/{urlGroupName}")];

/// No correction loses an operation, nor invents one but those.
#[test]
fn every_operation_of_the_written_document_has_one_row() {
    let written = pipeline::written().root;
    let paths = written["paths"]
        .as_object()
        .expect("the document has paths");
    let mut expected = Vec::new();
    for (path, item) in paths {
        let methods = item.as_object().expect("a path item is an object").keys();
        let methods = methods.filter(|key| !NO_METHODS.contains(&key.as_str()));
        expected.extend(methods.map(|method| (method.to_uppercase(), path.clone())));
    }
    expected.extend(ADDED.map(|(method, path)| (method.to_owned(), path.to_owned())));
    expected.sort();
    let rows = OPERATIONS.iter();
    let mut actual: Vec<_> = rows
        .map(|it| (it.method.to_owned(), it.path.to_owned()))
        .collect();
    actual.sort();
    assert_eq!(actual, expected);
}

#[test]
fn the_client_has_one_method_for_each_operation() {
    let path = workspace().join("qstash-api/src/generated/mod.rs");
    let file = syn::parse_file(&tree::text(&path)).expect("generated code is Rust");
    let mut methods = BTreeSet::new();
    for item in &file.items {
        let syn::Item::Impl(block) = item else {
            continue;
        };
        let functions = block.items.iter().filter_map(|item| match item {
            syn::ImplItem::Fn(function) if block.trait_.is_none() => Some(&function.sig),
            _ => None,
        });
        // A method with a receiver begins a request; the others make clients.
        let methods_here = functions.filter(|signature| signature.receiver().is_some());
        methods.extend(methods_here.map(|signature| signature.ident.to_string()));
        // The way out for what is no operation.
        methods.remove("request");
    }
    let ids: BTreeSet<String> = OPERATIONS.iter().map(|it| it.id.to_owned()).collect();
    assert_eq!(ids.len(), OPERATIONS.len(), "two operations have one name");
    assert_eq!(methods, ids);
}
