//! Documents that went wrong at random.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

use super::harness::{errors, lowered, yaml};
use crate::pointer::Pointer;

/// One thing that can go wrong with a value.
#[derive(Clone, Debug)]
enum Mutation {
    Delete,
    Replace(Value),
    /// The value becomes a member of a new object, or an element of a new array.
    Nest(Option<&'static str>),
    /// The member, if it is one, gets another name.
    Rename(&'static str),
    /// A member is added.
    Add(&'static str, Value),
    /// The value is replaced by a copy of another one, or by a reference to it.
    Copy(Index),
    Refer(Index),
}

const NAMES: [&str; 22] = [
    "$ref",
    "type",
    "const",
    "enum",
    "examples",
    "nullable",
    "items",
    "properties",
    "required",
    "allOf",
    "oneOf",
    "default",
    "x-needs-filter",
    "x-error-response",
    "parameters",
    "responses",
    "schema",
    "content",
    "200",
    "4XX",
    "name",
    "description",
];

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z#/*$]{0,6}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!(["string", "null"])),
        Just(json!({ "$ref": "#/components/schemas/Problem" })),
    ]
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        Just(Mutation::Delete),
        scalar().prop_map(Mutation::Replace),
        proptest::option::of(proptest::sample::select(&NAMES[..])).prop_map(Mutation::Nest),
        proptest::sample::select(&NAMES[..]).prop_map(Mutation::Rename),
        (proptest::sample::select(&NAMES[..]), scalar())
            .prop_map(|(name, value)| Mutation::Add(name, value)),
        any::<Index>().prop_map(Mutation::Copy),
        any::<Index>().prop_map(Mutation::Refer),
    ]
}

fn pointers(value: &Value, at: Pointer, all: &mut Vec<Pointer>) {
    match value {
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                pointers(element, at.join(index), all);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                pointers(member, at.join(name), all);
            }
        }
        _ => {}
    }
    all.push(at);
}

fn apply(root: &mut Value, target: Index, mutation: Mutation) {
    let mut all = Vec::new();
    pointers(root, Pointer::root(), &mut all);
    let at = target.get(&all).clone();
    let parent = at.parent().unwrap_or_default();
    let last = at.last().unwrap_or_default();
    let value = at.resolve(root).cloned().unwrap_or_default();
    let place = |root: &mut Value, value: Value| {
        if let Some(place) = at.resolve_mut(root) {
            *place = value;
        }
    };
    match mutation {
        Mutation::Delete => match parent.resolve_mut(root) {
            Some(Value::Object(members)) => {
                members.shift_remove(&last);
            }
            Some(Value::Array(elements)) => {
                if let Ok(index) = last.parse::<usize>() {
                    elements.remove(index);
                }
            }
            _ => {}
        },
        Mutation::Replace(new) => place(root, new),
        Mutation::Nest(Some(name)) => place(
            root,
            Value::Object(Map::from_iter([(name.to_owned(), value)])),
        ),
        Mutation::Nest(None) => place(root, Value::Array(vec![value])),
        Mutation::Rename(name) => {
            if let Some(Value::Object(members)) = parent.resolve_mut(root) {
                members.shift_remove(&last);
                members.insert(name.to_owned(), value);
            }
        }
        Mutation::Add(name, new) => {
            if let Some(Value::Object(members)) = at.resolve_mut(root) {
                members.insert(name.to_owned(), new);
            }
        }
        Mutation::Copy(other) => {
            let other = other.get(&all).resolve(root).cloned().unwrap_or_default();
            place(root, other);
        }
        Mutation::Refer(other) => {
            let reference = other.get(&all).to_local_reference();
            place(root, json!({ "$ref": reference }));
        }
    }
}

fn base(number: usize) -> Value {
    yaml(match number {
        0 => include_str!("../../../tests/data/features-3.1.yaml"),
        _ => include_str!("../../../tests/data/lower/oddities.yaml"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_gives_no_error_can_be_read_and_is_lowered_for_good(
        number in 0_usize..2,
        version in proptest::sample::select(vec!["3.1.0", "3.0.3"]),
        mutations in proptest::collection::vec((any::<Index>(), mutation()), 1..5),
    ) {
        let mut root = base(number);
        for (target, mutation) in mutations {
            apply(&mut root, target, mutation);
        }
        if root.get("openapi").is_some() {
            root["openapi"] = json!(version);
        }
        let (document, findings) = lowered(root);
        prop_assert!(findings.iter().all(|finding| finding.location.is_some()));
        prop_assert!(findings.codes().iter().all(|code| code.starts_with("lower/")));
        if let Some(document) = document {
            let read = serde_json::from_value::<openapiv3::OpenAPI>(document.root.clone());
            prop_assert!(read.is_ok(), "{:?}", read.err());
            let (again, findings) = lowered(document.root.clone());
            let again = again.map(|document| document.root);
            prop_assert_eq!(again, Some(document.root), "{}", errors(&findings));
        }
    }
}

/// As deep as the stage that loads documents lets them be, and in a thread with a usual stack.
#[test]
fn a_deep_document_is_lowered_and_can_be_read() {
    let mut schema = json!({ "type": ["string", "null"] });
    for _ in 0..58 {
        schema = json!({ "properties": { "a": schema } });
    }
    let (document, findings) = lowered(super::harness::with_schema(schema));
    let document = document.unwrap_or_else(|| panic!("{}", errors(&findings)));
    super::harness::read(&document.root);
}
