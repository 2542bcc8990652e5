//! A good document with something changed at random: what preflight lets pass, progenitor must generate.

use serde_json::{Map, Value, json};
use xtask::finding::{Findings, Severity};
use xtask::generate_guard::{attempt, inspect};
use xtask::pointer::Pointer;
use xtask::preflight::{preflight, without_foreign_formats};
use xtask::source::Document;

use crate::fixture::{good, settings};

/// How many mutants a test run looks at.
const MUTANTS: u64 = 200;

/// Keywords to put into objects, with values that make sense somewhere and others that do not.
const INSERTS: &[(&str, &str)] = &[
    ("type", r#""string""#),
    ("type", r#""integer""#),
    ("type", r#""object""#),
    ("type", r#""array""#),
    ("type", r#""boolean""#),
    ("type", r#""null""#),
    ("type", r#"["string", "null"]"#),
    ("nullable", "true"),
    ("format", r#""date-time""#),
    ("format", r#""int32""#),
    ("format", r#""password""#),
    ("format", r#""ipv4""#),
    ("minimum", "1"),
    ("minimum", "0"),
    ("maximum", "255"),
    ("exclusiveMinimum", "true"),
    ("multipleOf", "2"),
    ("minLength", "1"),
    ("maxLength", "3"),
    ("pattern", r#""^a""#),
    ("minItems", "2"),
    ("maxItems", "2"),
    ("uniqueItems", "true"),
    ("minProperties", "1"),
    ("additionalProperties", "false"),
    ("additionalProperties", r#"{"type": "integer"}"#),
    ("required", r#"["name"]"#),
    ("required", r#"["absent"]"#),
    ("default", "1"),
    ("default", r#""a""#),
    ("default", "{}"),
    ("default", "[]"),
    ("default", "null"),
    ("enum", r#"["a", "b"]"#),
    ("enum", r#"["a", 1, null]"#),
    ("enum", "[1, 2]"),
    ("enum", "[]"),
    ("title", r#""Pet""#),
    ("title", r#""A name""#),
    ("description", r#""Words.""#),
    (
        "oneOf",
        r##"[{"type": "string"}, {"$ref": "#/components/schemas/Pet"}]"##,
    ),
    (
        "oneOf",
        r#"[{"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}, {"type": "integer"}]"#,
    ),
    (
        "oneOf",
        r#"[{"required": ["name"]}, {"required": ["kind"]}]"#,
    ),
    (
        "anyOf",
        r##"[{"$ref": "#/components/schemas/Pet"}, {"$ref": "#/components/schemas/Stray"}]"##,
    ),
    ("anyOf", r#"[{"type": "string"}, {"type": "integer"}]"#),
    ("allOf", r##"[{"$ref": "#/components/schemas/Pet"}]"##),
    (
        "allOf",
        r##"[{"$ref": "#/components/schemas/Pet"}, {"$ref": "#/components/schemas/Animal"}]"##,
    ),
    (
        "allOf",
        r##"[{"$ref": "#/components/schemas/NewPet"}, {"properties": {"name": {"minLength": 2}}}]"##,
    ),
    ("not", r#"{"type": "string"}"#),
    ("discriminator", r#"{"propertyName": "kind"}"#),
    (
        "properties",
        r#"{"name": {"type": "string"}, "Name": {"type": "integer"}}"#,
    ),
    (
        "properties",
        r#"{"extra": {"type": "string"}, "self": {"type": "object", "properties": {"a": {}}}}"#,
    ),
    ("items", "{}"),
    ("items", r##"{"$ref": "#/components/schemas/Kind"}"##),
    ("x-thing", "1"),
    ("$ref", r##""#/components/schemas/Pet""##),
    ("$ref", r##""#/components/schemas/Nothing""##),
    ("$ref", r##""#/components/parameters/PetId""##),
    ("style", r#""form""#),
    ("explode", "false"),
    ("in", r#""header""#),
    ("in", r#""query""#),
    ("in", r#""path""#),
    ("in", r#""cookie""#),
    ("content", "{}"),
    ("operationId", r#""get_pet""#),
    ("operationId", r#""new""#),
    ("name", r#""send""#),
    ("name", r#""body""#),
    ("schema", "{}"),
    ("encoding", r#"{"a": {}}"#),
    ("parameters", "[]"),
    ("requestBody", r#"{"content": {}}"#),
    ("responses", r#"{"default": {"description": "Any."}}"#),
    ("304", r#"{"description": "No."}"#),
    (
        "default",
        r#"{"description": "Failed.", "content": {"application/json": {"schema": {"type": "string"}}}}"#,
    ),
];

#[test]
fn what_passes_preflight_generates() {
    let (_, store) = good()
        .into_iter()
        .find(|(name, _)| name == "store")
        .expect("the store");
    let mut passed = 0;
    for seed in 0..MUTANTS {
        let document = mutant(&store, seed);
        match outcome(&document) {
            Ok(generated) => passed += u64::from(generated),
            Err(words) => panic!("mutant {seed}: {words}\n{}", document.root),
        }
    }
    // Both kinds must be among them for this to say anything.
    assert!(
        passed > MUTANTS / 20 && passed < MUTANTS,
        "{passed} of {MUTANTS} passed"
    );
}

/// Whether the document passed preflight; `Err` if progenitor then failed on it.
pub(crate) fn outcome(document: &Document) -> Result<bool, String> {
    let mut findings = Findings::new();
    let document = without_foreign_formats(document.clone(), &mut findings);
    let Some(api) = preflight(&document, &mut findings) else {
        assert!(findings.has_errors());
        return Ok(false);
    };
    let tokens = attempt(&api, &settings()).map_err(|failure| format!("{failure:?}"))?;
    let file = syn::parse2(tokens).map_err(|error| error.to_string())?;
    let mut findings = Findings::new();
    inspect(&file, &document, &mut findings);
    if findings.count(Severity::Error) > 0 {
        Err(format!("{findings:?}"))
    } else {
        Ok(true)
    }
}

/// `document` with one to three things changed.
pub(crate) fn mutant(document: &Document, seed: u64) -> Document {
    let mut random = Random(seed);
    let mut mutant = document.clone();
    for _ in 0..=random.below(3) {
        change(&mut mutant.root, &mut random);
    }
    mutant
}

/// `SplitMix64`: the same numbers for the same seed on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).expect("less than the limit")
    }

    fn pick<'v, T>(&mut self, values: &'v [T]) -> &'v T {
        &values[self.below(values.len())]
    }
}

fn change(root: &mut Value, random: &mut Random) {
    let mut places = Vec::new();
    pointers(root, &Pointer::root(), &mut places);
    if places.is_empty() {
        return; // Nothing is left.
    }
    let place = random.pick(&places).clone();
    let other = random
        .pick(&places)
        .resolve(root)
        .cloned()
        .expect("a value");
    let (parent, key) = (
        place.parent().expect("no root"),
        place.last().expect("a token"),
    );
    let value = place.resolve(root).cloned().expect("a value");
    match random.below(9) {
        0 => remove(root, &parent, &key),
        1 => replace(
            root,
            &place,
            random
                .pick(&[
                    json!(null),
                    json!(true),
                    json!(7),
                    json!("x"),
                    json!([]),
                    json!({}),
                ])
                .clone(),
        ),
        2 => rename(root, &parent, &key, random),
        3 => replace(root, &place, other),
        4 => replace(root, &place, json!({ "allOf": [value] })),
        5 => replace(root, &place, json!({ "type": "array", "items": value })),
        _ => insert(root, &place, random),
    }
}

fn pointers(value: &Value, at: &Pointer, places: &mut Vec<Pointer>) {
    let mut add = |at: Pointer, value: &Value| {
        pointers(value, &at, places);
        places.push(at);
    };
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(key, value)| add(at.join(key), value)),
        Value::Array(elements) => elements
            .iter()
            .enumerate()
            .for_each(|(index, value)| add(at.join(index), value)),
        _ => {}
    }
}

fn replace(root: &mut Value, place: &Pointer, value: Value) {
    *place.resolve_mut(root).expect("a value") = value;
}

fn remove(root: &mut Value, parent: &Pointer, key: &str) {
    match parent.resolve_mut(root).expect("a value") {
        Value::Object(members) => drop(members.shift_remove(key)),
        Value::Array(elements) => drop(elements.remove(key.parse().expect("an index"))),
        _ => panic!("a parent"),
    }
}

/// Another name for a member, or the same element once more.
fn rename(root: &mut Value, parent: &Pointer, key: &str, random: &mut Random) {
    let name = match random.below(4) {
        0 => key.to_uppercase(),
        1 => format!("{key}_"),
        2 => random.pick(INSERTS).0.to_owned(),
        _ => format!("{key}-item"),
    };
    match parent.resolve_mut(root).expect("a value") {
        Value::Object(members) => {
            let value = members.get(key).cloned().expect("a member");
            if random.below(2) == 0 {
                members.shift_remove(key);
            }
            members.insert(name, value);
        }
        Value::Array(elements) => {
            let element = elements[key.parse::<usize>().expect("an index")].clone();
            elements.push(element);
        }
        _ => panic!("a parent"),
    }
}

/// A keyword in the object at `place` or the one around it.
fn insert(root: &mut Value, place: &Pointer, random: &mut Random) {
    let (key, value) = random.pick(INSERTS);
    let value: Value = serde_json::from_str(value).expect("JSON");
    let place = if place.resolve(root).is_some_and(Value::is_object) {
        place.clone()
    } else {
        place.parent().expect("no root")
    };
    let members: Option<&mut Map<String, Value>> =
        place.resolve_mut(root).and_then(Value::as_object_mut);
    if let Some(members) = members {
        if random.below(4) == 0 {
            members.clear();
        }
        members.insert((*key).to_owned(), value);
    }
}
