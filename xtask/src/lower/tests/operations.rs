//! What becomes of operations.

use serde_json::{Value, json};

use super::harness::{compact, errors, generated, lowered, short};
use super::pets::{header, path, problem, query, with_operation};

/// Fields of the operation, and those of the lowered operation that matter, with the codes of findings.
fn rows() -> Vec<(Value, Value, &'static [&'static str])> {
    let binary = json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } });
    let plain = json!({ "text/plain": { "schema": { "type": "string" } } });
    vec![
        // Names.
        (
            json!({ "operationId": "", "summary": "Replace a pet" }),
            json!({ "operationId": "replace_pet" }),
            &["derived-operation-id"],
        ),
        (
            json!({ "operationId": " ", "summary": "Update the Pet's flowControl URL" }),
            json!({ "operationId": "update_pets_flow_control_url" }),
            &["derived-operation-id"],
        ),
        (
            json!({ "operationId": "", "summary": "1 pet" }),
            json!({ "operationId": "put_pets_by_id" }),
            &["derived-operation-id"],
        ),
        (
            json!({ "operationId": "", "summary": "…" }),
            json!({ "operationId": "put_pets_by_id" }),
            &["derived-operation-id"],
        ),
        (
            json!({ "operationId": "", "summary": "This replaces one of all those pets with another of them" }),
            json!({ "operationId": "put_pets_by_id" }),
            &["derived-operation-id"],
        ),
        (
            json!({ "operationId": "" }),
            json!({ "operationId": "put_pets_by_id" }),
            &["derived-operation-id"],
        ),
        // Parameters.
        (
            json!({ "parameters": [path(), path(), query("a")] }),
            json!({ "parameters": [path(), query("a")] }),
            &[],
        ),
        (
            json!({ "parameters": [header("X-A"), { "name": "x-a", "in": "header", "schema": { "type": "string" }, "description": "Again." }] }),
            json!({ "parameters": [header("X-A"), { "name": "x-a", "in": "header", "schema": { "type": "string" }, "description": "Again." }] }),
            &["duplicate-parameter"],
        ),
        (
            json!({ "parameters": [query("a"), header("a")] }),
            json!({ "parameters": [query("a"), header("a")] }),
            &[],
        ),
        (
            json!({ "parameters": [header("Accept"), header("authorization"), header("Content-Type")] }),
            json!({ "parameters": null }),
            &["ignored-header", "ignored-header", "ignored-header"],
        ),
        (
            json!({ "parameters": [query("Accept"), query("b*")] }),
            json!({ "parameters": [query("Accept"), query("b*")] }),
            &[],
        ),
        (
            json!({ "parameters": [header("X-A-*"), header("X-B")] }),
            json!({ "parameters": [header("X-B")], "x-header-families": [{ "prefix": "X-A-" }] }),
            &[],
        ),
        (
            json!({ "parameters": [{ "$ref": "#/components/parameters/Trace" }] }),
            json!({ "parameters": null, "x-header-families": [{ "prefix": "Trace-" }] }),
            &[],
        ),
        (
            json!({ "parameters": [{ "$ref": "#/components/parameters/Trace", "description": "Mine." }] }),
            json!({ "parameters": null, "x-header-families": [{ "prefix": "Trace-", "description": "Mine." }] }),
            &[],
        ),
        (
            json!({ "shared": [header("X-A-*"), header("X-B-*"), path()], "parameters": [header("x-b-*")] }),
            json!({ "parameters": null, "x-header-families": [{ "prefix": "x-b-" }, { "prefix": "X-A-" }] }),
            &[],
        ),
        (
            json!({ "shared": [header("Content-Type")], "requestBody": { "content": { "text/html": {} } } }),
            json!({ "parameters": [header("Content-Type")], "x-media-types": ["text/html"] }),
            &[],
        ),
        (
            json!({ "shared": [header("Content-Type")] }),
            json!({ "parameters": null }),
            &["ignored-header"],
        ),
        (
            json!({ "parameters": [{ "$ref": "#/components/parameters/Page", "description": "Mine." }] }),
            json!({ "parameters": [{ "name": "page", "in": "query", "schema": { "type": "integer" }, "description": "Mine." }] }),
            &[],
        ),
        (
            json!({ "shared": [query("a"), path()], "parameters": [{ "$ref": "#/paths/~1pets~1{id}/parameters/0" }] }),
            json!({ "parameters": [query("a")] }),
            &[],
        ),
        (
            json!({ "parameters": [{ "name": "X-A", "in": "header", "schema": { "anyOf": [{ "type": "string" }, { "type": "null" }], "title": "A", "default": null } }] }),
            json!({ "parameters": [{ "name": "X-A", "in": "header", "schema": { "title": "A", "type": "string" } }] }),
            &[],
        ),
        (
            json!({ "parameters": [{ "name": "X-A", "in": "header", "schema": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Pet" }], "title": "A" } }] }),
            json!({ "parameters": [{ "name": "X-A", "in": "header", "schema": { "$ref": "#/components/schemas/Pet" } }] }),
            &[],
        ),
        (
            json!({ "parameters": [{ "name": "X-A", "in": "header", "schema": { "enum": ["a", null] } }] }),
            json!({ "parameters": [{ "name": "X-A", "in": "header", "schema": { "enum": ["a"], "type": "string" } }] }),
            &[],
        ),
        // Request bodies.
        (
            json!({ "requestBody": { "content": { "application/json": {} } } }),
            json!({ "requestBody": { "content": { "application/json": { "schema": {} } } }, "x-media-types": null }),
            &[],
        ),
        (
            json!({ "requestBody": { "content": { "application/json; charset=utf-8": { "schema": { "type": "array" }, "encoding": {} } } } }),
            json!({ "requestBody": { "content": { "application/json; charset=utf-8": { "schema": { "type": "array", "items": {} } } } } }),
            &["ignored-encoding"],
        ),
        (
            json!({ "requestBody": { "content": { "text/plain": { "schema": { "type": "string", "maxLength": 3 } } } } }),
            json!({ "requestBody": { "content": plain } }),
            &[],
        ),
        (
            json!({ "requestBody": { "content": { "application/octet-stream": {} } } }),
            json!({ "requestBody": { "content": binary } }),
            &[],
        ),
        (
            json!({ "requestBody": { "required": true, "description": "d", "content": { "application/merge-patch+json": {} } } }),
            json!({ "requestBody": { "required": true, "description": "d", "content": binary }, "x-media-types": ["application/merge-patch+json"] }),
            &[],
        ),
        (
            json!({ "requestBody": { "content": { "b/b": {}, "a/a": {}, "application/json": {} } } }),
            json!({ "requestBody": { "content": binary }, "x-media-types": ["b/b", "a/a", "application/json"] }),
            &[],
        ),
        (
            json!({ "requestBody": { "$ref": "#/components/requestBodies/Pet" } }),
            json!({ "requestBody": { "$ref": "#/components/requestBodies/Pet" }, "x-media-types": ["application/json", "application/xml"] }),
            &[],
        ),
        (
            json!({ "requestBody": { "content": { "Application/JSON": {} } } }),
            json!({ "requestBody": { "content": binary }, "x-media-types": ["Application/JSON"] }),
            &[],
        ),
        // Responses.
        (
            json!({ "responses": { "200": { "description": "", "content": { "application/json": {}, "text/html": {} } } } }),
            json!({ "responses": { "200": { "description": "", "content": { "application/json": { "schema": {} }, "text/html": {} } } } }),
            &[],
        ),
        (
            json!({ "responses": { "404": problem("a"), "200": { "description": "" }, "400": { "$ref": "#/components/responses/Problem" }, "500": problem("b"), "502": problem("c") } }),
            json!({ "responses": { "4XX": problem("a"), "200": { "description": "" }, "5XX": problem("b") } }),
            &[],
        ),
        (
            json!({ "responses": { "404": problem("a") } }),
            json!({ "responses": { "404": problem("a") } }),
            &[],
        ),
        (
            json!({ "responses": { "404": problem("a"), "400": { "description": "" } } }),
            json!({ "responses": { "404": problem("a"), "400": { "description": "" } } }),
            &[],
        ),
        (
            json!({ "responses": { "404": { "$ref": "#/components/responses/Problem", "description": "Mine." } } }),
            json!({ "responses": { "404": problem("Mine.") } }),
            &[],
        ),
        // Extensions.
        (
            json!({ "x-idempotent": true, "x-other": { "const": 1 } }),
            json!({ "x-idempotent": true, "x-other": { "const": 1 } }),
            &[],
        ),
        (
            json!({ "x-needs-filter": { "except": ["page"] }, "parameters": [query("a"), { "$ref": "#/components/parameters/Page" }] }),
            json!({ "x-needs-filter": { "except": ["page"] } }),
            &[],
        ),
        (
            json!({ "x-needs-filter": { "except": ["b"] }, "parameters": [query("a"), header("b")] }),
            json!({ "x-needs-filter": { "except": ["b"] }, "parameters": [query("a"), header("b")] }),
            &["needs-filter"],
        ),
    ]
}

#[test]
fn every_operation_of_the_table_becomes_its_lowered_form() {
    let mut all = String::new();
    for (fields, expected, codes) in rows() {
        let (document, findings) = lowered(with_operation(fields.clone()));
        let found: Vec<String> = findings
            .codes()
            .iter()
            .map(|code| code.replace("lower/", ""))
            .collect();
        assert_eq!(found, codes, "{fields}");
        all += &findings.iter().map(compact).collect::<String>();
        let Some(document) = document else {
            assert!(
                codes.contains(&"duplicate-parameter"),
                "{fields}: {}",
                errors(&findings)
            );
            continue;
        };
        let operation = &document.root["paths"]["/pets/{id}"]["put"];
        for (name, value) in expected.as_object().expect("an object") {
            assert_eq!(operation[name], *value, "{name} of {fields}");
        }
    }
    insta::assert_snapshot!("operation_warnings", all);
}

#[test]
fn a_name_is_never_taken_from_an_operation_that_has_it() {
    let operation =
        |id: &str, summary: &str| json!({ "operationId": id, "summary": summary, "responses": {} });
    let mut root = with_operation(json!({}));
    root["paths"] = json!({
        "/a": { "get": operation("", "Get pet"), "put": operation("", "Get a pet") },
        "/b": { "get": operation("getPet", ""), "put": operation("put_a", "") }
    });
    let (document, findings) = lowered(root);
    let root = document
        .unwrap_or_else(|| panic!("{}", errors(&findings)))
        .root;
    assert_eq!(root["paths"]["/a"]["get"]["operationId"], "get_a");
    assert_eq!(root["paths"]["/a"]["put"]["operationId"], "put_a_2");
    assert_eq!(
        short(&findings),
        [
            "lower/derived-operation-id /paths/~1a/get",
            "lower/derived-operation-id /paths/~1a/put",
        ]
    );
    generated(&root);
}
