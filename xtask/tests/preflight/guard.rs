//! The guard around progenitor: what gets past preflight is named.

use std::fmt::Write as _;

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::{Value, json};
use xtask::finding::Findings;
use xtask::generate_guard::generate_guarded;
use xtask::preflight::without_foreign_formats;
use xtask::source::Document;

use crate::fixture::{Claim, fixtures, good, settings};

/// The findings of the guard for a document that preflight has not seen.
fn guarded(document: &Document) -> Option<Findings> {
    let api = OpenAPI::deserialize(&document.root).ok()?;
    let mut findings = Findings::new();
    let tokens = generate_guarded(&api, document, &settings(), &mut findings);
    assert_eq!(tokens.is_some(), !findings.has_errors());
    Some(findings)
}

fn list(findings: &Findings) -> String {
    let mut list = String::new();
    for finding in findings {
        let place = finding.location.as_ref().expect("a place");
        let message: String = finding.message.chars().take(120).collect();
        let _ = writeln!(list, "  {} {place}: {message}", finding.code);
    }
    list
}

#[test]
fn the_guard_names_what_progenitor_fails_on() {
    let mut table = String::new();
    for fixture in fixtures() {
        if !matches!(fixture.claim, Claim::Panics | Claim::Refuses) {
            continue;
        }
        // What `openapiv3` does not read never gets to the guard.
        if let Some(findings) = guarded(&fixture.document) {
            assert!(findings.has_errors(), "{}", fixture.name);
            let _ = writeln!(table, "{}\n{}", fixture.name, list(&findings));
        }
    }
    insta::assert_snapshot!(table);
}

/// The store, with everything in it that generates, and what `change` puts in besides.
fn store_with(change: impl FnOnce(&mut Value)) -> Document {
    let (_, store) = good()
        .into_iter()
        .find(|(name, _)| name == "store")
        .expect("the store");
    let mut store = without_foreign_formats(store, &mut Findings::new());
    change(&mut store.root);
    store
}

#[test]
fn the_first_operation_that_fails_is_named() {
    let operation = |id: &str| {
        let body = json!({ "content": { "text/plain": {}, "application/json": {} } });
        json!({ "operationId": id, "requestBody": body, "responses": { "200": { "description": "Done." } } })
    };
    let store = store_with(|root| {
        root["paths"]["/one"] = json!({ "post": operation("break_one") });
        root["paths"]["/two"] = json!({ "post": operation("break_two") });
    });
    insta::assert_snapshot!(list(&guarded(&store).expect("OpenAPI")));
}

#[test]
fn components_that_fail_are_said_to_and_no_operation_that_needs_them() {
    let store = store_with(|root| {
        root["components"]["schemas"]["Kind"]["enum"] = json!(["cat", "Cat"]);
    });
    insta::assert_snapshot!(list(&guarded(&store).expect("OpenAPI")));
}

#[test]
fn operations_that_fail_only_together_are_found() {
    let store = store_with(|root| {
        root["paths"]["/again"] = json!({
            "get": { "operationId": "list_pets", "responses": { "200": { "description": "Done." } } }
        });
    });
    insta::assert_snapshot!(list(&guarded(&store).expect("OpenAPI")));
}
