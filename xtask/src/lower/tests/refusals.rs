//! What is refused, with code and place.

use serde_json::{Value, json};

use super::harness::{compact, lowered, short, with_schema};

const T: &str = "/components/schemas/T";

/// Schemas in the place of `T`, and what is found: the code without its stage, and the place within `T`.
fn schemas() -> Vec<(Value, &'static [&'static str])> {
    vec![
        (
            json!({ "type": "array", "contains": { "const": 1 } }),
            &["no-3.0-form /contains"],
        ),
        (
            json!({ "contains": { "const": 1 }, "minContains": 0, "maxContains": 2 }),
            &["no-3.0-form /contains"],
        ),
        (
            json!({ "prefixItems": [{ "type": "string" }, { "type": "integer" }] }),
            &["no-3.0-form /prefixItems"],
        ),
        (
            json!({ "prefixItems": [{ "type": "string" }], "items": { "type": "integer" } }),
            &["no-3.0-form /prefixItems"],
        ),
        (
            json!({ "prefixItems": [{ "type": "string" }] }),
            &["no-3.0-form /prefixItems"],
        ),
        (
            json!({ "allOf": [{ "items": true }], "unevaluatedItems": false }),
            &["no-3.0-form /unevaluatedItems"],
        ),
        (
            json!({ "anyOf": [{ "type": "object" }], "unevaluatedProperties": false }),
            &["no-3.0-form /unevaluatedProperties"],
        ),
        (
            json!({ "$ref": "#/components/schemas/Pet", "unevaluatedProperties": false }),
            &["no-3.0-form /unevaluatedProperties"],
        ),
        (
            json!({ "patternProperties": { "^x-": { "type": "string" } } }),
            &["no-3.0-form /patternProperties"],
        ),
        (
            json!({ "patternProperties": { "^": true, ".*": true } }),
            &["no-3.0-form /patternProperties"],
        ),
        (
            json!({ "properties": { "a": true }, "patternProperties": { "^": { "type": "string" } } }),
            &["no-3.0-form /patternProperties"],
        ),
        (
            json!({ "propertyNames": { "pattern": "^a" } }),
            &["no-3.0-form /propertyNames"],
        ),
        (
            json!({ "propertyNames": false }),
            &["no-3.0-form /propertyNames"],
        ),
        (
            json!({ "dependentRequired": { "a": ["b"] } }),
            &["no-3.0-form /dependentRequired"],
        ),
        (
            json!({ "dependentSchemas": { "a": {} } }),
            &["no-3.0-form /dependentSchemas"],
        ),
        (
            json!({ "dependencies": { "a": ["b"] } }),
            &["no-3.0-form /dependencies"],
        ),
        (json!({ "if": {}, "then": false }), &["no-3.0-form /if"]),
        (json!({ "if": {}, "else": false }), &["no-3.0-form /if"]),
        (
            json!({ "$id": "https://shop.example/t" }),
            &["no-3.0-form /$id"],
        ),
        (json!({ "$anchor": "t" }), &["no-3.0-form /$anchor"]),
        (
            json!({ "$dynamicRef": "#t", "$dynamicAnchor": "t" }),
            &["no-3.0-form /$dynamicRef", "no-3.0-form /$dynamicAnchor"],
        ),
        (
            json!({ "$recursiveRef": "#", "$recursiveAnchor": true }),
            &[
                "no-3.0-form /$recursiveRef",
                "no-3.0-form /$recursiveAnchor",
            ],
        ),
        (json!({ "$vocabulary": {} }), &["no-3.0-form /$vocabulary"]),
        (
            json!({ "$schema": "http://json-schema.org/draft-04/schema#" }),
            &["dialect /$schema"],
        ),
        (json!({ "enum": [] }), &["empty-enum /enum"]),
        (
            json!({ "type": "string", "enum": [1, null] }),
            &["empty-enum /enum"],
        ),
        (
            json!({ "type": "string", "const": 1 }),
            &["empty-enum /const"],
        ),
        (
            json!({ "enum": ["a"], "const": "b" }),
            &["empty-enum /const"],
        ),
        (
            json!({ "oneOf": [], "anyOf": [], "allOf": [] }),
            &[
                "empty-combinator /allOf",
                "empty-combinator /anyOf",
                "empty-combinator /oneOf",
            ],
        ),
        (
            json!({ "$ref": "other.yaml#/Pet" }),
            &["external-reference /$ref"],
        ),
        (json!({ "$ref": "#pet" }), &["unresolved-reference /$ref"]),
        (
            json!({ "$ref": "#/components/schemas/Dog" }),
            &["unresolved-reference /$ref"],
        ),
        (
            json!({ "$ref": "#/info/title" }),
            &["misplaced-reference /$ref"],
        ),
        (
            json!({ "$ref": "#/components/schemas/Pet/properties" }),
            &["misplaced-reference /$ref"],
        ),
        (
            json!({ "$ref": "#/components/schemas/Size/enum/0" }),
            &["misplaced-reference /$ref"],
        ),
        (
            json!({ "$ref": "#/paths/~1t/get/responses/200" }),
            &["misplaced-reference /$ref"],
        ),
        (
            json!({ "$ref": "#/components/schemas/T" }),
            &["reference-cycle /$ref"],
        ),
        (
            json!({ "description": "d", "$ref": "#/components/schemas/T" }),
            &["reference-cycle /$ref"],
        ),
        (
            json!({ "properties": { "a": { "$ref": "#/components/schemas/T/properties/a" } } }),
            &["reference-cycle /properties/a/$ref"],
        ),
        (
            json!({ "allOf": [{ "type": "object" }, { "oneOf": [{ "not": { "$ref": "#/components/schemas/T" } }] }] }),
            &["reference-cycle /allOf/1/oneOf/0/not/$ref"],
        ),
        (json!({ "$ref": 5 }), &["wrong-type /$ref"]),
        (json!({ "type": "text" }), &["wrong-type /type"]),
        (json!({ "type": [] }), &["wrong-type /type"]),
        (json!({ "type": ["string", 1] }), &["wrong-type /type"]),
        (json!({ "type": null }), &["wrong-type /type"]),
        (json!({ "properties": [] }), &["wrong-type /properties"]),
        (
            json!({ "properties": { "a": "string" } }),
            &["wrong-type /properties/a"],
        ),
        (json!({ "items": [{}] }), &["wrong-type /items"]),
        (json!({ "allOf": {} }), &["wrong-type /allOf"]),
        (
            json!({ "allOf": [1, null] }),
            &["wrong-type /allOf/0", "wrong-type /allOf/1"],
        ),
        (json!({ "required": true }), &["wrong-type /required"]),
        (json!({ "required": ["a", 1] }), &["wrong-type /required/1"]),
        (json!({ "enum": "a" }), &["wrong-type /enum"]),
        (json!({ "minLength": -1 }), &["wrong-type /minLength"]),
        (json!({ "minLength": 1.5 }), &["wrong-type /minLength"]),
        (json!({ "maxLength": 1e300 }), &["wrong-type /maxLength"]),
        (json!({ "minimum": "1" }), &["wrong-type /minimum"]),
        (
            json!({ "exclusiveMinimum": true }),
            &["wrong-type /exclusiveMinimum"],
        ),
        (json!({ "pattern": 1 }), &["wrong-type /pattern"]),
        (json!({ "description": null }), &["wrong-type /description"]),
        (json!({ "deprecated": "yes" }), &["wrong-type /deprecated"]),
        (json!({ "examples": "a" }), &["wrong-type /examples"]),
        (
            json!({ "externalDocs": {} }),
            &["missing-field /externalDocs"],
        ),
        (
            json!({ "discriminator": { "mapping": { "a": 1 } } }),
            &[
                "missing-field /discriminator",
                "wrong-type /discriminator/mapping/a",
            ],
        ),
        (json!({ "x-aliases": "a" }), &["wrong-type /x-aliases"]),
        (
            json!({ "dependentRequired": [] }),
            &["wrong-type /dependentRequired"],
        ),
        (json!(5), &["wrong-type "]),
    ]
}

#[test]
fn what_has_no_faithful_form_is_an_error_at_its_keyword() {
    let mut all = String::new();
    for (schema, expected) in schemas() {
        let (document, findings) = lowered(with_schema(schema.clone()));
        assert!(document.is_none(), "{schema}");
        let mut found: Vec<String> = short(&findings)
            .iter()
            .map(|finding| finding.replace("lower/", "").replace(T, ""))
            .filter(|finding| *finding != "unresolved-reference /paths/~1t/get/responses/200/content/application~1json/schema/$ref")
            .collect();
        let mut expected = expected.to_vec();
        found.sort();
        expected.sort_unstable();
        assert_eq!(found, expected, "{schema}");
        let findings: String = findings.iter().map(compact).collect();
        all += &format!("== {schema}\n{findings}\n");
    }
    insta::assert_snapshot!("schema_refusals", all);
}

/// One mistake does not hide another.
#[test]
fn all_findings_come_at_once() {
    let (_, findings) = lowered(with_schema(json!({
        "type": "object",
        "properties": {
            "a": { "contains": {} },
            "b": { "$ref": "#/nowhere" },
            "c": { "type": 1 },
            "d": { "enum": [] }
        }
    })));
    let mut codes = findings.codes();
    codes.sort_unstable();
    assert_eq!(
        codes,
        [
            "lower/empty-enum",
            "lower/no-3.0-form",
            "lower/unresolved-reference",
            "lower/wrong-type"
        ]
    );
}
