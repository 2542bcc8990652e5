//! `x-any-success` and `x-error-response`.

use serde_json::{Value, json};

use super::harness::{errors, generated, lowered};
use super::pets::{problem, with_root};

fn responses_of(root: Value) -> Value {
    let (document, findings) = lowered(root);
    let document = document.unwrap_or_else(|| panic!("{}", errors(&findings)));
    generated(&document.root);
    assert!(document.root.get("x-any-success").is_none());
    assert!(document.root.get("x-error-response").is_none());
    document.root["paths"]["/pets/{id}"]["put"]["responses"].clone()
}

#[test]
fn any_success_widens_the_one_success() {
    let any = || json!({ "x-any-success": true });
    let empty = json!({ "description": "" });
    let rows = [
        (json!({ "201": empty }), json!({ "2XX": empty })),
        (
            json!({ "400": empty, "204": empty }),
            json!({ "400": empty, "2XX": empty }),
        ),
        (
            json!({ "200": empty, "201": { "description": "Made." } }),
            json!({ "2XX": empty }),
        ),
        (json!({ "2XX": empty }), json!({ "2XX": empty })),
        (json!({ "302": empty }), json!({ "302": empty })),
    ];
    for (responses, expected) in rows {
        assert_eq!(
            responses_of(with_root(any(), responses.clone())),
            expected,
            "{responses}"
        );
    }
    let off = json!({ "x-any-success": false });
    assert_eq!(
        responses_of(with_root(off, json!({ "201": empty }))),
        json!({ "201": empty })
    );
}

#[test]
fn the_error_response_takes_the_place_of_those_declared() {
    let shared = json!({ "$ref": "#/components/responses/Problem" });
    let expected = json!({ "200": { "description": "" }, "4XX": shared, "5XX": shared });
    let success = json!({ "description": "" });
    let rows = [
        json!({ "200": success }),
        json!({ "404": problem("a"), "200": success, "5XX": problem("b"), "default": problem("c") }),
        json!({ "404": { "description": "Nothing." }, "200": success }),
        json!({ "200": success, "4XX": { "$ref": "#/components/responses/Problem" } }),
    ];
    for responses in rows {
        let root = with_root(json!({ "x-error-response": shared }), responses.clone());
        assert_eq!(responses_of(root), expected, "{responses}");
    }
}

#[test]
fn an_error_response_that_is_no_component_becomes_one() {
    let mut root = with_root(json!({ "x-error-response": problem("e") }), json!({}));
    root["components"]["responses"]["ErrorResponse"] = json!({ "description": "Taken." });
    let (document, findings) = lowered(root);
    let root = document
        .unwrap_or_else(|| panic!("{}", errors(&findings)))
        .root;
    assert_eq!(
        root["components"]["responses"]["ErrorResponse2"],
        problem("e")
    );
    let reference = json!({ "$ref": "#/components/responses/ErrorResponse2" });
    assert_eq!(
        root["paths"]["/pets/{id}"]["put"]["responses"],
        json!({ "4XX": reference, "5XX": reference })
    );
}
