//! What becomes of documents as a whole.

use serde_json::{Value, json};

use super::harness::{compact, errors, generated, lowered, read, short, with_schema};

/// A small document with further members, or with other ones.
fn with(members: Value) -> Value {
    let mut root = with_schema(json!({ "type": "string" }));
    for (pointer, value) in members.as_object().expect("an object") {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        root.pointer_mut(parent).expect(parent)[name.replace("~1", "/")] = value.clone();
    }
    root
}

/// Members by pointer, those of the lowered document by pointer, and the codes of findings.
fn rows() -> Vec<(Value, Value, &'static [&'static str])> {
    let operation =
        json!({ "operationId": "get_a", "responses": { "200": { "description": "" } } });
    let item = json!({ "get": operation });
    let flow = json!({ "authorizationUrl": "https://a", "tokenUrl": "https://t", "scopes": { "read": "Read." } });
    let oauth = json!({ "type": "oauth2", "flows": { "authorizationCode": flow, "x-a": 1 } });
    vec![
        (
            json!({ "/openapi": "3.1.7" }),
            json!({ "/openapi": "3.0.3" }),
            &[],
        ),
        (
            json!({ "/openapi": "3.0.0" }),
            json!({ "/openapi": "3.0.3" }),
            &[],
        ),
        (
            json!({ "/jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema" }),
            json!({ "/jsonSchemaDialect": null }),
            &[],
        ),
        (
            json!({ "/info/summary": "s", "/info/x-a": 1 }),
            json!({ "/info": { "title": "Shop", "version": "1", "x-a": 1 } }),
            &[],
        ),
        (
            json!({ "/info/license": { "name": "M", "identifier": "MIT" } }),
            json!({ "/info/license": { "name": "M", "url": "https://spdx.org/licenses/MIT.html" } }),
            &[],
        ),
        (
            json!({ "/info/license": { "name": "M", "identifier": "MIT OR Apache-2.0" } }),
            json!({ "/info/license": { "name": "M" } }),
            &[],
        ),
        (
            json!({ "/info/license": { "name": "M", "identifier": "MIT", "url": "https://m" } }),
            json!({ "/info/license": { "name": "M", "url": "https://m" } }),
            &[],
        ),
        (
            json!({ "/webhooks": { "a": { "post": 5 } } }),
            json!({ "/webhooks": null }),
            &["uncalled"],
        ),
        (
            json!({ "/components/callbacks": { "a": 5 } }),
            json!({ "/components/callbacks": null }),
            &["uncalled"],
        ),
        (
            json!({ "/paths/~1t/get/callbacks": { "a": 5 } }),
            json!({ "/paths/~1t/get/callbacks": null }),
            &["uncalled"],
        ),
        (
            json!({ "/components/pathItems": { "A": item } }),
            json!({ "/components/pathItems": null }),
            &[],
        ),
        (
            json!({ "/components/pathItems": { "A": item, "B": { "$ref": "#/components/pathItems/A", "summary": "s" } }, "/paths/~1a": { "$ref": "#/components/pathItems/B", "description": "d" } }),
            json!({ "/paths/~1a": { "description": "d", "summary": "s", "get": operation } }),
            &[],
        ),
        (
            json!({ "/paths/~1a": item, "/paths/~1b": { "$ref": "#/paths/~1a" } }),
            json!({ "/paths/~1b": item }),
            &[],
        ),
        (
            json!({ "/components/securitySchemes": { "a": oauth, "b": { "type": "http", "scheme": "basic" } } }),
            json!({ "/components/securitySchemes/a": oauth }),
            &[],
        ),
        (
            json!({ "/components/securitySchemes": { "m": { "type": "mutualTLS" }, "b": { "type": "http", "scheme": "basic" } }, "/security": [{ "m": [], "b": [] }, { "m": [] }], "/paths/~1t/get/security": [{ "m": [] }] }),
            json!({ "/components/securitySchemes": { "b": { "type": "http", "scheme": "basic" } }, "/security": [{ "b": [] }, {}], "/paths/~1t/get/security": [{}] }),
            &["mutual-tls"],
        ),
        (
            json!({ "/servers": [{ "url": "/", "variables": { "a": { "default": "b", "enum": ["b"] } } }] }),
            json!({ "/servers/0/variables/a/default": "b" }),
            &[],
        ),
        (
            json!({ "/tags": [{ "name": "a", "x-b": {} }], "/x-c": { "$ref": 1 } }),
            json!({ "/tags": [{ "name": "a", "x-b": {} }], "/x-c": { "$ref": 1 } }),
            &[],
        ),
        (
            json!({ "/tag": [], "/info/titel": 1 }),
            json!({ "/tag": null, "/info/titel": null }),
            &["unknown-field", "unknown-field"],
        ),
        (
            json!({ "/paths/x-a": { "$ref": 5 } }),
            json!({ "/paths/x-a": { "$ref": 5 } }),
            &[],
        ),
        (
            json!({ "/components/examples": { "E": { "value": { "$ref": "x" }, "summary": "s" } }, "/components/parameters": { "P": { "name": "p", "in": "query", "schema": true, "examples": { "e": { "$ref": "#/components/examples/E", "summary": "Mine." } } } } }),
            json!({ "/components/parameters/P/examples/e": { "value": { "$ref": "x" }, "summary": "Mine." }, "/components/parameters/P/schema": {} }),
            &[],
        ),
        (
            json!({ "/components/headers": { "H": { "schema": { "type": ["string", "null"] } } }, "/paths/~1t/get/responses/200/headers": { "X-H": { "$ref": "#/components/headers/H" } } }),
            json!({ "/components/headers/H/schema": { "type": "string", "nullable": true }, "/paths/~1t/get/responses/200/headers/X-H": { "$ref": "#/components/headers/H" } }),
            &[],
        ),
        (
            json!({ "/components/schemas/A%20B": { "const": 1 }, "/components/schemas/C": { "$ref": "#/components/schemas/%50et" } }),
            json!({}),
            &["component-name"],
        ),
        (
            json!({ "/components/schemas/C": { "$ref": "#/components/schemas/%50et" } }),
            json!({ "/components/schemas/C": { "$ref": "#/components/schemas/Pet" } }),
            &[],
        ),
        (
            json!({ "/openapi": "3.0.1", "/components/responses": { "A": { "description": "a" } }, "/paths/~1t/get/responses/400": { "$ref": "#/components/responses/A", "description": "b" } }),
            json!({ "/paths/~1t/get/responses/400": { "$ref": "#/components/responses/A" } }),
            &["ignored-sibling"],
        ),
    ]
}

#[test]
fn every_document_of_the_table_becomes_its_lowered_form() {
    let mut all = String::new();
    for (members, expected, codes) in rows() {
        let (document, findings) = lowered(with(members.clone()));
        let found: Vec<String> = findings
            .codes()
            .iter()
            .map(|code| code.replace("lower/", ""))
            .collect();
        assert_eq!(found, codes, "{members}");
        all += &findings.iter().map(compact).collect::<String>();
        let Some(document) = document else {
            assert!(
                codes.contains(&"component-name"),
                "{members}: {}",
                errors(&findings)
            );
            continue;
        };
        for (pointer, value) in expected.as_object().expect("an object") {
            let found = document.root.pointer(pointer).unwrap_or(&Value::Null);
            assert_eq!(found, value, "{pointer} of {members}");
        }
        read(&document.root);
    }
    insta::assert_snapshot!("document_warnings", all);
}

#[test]
fn a_document_without_paths_is_one_without_operations() {
    let root = json!({ "openapi": "3.1.0", "info": { "title": "None", "version": "1" }, "components": {} });
    let (document, findings) = lowered(root);
    let document = document.unwrap_or_else(|| panic!("{}", errors(&findings)));
    assert_eq!(document.root["paths"], json!({}));
    generated(&document.root);
}

/// Documents, and the code and place of what is wrong.
fn refused() -> Vec<(Value, &'static [&'static str])> {
    vec![
        (json!([]), &["wrong-type "]),
        (json!({}), &["missing-field ", "missing-field "]),
        (with(json!({ "/openapi": 3.1 })), &["wrong-type /openapi"]),
        (with(json!({ "/openapi": "2.0" })), &["version /openapi"]),
        (
            with(json!({ "/jsonSchemaDialect": "https://shop.example/dialect" })),
            &["dialect /jsonSchemaDialect"],
        ),
        (with(json!({ "/paths": [] })), &["wrong-type /paths"]),
        (with(json!({ "/paths/t": {} })), &["path-template /paths/t"]),
        (
            with(json!({ "/paths/~1t": null })),
            &["wrong-type /paths/~1t"],
        ),
        (
            with(json!({ "/paths/~1a": { "$ref": "#/components/pathItems/A" } })),
            &["unresolved-reference /paths/~1a/$ref"],
        ),
        (
            with(json!({ "/paths/~1a": { "$ref": "other.yaml" } })),
            &["unresolved-reference /paths/~1a/$ref"],
        ),
        (
            with(json!({ "/paths/~1a": { "$ref": "#/components/schemas/Pet" } })),
            &["unresolved-reference /paths/~1a/$ref"],
        ),
        (
            with(
                json!({ "/paths/~1a": { "$ref": "#/paths/~1b" }, "/paths/~1b": { "$ref": "#/paths/~1a" } }),
            ),
            &["reference-cycle /paths/~1b/$ref"],
        ),
        (
            with(json!({ "/paths/~1a": { "$ref": "#/paths/~1t", "get": { "operationId": "a" } } })),
            &["path-item-conflict /paths/~1a/get"],
        ),
        (
            with(json!({ "/components/schemas/a b": {} })),
            &["component-name /components/schemas/a b"],
        ),
        (
            with(
                json!({ "/components/schemas/A": { "$ref": "#/components/schemas/B" }, "/components/schemas/B": { "$ref": "#/components/schemas/A" } }),
            ),
            &[
                "reference-cycle /components/schemas/A/$ref",
                "reference-cycle /components/schemas/B/$ref",
            ],
        ),
        (
            with(json!({ "/paths/~1t/parameters": [{ "$ref": "#/paths/~1t/parameters/0" }] })),
            &["reference-cycle /paths/~1t/parameters/0/$ref"],
        ),
        (
            with(json!({ "/components/securitySchemes": { "a": { "type": "secret" } } })),
            &["wrong-type /components/securitySchemes/a/type"],
        ),
        (
            with(
                json!({ "/components/securitySchemes": { "a": { "type": "apiKey", "in": "query" } } }),
            ),
            &["missing-field /components/securitySchemes/a"],
        ),
        (
            with(
                json!({ "/components/securitySchemes": { "a": { "type": "oauth2", "flows": { "implicit": {} } } } }),
            ),
            &[
                "missing-field /components/securitySchemes/a/flows/implicit",
                "missing-field /components/securitySchemes/a/flows/implicit",
            ],
        ),
        (
            with(json!({ "/components/links": { "a": {} } })),
            &["missing-field /components/links/a"],
        ),
        (
            with(json!({ "/components/headers": { "a": {} } })),
            &["missing-field /components/headers/a"],
        ),
        (with(json!({ "/info": "Shop" })), &["wrong-type /info"]),
        (
            with(json!({ "/servers": [{}] })),
            &["missing-field /servers/0"],
        ),
        (
            with(json!({ "/x-any-success": "yes" })),
            &["wrong-type /x-any-success"],
        ),
        (
            with(json!({ "/x-error-response": 5 })),
            &["wrong-type /x-error-response"],
        ),
        (
            with(json!({ "/x-error-response": { "$ref": "#/components/responses/None" } })),
            &["unresolved-reference /x-error-response/$ref"],
        ),
        (
            with(json!({ "/openapi": "3.0.3", "/paths/~1t/get": { "operationId": "a" } })),
            &["missing-field /paths/~1t/get"],
        ),
        (
            with(
                json!({ "/openapi": "3.0.3", "/components/schemas/A": { "exclusiveMaximum": "1" } }),
            ),
            &["wrong-type /components/schemas/A/exclusiveMaximum"],
        ),
    ]
}

#[test]
fn a_document_that_is_wrong_gives_an_error_at_its_place() {
    let mut all = String::new();
    for (root, expected) in refused() {
        let (document, findings) = lowered(root.clone());
        assert!(document.is_none(), "{root}");
        let mut found: Vec<String> = short(&findings)
            .iter()
            .map(|finding| finding.replace("lower/", ""))
            .collect();
        found.sort();
        assert_eq!(found, expected, "{root}");
        let findings: String = findings.iter().map(compact).collect();
        all += &format!("{findings}\n");
    }
    insta::assert_snapshot!("document_refusals", all);
}
