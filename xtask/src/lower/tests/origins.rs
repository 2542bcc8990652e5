//! Whether what has moved is still found where a person can edit it.

use serde_json::{Value, json};

use super::harness::{errors, lowered, place, with_schema};
use crate::pointer::Pointer;
use crate::source::Document;

fn document(root: Value) -> Document {
    let (document, findings) = lowered(root);
    document.unwrap_or_else(|| panic!("{}", errors(&findings)))
}

/// Schemas, places in the lowered one, and where each stood.
#[test]
fn parts_of_schemas_are_found_where_they_stood() {
    let rows = [
        (
            json!({ "oneOf": [{ "type": "string" }, { "type": "null" }, { "type": "integer", "minimum": 1 }] }),
            vec![
                ("/oneOf/0/oneOf/0/type", "/oneOf/0/type"),
                ("/oneOf/0/oneOf/1/minimum", "/oneOf/2/minimum"),
                ("/oneOf/1", "/oneOf/1"),
            ],
        ),
        (
            json!({ "oneOf": [{ "type": "null" }, { "type": "string", "maxLength": 1 }, { "oneOf": [{ "type": "integer" }] }] }),
            vec![
                ("/oneOf/0/oneOf/0/maxLength", "/oneOf/1/maxLength"),
                ("/oneOf/0/oneOf/1/oneOf/0/type", "/oneOf/2/oneOf/0/type"),
                ("/oneOf/1", "/oneOf/0"),
            ],
        ),
        (
            json!({ "type": ["string", "integer"], "minimum": 1, "pattern": "a" }),
            vec![
                ("/oneOf/0/pattern", "/pattern"),
                ("/oneOf/1/minimum", "/minimum"),
                ("/oneOf/1/type", "/type"),
            ],
        ),
        (
            json!({ "description": "d", "$ref": "#/components/schemas/Pet", "required": ["a"] }),
            vec![
                ("/allOf/0", "/$ref"),
                ("/allOf/1/required/0", "/required/0"),
                ("/description", "/description"),
            ],
        ),
        (
            json!({ "exclusiveMinimum": 1 }),
            vec![("/minimum", "/exclusiveMinimum")],
        ),
        (
            json!({ "const": { "a": 1 } }),
            vec![("/enum/0/a", "/const/a")],
        ),
        (
            json!({ "examples": [{ "a": 1 }, 2] }),
            vec![("/example/a", "/examples/0/a")],
        ),
        (
            json!({ "contentEncoding": "base64" }),
            vec![("/format", "/contentEncoding")],
        ),
        (
            json!({ "prefixItems": [{ "type": "string" }], "maxItems": 1 }),
            vec![("/items/type", "/prefixItems/0/type")],
        ),
        (
            json!({ "patternProperties": { "^": { "type": "string" } } }),
            vec![("/additionalProperties/type", "/patternProperties/^/type")],
        ),
    ];
    let at = "/components/schemas/T";
    for (schema, places) in rows {
        let document = document(with_schema(schema.clone()));
        for (now, then) in places {
            let location = document.locate(&Pointer::from(format!("{at}{now}").as_str()));
            assert_eq!(place(&location), format!("{at}{then}"), "{now} of {schema}");
        }
    }
}

#[test]
fn parts_of_operations_are_found_where_they_stood() {
    let mut root = with_schema(
        json!({ "$defs": { "Part": { "minimum": 1 } }, "items": { "$ref": "#/components/schemas/T/$defs/Part" } }),
    );
    let header =
        |name: &str| json!({ "name": name, "in": "header", "schema": { "type": "string" } });
    let problem = json!({ "description": "", "content": {} });
    root["paths"]["/t"]["parameters"] = json!([header("A-*"), header("B")]);
    root["paths"]["/t"]["get"]["parameters"] =
        json!([header("Accept"), header("C-*"), header("D")]);
    root["paths"]["/t"]["get"]["responses"]["404"] = problem.clone();
    root["paths"]["/t"]["get"]["responses"]["409"] = problem;
    root["paths"]["/u"] = json!({ "$ref": "#/components/pathItems/U" });
    root["components"]["pathItems"] = json!({ "U": { "get": { "operationId": "get_u" } } });
    let document = document(root);
    let places = [
        (
            "/paths/~1t/parameters/0/name",
            "/paths/~1t/parameters/1/name",
        ),
        (
            "/paths/~1t/get/parameters/0/schema/type",
            "/paths/~1t/get/parameters/2/schema/type",
        ),
        (
            "/paths/~1t/get/x-header-families/0/prefix",
            "/paths/~1t/get/parameters/1",
        ),
        (
            "/paths/~1t/get/x-header-families/1",
            "/paths/~1t/parameters/0",
        ),
        (
            "/paths/~1t/get/responses/4XX/description",
            "/paths/~1t/get/responses/404/description",
        ),
        (
            "/paths/~1u/get/operationId",
            "/components/pathItems/U/get/operationId",
        ),
        (
            "/components/schemas/Part/minimum",
            "/components/schemas/T/$defs/Part/minimum",
        ),
    ];
    for (now, then) in places {
        assert_eq!(place(&document.locate(&Pointer::from(now))), then, "{now}");
    }
}
