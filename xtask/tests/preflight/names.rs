//! Names: what preflight expects typify and progenitor to call things, against what they do call them.
//!
//! Preflight finds names that meet by knowing all names beforehand. Here every document claims that the
//! names of two things meet, or that they do not, and the generated code decides.

use serde_json::{Value, json};
use xtask::finding::Findings;
use xtask::generate_guard::attempt;
use xtask::pointer::Pointer;
use xtask::preflight::preflight;
use xtask::source::{Document, Origins, Source};

use crate::fixture::settings;
use crate::inspect::inspect;

/// Names that are turned into Rust names in ways worth a look: cases, digits, signs, keywords, letters
/// beyond ASCII.
const NAMES: [&str; 26] = [
    "pet", "PET", "pet_id", "petId", "petID", "pet.id", "pet's", "1st", "x1st", "_1st", "+1",
    "plus1", "type", "type_", "self", "Self", "gen", "", "x", "_", "$", "été", "ETE", "a1b2",
    "a1_b2", "A1B2",
];

fn document(root: Value) -> Document {
    Document {
        root,
        origins: Origins::new(&Source::new("names", "")),
    }
}

fn base() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Names", "version": "1" },
        "paths": { "/pets": { "get": { "operationId": "list", "responses": { "200": { "description": "All." } } } } },
        "components": { "schemas": {} },
    })
}

fn add(root: &mut Value, pointer: &str, value: Value) {
    let pointer = Pointer::from(pointer);
    let (parent, key) = (
        pointer.parent().expect("a parent"),
        pointer.last().expect("a key"),
    );
    let parent = parent
        .resolve_mut(root)
        .and_then(Value::as_object_mut)
        .expect("an object");
    parent.insert(key, value);
}

/// Whether preflight refuses the document, and whether the generated code is at fault.
fn both_sides(root: Value) -> (bool, bool) {
    let document = document(root);
    let mut findings = Findings::new();
    let refused = preflight(&document, &mut findings).is_none();
    let api = xtask::preflight::read(&document.root).expect("OpenAPI");
    let faulty = attempt(&api, &settings()).map_or(true, |tokens| {
        let file = syn::parse2(tokens).expect("Rust");
        let mut findings = Findings::new();
        inspect(&file, &document, &mut findings);
        findings.has_errors()
    });
    (refused, faulty)
}

fn for_each_pair(documents: impl Fn(&str, &str) -> Value) {
    let mut met = 0;
    let mut wrong = Vec::new();
    let mut rest = NAMES.as_slice();
    while let Some((one, others)) = rest.split_first() {
        for other in others {
            let (refused, faulty) = both_sides(documents(one, other));
            met += u32::from(faulty);
            if refused != faulty {
                wrong.push(format!(
                    "{one:?} and {other:?}: refused {refused}, faulty {faulty}"
                ));
            }
        }
        rest = others;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(met > 10, "only {met} pairs met");
}

#[test]
fn properties_meet_where_preflight_says_so() {
    for_each_pair(|one, other| {
        let mut root = base();
        let string = json!({ "type": "string" });
        add(
            &mut root,
            "/components/schemas/Thing",
            json!({ "type": "object", "properties": { one: string, other: string } }),
        );
        root
    });
}

#[test]
fn enum_values_meet_where_preflight_says_so() {
    for_each_pair(|one, other| {
        let mut root = base();
        add(
            &mut root,
            "/components/schemas/Thing",
            json!({ "type": "string", "enum": [one, other] }),
        );
        root
    });
}

#[test]
fn components_meet_where_preflight_says_so() {
    for_each_pair(|one, other| {
        let mut root = base();
        for (name, property) in [(one, "a"), (other, "b")] {
            let schema =
                json!({ "type": "object", "properties": { property: { "type": "string" } } });
            root["components"]["schemas"][name] = schema;
        }
        root
    });
}

#[test]
fn parameters_meet_where_preflight_says_so() {
    for_each_pair(|one, other| {
        let mut root = base();
        let parameter =
            |name: &str| json!({ "name": name, "in": "query", "schema": { "type": "string" } });
        add(
            &mut root,
            "/paths/~1pets/get/parameters",
            json!([parameter(one), parameter(other)]),
        );
        root
    });
}

#[test]
fn operations_meet_where_preflight_says_so() {
    for_each_pair(|one, other| {
        let mut root = base();
        let operation = |id: &str| json!({ "operationId": id, "responses": { "200": { "description": "Done." } } });
        // An empty `operationId` is none.
        let named = |id: &str| {
            if id.is_empty() {
                operation("nameless")
            } else {
                operation(id)
            }
        };
        add(&mut root, "/paths/~1pets/get", named(one));
        add(&mut root, "/paths/~1pets/put", named(other));
        root
    });
}
