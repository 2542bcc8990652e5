//! The places of descriptions after a merge.

use serde_json::{Value, json};

use xtask::accept::merge::{Merged, merge};

fn merged(theirs: &Value, ours: &Value) -> Merged {
    merge(theirs, ours)
}

fn document(path_item: Value) -> Value {
    json!({ "openapi": "3.1.0", "paths": { "/a": path_item } })
}

fn schema(schema: Value) -> Value {
    json!({ "components": { "schemas": { "A": schema } } })
}

/// The descriptions that are wanted, as pointers, and those that were dropped, as texts.
fn lists(merged: &Merged) -> (Vec<String>, Vec<&str>) {
    let wanted = merged.wanted.iter();
    let wanted = wanted.map(|it| it.at.join(&it.name).to_string());
    let dropped = merged.dropped.iter().map(|it| it.text.as_str());
    (wanted.collect(), dropped.collect())
}

/// A name, the revision, ours, what comes of them, what is wanted and what is dropped.
type Case = (
    &'static str,
    Value,
    Value,
    Value,
    &'static [&'static str],
    &'static [&'static str],
);

#[test]
fn descriptions_are_ours_and_everything_else_is_the_revisions() {
    let cases: Vec<Case> = vec![
        (
            "a description of ours stays, and a summary is the vendor's",
            document(
                json!({ "get": { "summary": "New", "description": "Theirs.", "responses": {} } }),
            ),
            document(json!({ "get": { "description": "Ours.", "summary": "Old" } })),
            document(
                json!({ "get": { "summary": "New", "description": "Ours.", "responses": {} } }),
            ),
            &[],
            &[],
        ),
        (
            "where we have none, none is written",
            document(
                json!({ "get": { "description": "Theirs.", "operationId": "a" }, "description": "Theirs." }),
            ),
            document(json!({ "get": { "description": " " } })),
            document(json!({ "get": { "operationId": "a" } })),
            &["/paths/~1a/get/description", "/paths/~1a/description"],
            &[],
        ),
        (
            "a description that OpenAPI requires is empty",
            document(
                json!({ "get": { "responses": { "200": { "description": "Theirs." }, "x-a": "Theirs too." } } }),
            ),
            document(json!({ "get": {} })),
            document(json!({ "get": { "responses": { "200": { "description": "" } } } })),
            &[
                "/paths/~1a/get/responses/200/description",
                "/paths/~1a/get/responses/x-a",
            ],
            &[],
        ),
        (
            "a description stays where the revision has none, behind what it stood behind",
            schema(json!({ "title": "T", "format": "f", "type": "string" })),
            schema(json!({ "type": "string", "description": "Ours.", "format": "f" })),
            schema(
                json!({ "title": "T", "format": "f", "type": "string", "description": "Ours." }),
            ),
            &[],
            &[],
        ),
        (
            "a property may be called description",
            schema(
                json!({ "properties": { "description": { "type": "string", "description": "Theirs." } } }),
            ),
            schema(json!({ "properties": { "description": { "description": "Ours." } } })),
            schema(
                json!({ "properties": { "description": { "type": "string", "description": "Ours." } } }),
            ),
            &[],
            &[],
        ),
        (
            "data is the vendor's",
            schema(
                json!({ "example": { "description": "Data." }, "default": "Some data.", "enum": ["a b"] }),
            ),
            schema(json!({ "example": { "description": "Older." }, "const": "c d" })),
            schema(
                json!({ "example": { "description": "Data." }, "default": "Some data.", "enum": ["a b"] }),
            ),
            &[],
            &[],
        ),
        (
            "what is gone is dropped, wherever it stood",
            schema(json!({ "properties": { "b": {} } })),
            schema(
                json!({ "properties": { "a": { "description": "Gone.", "items": { "description": "Gone too." } } } }),
            ),
            schema(json!({ "properties": { "b": {} } })),
            &[],
            &["Gone.", "Gone too."],
        ),
        (
            "parameters keep their descriptions in any order, and a path under any name",
            json!({ "paths": { "/a/{b}": { "parameters": [
                { "name": "y", "in": "query", "description": "Theirs." },
                { "name": "x", "in": "query", "description": "Theirs.", "schema": { "description": "Theirs." } },
                { "$ref": "#/p", "description": "Theirs." },
            ] } } }),
            json!({ "paths": { "/a/{id}": { "parameters": [
                { "name": "x", "in": "query", "description": "X.", "schema": { "description": "The X." } },
                { "$ref": "#/p", "description": "P." },
                { "name": "x", "in": "header", "description": "Gone." },
            ] } } }),
            json!({ "paths": { "/a/{b}": { "parameters": [
                { "name": "y", "in": "query" },
                { "name": "x", "in": "query", "description": "X.", "schema": { "description": "The X." } },
                { "$ref": "#/p", "description": "P." },
            ] } } }),
            &["/paths/~1a~1{b}/parameters/0/description"],
            &["Gone."],
        ),
        (
            "names of tags and of security schemes are the vendor's",
            json!({
                "tags": [{ "name": "a", "description": "New" }],
                "components": { "securitySchemes": { "s": { "type": "http", "description": "New" } } },
            }),
            json!({
                "tags": [{ "name": "a", "description": "Old" }],
                "components": { "securitySchemes": { "s": { "type": "http", "description": "Old" } } },
            }),
            json!({
                "tags": [{ "name": "a", "description": "New" }],
                "components": { "securitySchemes": { "s": { "type": "http", "description": "New" } } },
            }),
            &[],
            &[],
        ),
        (
            "of an extension the prose is ours, and the rest is not",
            document(json!({ "get": { "x-a": {
                "content": "Their prose.", "more": "More prose.", "href": "https://a.b", "on": true, "l": ["two words", "one"],
            }, "oddity": { "n": 1, "t": "New prose." } } })),
            document(
                json!({ "get": { "x-a": { "content": "Our prose.", "href": "https://c.d", "old": "Old prose." }, "x-b": "Gone now." } }),
            ),
            document(json!({ "get": { "x-a": {
                "content": "Our prose.", "href": "https://a.b", "on": true, "l": ["", "one"],
            }, "oddity": { "n": 1 } } })),
            &[
                "/paths/~1a/get/x-a/more",
                "/paths/~1a/get/x-a/l/0",
                "/paths/~1a/get/oddity/t",
            ],
            &["Old prose.", "Gone now."],
        ),
        (
            "requests that the service sends are looked at too",
            json!({
                "webhooks": { "w": { "post": { "description": "Theirs.", "summary": "S" } } },
                "paths": { "/a": { "post": { "callbacks": { "c": { "{$url}": { "post": { "description": "Theirs." } } } } } } },
            }),
            json!({ "webhooks": { "w": { "post": { "description": "Ours." } } } }),
            json!({
                "webhooks": { "w": { "post": { "description": "Ours.", "summary": "S" } } },
                "paths": { "/a": { "post": { "callbacks": { "c": { "{$url}": { "post": {} } } } } } },
            }),
            &["/paths/~1a/post/callbacks/c/{$url}/post/description"],
            &[],
        ),
        (
            "schemas stand in the dependencies of older drafts too",
            schema(json!({ "dependencies": { "a": ["b c"], "d": { "description": "Theirs." } } })),
            schema(json!({ "dependencies": { "d": { "description": "Ours." } } })),
            schema(json!({ "dependencies": { "a": ["b c"], "d": { "description": "Ours." } } })),
            &[],
            &[],
        ),
        (
            "a comment within a schema is a description, and a description that is no text is not copied",
            schema(
                json!({ "$comment": "Theirs.", "description": { "en": "Theirs, too." }, "not": true }),
            ),
            schema(json!({ "not": { "description": "Gone." } })),
            schema(json!({ "description": {}, "not": true })),
            &[
                "/components/schemas/A/$comment",
                "/components/schemas/A/description/en",
            ],
            &["Gone."],
        ),
    ];
    for (name, theirs, ours, expected, wanted, dropped) in cases {
        let found = merged(&theirs, &ours);
        // As text, because two maps are equal in any order.
        assert_eq!(found.root.to_string(), expected.to_string(), "{name}");
        let (wants, drops) = lists(&found);
        assert_eq!(wants, wanted, "{name}");
        assert_eq!(drops, dropped, "{name}");

        let again = merged(&found.root, &found.root);
        assert_eq!(
            again.root.to_string(),
            expected.to_string(),
            "{name}, taken in again"
        );
        assert_eq!(
            lists(&again),
            (Vec::new(), Vec::new()),
            "{name}, taken in again"
        );
        let theirs_again = merged(&theirs, &found.root);
        assert_eq!(
            theirs_again.root.to_string(),
            expected.to_string(),
            "{name}, the revision again"
        );
    }
}
