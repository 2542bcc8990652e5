//! Which entry of a list, and which path, is the same as one of another revision, wherever it stands.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::merge;
use crate::api::without_names;

/// By what an entry of a list is known; the next way is tried for those that the one before has left.
struct Way {
    key: fn(&Value) -> Option<String>,
    /// `true` if the key has to be the only one of its kind on both sides.
    only: bool,
}

/// For each entry of `theirs`, a list of this name, the index of the same entry in `ours`.
pub(super) fn entries(name: &str, theirs: &[Value], ours: &[Value]) -> Vec<Option<usize>> {
    let member = |key| Way { key, only: false };
    let title = |schema: &Value| text(schema, "title");
    let ways = match name {
        // An entry of a tuple is known by its place alone.
        "prefixItems" => {
            let places = (0..theirs.len()).map(|at| (at < ours.len()).then_some(at));
            return places.collect();
        }
        "parameters" => vec![member(reference), member(parameter)],
        "servers" => vec![member(|server| text(server, "url"))],
        "oneOf" | "anyOf" | "allOf" => {
            let by_type = Way {
                key: the_type,
                only: true,
            };
            vec![member(reference), member(title), member(bare), by_type]
        }
        _ => return vec![None; theirs.len()],
    };
    pair(theirs, ours, &ways)
}

/// For each path of `theirs`, the same path in `ours`: the names in a template mean nothing to the service.
pub(super) fn paths<'a>(
    theirs: &Map<String, Value>,
    ours: &'a Map<String, Value>,
) -> HashMap<String, &'a str> {
    let mut pairs: HashMap<String, &str> = HashMap::new();
    for (path, _) in theirs {
        if let Some((same, _)) = ours.get_key_value(path) {
            pairs.insert(path.clone(), same);
        }
    }
    let mut renamed: HashMap<String, &str> = HashMap::new();
    for (path, _) in ours.iter().filter(|(path, _)| !theirs.contains_key(*path)) {
        renamed.entry(without_names(path)).or_insert(path);
    }
    for (path, _) in theirs {
        if !pairs.contains_key(path)
            && let Some(same) = renamed.remove(&without_names(path))
        {
            pairs.insert(path.clone(), same);
        }
    }
    pairs
}

/// Pairs entries that have the same key, the first with the first.
fn pair(theirs: &[Value], ours: &[Value], ways: &[Way]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; theirs.len()];
    let mut free: Vec<bool> = vec![true; ours.len()];
    for way in ways {
        let mut known: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, value) in ours.iter().enumerate() {
            if free.get(at) == Some(&true)
                && let Some(key) = (way.key)(value)
            {
                known.entry(key).or_default().push(at);
            }
        }
        let mut wanted: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, value) in theirs.iter().enumerate() {
            if pairs.get(at) == Some(&None)
                && let Some(key) = (way.key)(value)
            {
                wanted.entry(key).or_default().push(at);
            }
        }
        for (key, wanted) in wanted {
            let known = known.remove(&key).unwrap_or_default();
            if way.only && (known.len() != 1 || wanted.len() != 1) {
                continue;
            }
            for (theirs, ours) in wanted.into_iter().zip(known) {
                if let (Some(pair), Some(free)) = (pairs.get_mut(theirs), free.get_mut(ours)) {
                    *pair = Some(ours);
                    *free = false;
                }
            }
        }
    }
    pairs
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn reference(value: &Value) -> Option<String> {
    text(value, "$ref")
}

fn parameter(value: &Value) -> Option<String> {
    Some(format!("{}\n{}", text(value, "in")?, text(value, "name")?))
}

/// A schema without any sentence in it, and in one order.
fn bare(schema: &Value) -> Option<String> {
    let mut bare = merge::merge(schema, &Value::Null).root;
    bare.sort_all_objects();
    Some(bare.to_string())
}

fn the_type(schema: &Value) -> Option<String> {
    let part = |name| schema.get(name).map(Value::to_string).unwrap_or_default();
    schema.get("type")?;
    Some(format!("{} {}", part("type"), part("format")))
}

#[cfg(test)]
mod tests {
    use super::{entries, paths};
    use serde_json::{Value, json};

    #[test]
    fn entries_are_known_by_what_names_them_and_not_by_their_place() {
        let refer = |name: &str| json!({ "$ref": name });
        let parameter =
            |place: &str, name: &str| json!({ "in": place, "name": name, "required": true });
        let cases = [
            (
                "parameters",
                json!([
                    parameter("query", "a"),
                    refer("#/b"),
                    parameter("header", "a"),
                    parameter("query", "c")
                ]),
                json!([
                    parameter("header", "a"),
                    parameter("query", "a"),
                    parameter("query", "d"),
                    refer("#/b")
                ]),
                vec![Some(1), Some(3), Some(0), None],
            ),
            (
                "parameters",
                json!([
                    parameter("query", "a"),
                    parameter("query", "a"),
                    parameter("query", "a"),
                    7
                ]),
                json!([7, parameter("query", "a"), parameter("query", "a")]),
                vec![Some(1), Some(2), None, None],
            ),
            (
                "servers",
                json!([{ "url": "b" }]),
                json!([{ "url": "a" }, { "url": "b" }]),
                vec![Some(1)],
            ),
            (
                "oneOf",
                json!([
                    { "type": "string", "maxLength": 5 },
                    { "title": "T", "type": "object" },
                    { "type": "integer", "minimum": 1, "description": "Theirs." },
                    refer("#/a"),
                    { "type": "boolean" },
                ]),
                json!([
                    refer("#/a"),
                    { "type": "integer", "description": "Ours.", "minimum": 1 },
                    { "type": "integer" },
                    { "title": "T" },
                    { "type": "string" },
                ]),
                vec![Some(4), Some(3), Some(1), Some(0), None],
            ),
            (
                "oneOf",
                json!([{ "type": "string", "maxLength": 5 }, { "type": "string", "maxLength": 6 }]),
                json!([{ "type": "string" }]),
                vec![None, None],
            ),
        ];
        for (name, theirs, ours, expected) in cases {
            let list = |value: &Value| value.as_array().expect("a list").clone();
            assert_eq!(
                entries(name, &list(&theirs), &list(&ours)),
                expected,
                "{theirs}"
            );
        }
        let tuple = [json!({ "type": "string" }), json!({ "type": "integer" })];
        assert_eq!(entries("prefixItems", &tuple, &tuple[..1]), [Some(0), None]);
    }

    #[test]
    fn a_path_is_the_same_whatever_its_parameters_are_called() {
        let theirs = json!({ "/a/{one}": {}, "/a/{one}/b": {}, "/c": {}, "/d/{x}": {}, "/{": {} });
        let ours = json!({ "/c": {}, "/a/{id}/b": {}, "/a/{id}": {}, "/d/{y}": {}, "/d/{x}": {} });
        let map = |value: &Value| value.as_object().expect("an object").clone();
        let ours = map(&ours);
        let found = paths(&map(&theirs), &ours);
        let expected = [
            ("/a/{one}", "/a/{id}"),
            ("/a/{one}/b", "/a/{id}/b"),
            ("/c", "/c"),
            ("/d/{x}", "/d/{x}"),
        ];
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (theirs, ours) in expected {
            assert_eq!(found.get(theirs), Some(&ours), "{theirs}");
        }
    }
}
