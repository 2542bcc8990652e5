//! Keys for the entries of a list, wherever they stand.

use serde_json::Value;

/// Returns a key for each entry: what it refers to or what names it, or else its shape; where that is not the only one
/// of its kind, all that it says. The same key comes again with a number.
pub(super) fn keys(list: &[Value]) -> Vec<String> {
    let shapes = list.iter().filter(|entry| name(entry).is_none()).map(shape);
    let shapes: Vec<String> = shapes.collect();
    let is_only = |key: &String| shapes.iter().filter(|it| *it == key).count() == 1;
    let mut keys: Vec<String> = Vec::new();
    for entry in list {
        let shape = Some(shape(entry)).filter(is_only);
        let key = name(entry).or(shape).unwrap_or_else(|| entry.to_string());
        let nth = |nth: &usize| !keys.contains(&format!("{key} {nth}"));
        let nth = (0..).find(nth).unwrap_or_default();
        keys.push(format!("{key} {nth}"));
    }
    keys
}

/// Returns a reference, an address or a title; of a parameter, its place and its name.
fn name(entry: &Value) -> Option<String> {
    let text = |name| entry.get(name).and_then(Value::as_str);
    let single = text("$ref")
        .or(text("url"))
        .or(text("title"))
        .map(str::to_owned);
    single.or_else(|| Some(format!("{} {}", text("in")?, text("name")?)))
}

/// Returns the type and the format.
fn shape(schema: &Value) -> String {
    let part = |name| schema.get(name).map(Value::to_string).unwrap_or_default();
    format!("{} {}", part("type"), part("format"))
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
                json!([parameter("query", "a"), parameter("query", "b"), 7]),
                json!([7, parameter("query", "b"), parameter("query", "a")]),
                vec![Some(2), Some(1), Some(0)],
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
                vec![Some(4), Some(3), None, None, Some(0), None],
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
