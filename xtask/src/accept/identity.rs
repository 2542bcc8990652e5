//! Keys for the entries of a list, wherever they stand.

use std::collections::HashMap;

use serde_json::Value;

use super::merge::Bare;

/// A key for each entry: what it refers to or what names it, or else its type where that is the only one of its
/// kind, or else all that it says. The same key comes again with a number.
pub(super) fn keys(list: &[Value]) -> Vec<String> {
    let types: Vec<_> = list
        .iter()
        .map(|entry| name(entry).is_none().then(|| of_type(entry)))
        .collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let keys = list.iter().zip(&types).map(|(entry, own)| {
        let is_only = types.iter().filter(|it| *it == own).count() == 1;
        let own = own.clone().flatten().filter(|_| is_only);
        let key = name(entry).or(own).unwrap_or_else(|| bare(entry));
        let count = seen.entry(key.clone()).and_modify(|count| *count += 1);
        format!("{key} {}", count.or_default())
    });
    keys.collect()
}

/// A reference, an address or a title; of a parameter, its place and its name.
fn name(entry: &Value) -> Option<String> {
    let text = |name| entry.get(name).and_then(Value::as_str);
    let own = text("$ref").or(text("url")).or(text("title"));
    own.map(str::to_owned)
        .or_else(|| Some(format!("{} {}", text("in")?, text("name")?)))
}

fn of_type(schema: &Value) -> Option<String> {
    let format = schema.get("format").map(Value::to_string);
    Some(format!(
        "{} {}",
        schema.get("type")?,
        format.unwrap_or_default()
    ))
}

/// An entry without any sentence in it, and in one order.
fn bare(entry: &Value) -> String {
    let mut bare = Bare::of(entry).root;
    bare.sort_all_objects();
    bare.to_string()
}

#[cfg(test)]
mod tests {
    use super::keys;
    use serde_json::{Value, json};

    #[test]
    fn entries_are_known_by_what_names_them_and_not_by_their_place() {
        let refer = |name: &str| json!({ "$ref": name });
        let parameter =
            |place: &str, name: &str| json!({ "in": place, "name": name, "required": true });
        let cases = [
            (
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
                json!([
                    parameter("query", "a"),
                    parameter("query", "a"),
                    parameter("query", "a"),
                    7
                ]),
                json!([7, parameter("query", "a"), parameter("query", "a")]),
                vec![Some(1), Some(2), None, Some(0)],
            ),
            (
                json!([{ "url": "b" }]),
                json!([{ "url": "a" }, { "url": "b" }]),
                vec![Some(1)],
            ),
            (
                json!([
                    { "type": "string", "maxLength": 5 },
                    { "title": "T", "type": "object" },
                    { "type": "integer", "minimum": 1, "description": "Theirs." },
                    { "type": "integer", "minimum": 2 },
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
                vec![Some(4), Some(3), Some(1), None, Some(0), None],
            ),
            (
                json!([{ "type": "string", "maxLength": 5 }, { "type": "string", "maxLength": 6 }]),
                json!([{ "type": "string" }]),
                vec![None, None],
            ),
        ];
        for (theirs, ours, expected) in cases {
            let keys = |value: &Value| keys(value.as_array().expect("a list"));
            let ours = keys(&ours);
            let pairs = keys(&theirs).into_iter();
            let pairs = pairs.map(|key| ours.iter().position(|it| *it == key));
            assert_eq!(pairs.collect::<Vec<_>>(), expected, "{theirs}");
        }
    }
}
