//! Compositions that are too much: each document ends with code or with a finding, and not in hours.

use serde_json::{Value, json};
use xtask::finding::Findings;
use xtask::load::load;
use xtask::preflight::preflight;
use xtask::source::Source;

fn codes(schemas: &Value) -> Vec<&'static str> {
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Pets", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas }
    });
    let mut findings = Findings::new();
    let source = Source::new("document", document.to_string());
    let document = load(&source, &mut findings).expect("a loadable document");
    preflight(&document, &mut findings);
    let mut codes = findings.codes();
    codes.dedup();
    codes
}

fn reference(name: &str, number: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}{number}") })
}

/// Components each of which takes in the next and adds a property.
fn intersections(count: usize) -> Value {
    let mut schemas = json!({});
    for number in 0..count {
        schemas[format!("Pet{number}")] = json!({
            "properties": { format!("name{number}"): { "type": "string" } },
            "allOf": [reference("Pet", number + 1)]
        });
    }
    schemas[format!("Pet{count}")] =
        json!({ "type": "object", "properties": { "name": { "type": "string" } } });
    schemas
}

#[test]
fn chains_of_intersections_are_followed_to_a_limit() {
    assert_eq!(codes(&intersections(14)), Vec::<&str>::new());
    for count in [20, 100] {
        assert_eq!(codes(&intersections(count)), ["preflight/too-deep"]);
    }
}

/// Two unions, with unions inside of unions this deep, and both merged.
fn merged_unions(depth: usize) -> Value {
    let mut schemas = json!({ "Both": { "allOf": [reference("Cat", 0), reference("Dog", 0)] } });
    let object = |name: String| json!({ "type": "object", "required": [name], "properties": { name: { "type": "string" } } });
    for name in ["Cat", "Dog"] {
        for number in 0..depth {
            let other = object(format!("{name}Name{number}"));
            schemas[format!("{name}{number}")] =
                json!({ "oneOf": [reference(name, number + 1), other] });
        }
        schemas[format!("{name}{depth}")] = object(name.to_owned());
    }
    schemas
}

#[test]
fn unions_in_unions_are_merged_up_to_a_number_of_combinations() {
    assert_eq!(codes(&merged_unions(2)), ["preflight/merged-union"]);
    for depth in [8, 30] {
        assert!(codes(&merged_unions(depth)).contains(&"preflight/endless-merge"));
    }
}
