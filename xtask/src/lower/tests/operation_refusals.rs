//! Operations that are refused, with code and place.

use serde_json::{Value, json};

use super::harness::{compact, lowered, short};
use super::pets::{header, query, with_operation, with_root};

/// Documents, and the code and place of what is wrong.
fn refused() -> Vec<(Value, &'static [&'static str])> {
    let other = json!({ "description": "", "content": { "application/json": { "schema": { "type": "string" } } } });
    let differing = json!({ "name": "a", "in": "query", "schema": { "type": "integer" } });
    let error = json!({ "x-error-response": { "$ref": "#/components/responses/Problem" } });
    vec![
        (
            with_operation(json!({ "parameters": [query("a"), differing] })),
            &["duplicate-parameter /parameters/1"],
        ),
        (
            with_operation(json!({ "parameters": [header("*")] })),
            &["header-family /parameters/0"],
        ),
        (
            with_operation(
                json!({ "parameters": [{ "name": "X-*", "in": "header", "required": true, "schema": {} }] }),
            ),
            &["header-family /parameters/0"],
        ),
        (
            with_operation(json!({ "requestBody": { "content": {} } })),
            &["no-media-type /requestBody/content"],
        ),
        (
            with_operation(json!({ "requestBody": {} })),
            &["missing-field /requestBody"],
        ),
        (
            with_operation(
                json!({ "x-needs-filter": { "except": ["a"] }, "parameters": [query("a"), header("b")] }),
            ),
            &["needs-filter /x-needs-filter"],
        ),
        (
            with_operation(
                json!({ "x-needs-filter": { "only": ["a"] }, "parameters": [query("a")] }),
            ),
            &["needs-filter /x-needs-filter"],
        ),
        (
            with_operation(json!({ "x-needs-filter": "b" })),
            &["wrong-type /x-needs-filter"],
        ),
        (
            with_operation(json!({ "x-idempotent": "yes" })),
            &["wrong-type /x-idempotent"],
        ),
        (
            with_operation(json!({ "parameters": 5 })),
            &["wrong-type /parameters"],
        ),
        (
            with_operation(json!({ "parameters": [5] })),
            &["wrong-type /parameters/0"],
        ),
        (
            with_operation(json!({ "parameters": [{ "$ref": "#/components/parameters/None" }] })),
            &["unresolved-reference /parameters/0/$ref"],
        ),
        (
            with_operation(json!({ "parameters": [{ "name": "a", "in": "query" }] })),
            &["missing-field /parameters/0"],
        ),
        (
            with_operation(
                json!({ "parameters": [{ "name": "a", "in": "query", "schema": {}, "content": {} }] }),
            ),
            &["missing-field /parameters/0"],
        ),
        (
            with_operation(json!({ "parameters": [{ "in": "query", "schema": {} }] })),
            &["missing-field /parameters/0"],
        ),
        (
            with_operation(json!({ "parameters": [{ "name": "a", "in": "body", "schema": {} }] })),
            &["wrong-type /parameters/0/in"],
        ),
        (
            with_operation(
                json!({ "parameters": [{ "name": "a", "in": "header", "style": "form", "schema": {} }] }),
            ),
            &["wrong-type /parameters/0/style"],
        ),
        (
            with_operation(json!({ "responses": { "20": { "description": "" } } })),
            &["status-code /responses/20"],
        ),
        (
            with_operation(json!({ "responses": { "4xx": { "description": "" } } })),
            &["status-code /responses/4xx"],
        ),
        (
            with_operation(json!({ "responses": { "200": {} } })),
            &["missing-field /responses/200"],
        ),
        (
            with_operation(json!({ "responses": [] })),
            &["wrong-type /responses"],
        ),
        (
            with_operation(json!({ "security": [{ "token": "all" }] })),
            &["wrong-type /security/0/token"],
        ),
        (
            with_root(
                json!({ "x-any-success": true }),
                json!({ "200": { "description": "" }, "201": other }),
            ),
            &["success-responses /responses/201"],
        ),
        (
            with_root(error.clone(), json!({ "404": other })),
            &["error-response /responses/404"],
        ),
        (
            with_root(error.clone(), json!({ "default": other })),
            &["default-response /responses/default"],
        ),
        (
            with_root(error, json!({ "default": { "description": "" } })),
            &["default-response /responses/default"],
        ),
    ]
}

#[test]
fn what_cannot_be_repaired_is_an_error_at_its_place() {
    let mut all = String::new();
    for (root, expected) in refused() {
        let (document, findings) = lowered(root.clone());
        assert!(document.is_none(), "{root}");
        let found: Vec<String> = short(&findings)
            .iter()
            .map(|finding| {
                finding
                    .replace("lower/", "")
                    .replace("/paths/~1pets~1{id}/put", "")
            })
            .collect();
        let mut sorted = found.clone();
        sorted.sort();
        assert_eq!(sorted, expected, "{root}");
        let findings: String = findings.iter().map(compact).collect();
        all += &format!("{findings}\n");
    }
    insta::assert_snapshot!("operation_refusals", all);
}
