//! Compares parts of a document by what they mean: lists that are sets are compared as sets, and words for people do not
//! count.

use std::collections::BTreeMap;

use serde_json::Value;

/// Lists whose order and repetitions mean nothing.
const SETS: [&str; 8] = [
    "required",
    "enum",
    "type",
    "parameters",
    "security",
    "oneOf",
    "anyOf",
    "allOf",
];

/// The member whose text is for people.
const WORDS: &str = "description";

/// Returns whether the list of this name is a set.
fn is_set(name: Option<&str>) -> bool {
    name.is_some_and(|name| SETS.contains(&name))
}

/// Returns whether a member is a text for people; a property may have the same name.
pub(super) fn is_words(name: &str, value: &Value) -> bool {
    name == WORDS && value.is_string()
}

/// Returns whether a value says anything but words for people.
pub(super) fn is_more_than_words(value: &Value) -> bool {
    match value {
        Value::Object(members) if !members.is_empty() => members
            .iter()
            .any(|(name, member)| !is_words(name, member) && is_more_than_words(member)),
        _ => true,
    }
}

/// Returns whether two values say the same; `name` is the member that they are, if they are one.
pub(super) fn same(one: &Value, other: &Value, name: Option<&str>) -> bool {
    one == other || meaning(one, name) == meaning(other, name)
}

/// Returns a value without words for people, and with its sets in one order.
fn meaning(value: &Value, name: Option<&str>) -> Value {
    match value {
        Value::Object(members) => {
            let members = members
                .iter()
                .filter(|(name, value)| !is_words(name, value));
            let meant: BTreeMap<_, _> = members
                .map(|(name, member)| (name.clone(), meaning(member, Some(name))))
                .collect();
            Value::Object(meant.into_iter().collect())
        }
        Value::Array(elements) if is_set(name) => {
            let meant = elements.iter().map(|element| meaning(element, None));
            let meant: BTreeMap<_, _> = meant
                .map(|element| (element.to_string(), element))
                .collect();
            meant.into_values().collect()
        }
        Value::Array(elements) => elements
            .iter()
            .map(|element| meaning(element, None))
            .collect(),
        scalar => scalar.clone(),
    }
}

/// Returns whether to append an element to the list of this name would say it twice: a parameter is known by its name
/// and its place alone.
pub(super) fn would_repeat(list: &[Value], element: &Value, name: Option<&str>) -> bool {
    let key = |value: &Value| Some((value.get("in")?.clone(), value.get("name")?.clone()));
    let is_same_parameter = |other: &Value| {
        name == Some("parameters") && key(element).is_some() && key(element) == key(other)
    };
    is_set(name)
        && list
            .iter()
            .any(|other| same(other, element, None) || is_same_parameter(other))
}

#[cfg(test)]
mod tests {
    use super::{is_more_than_words, same, would_repeat};
    use serde_json::json;

    #[test]
    fn order_repetition_and_words_make_no_difference_where_they_mean_nothing() {
        let cases = [
            (
                json!({ "required": ["a", "b"] }),
                json!({ "required": ["b", "a", "b"] }),
                true,
            ),
            (
                json!({ "required": ["a"] }),
                json!({ "required": ["a", "b"] }),
                false,
            ),
            (
                json!({ "example": ["a", "b"] }),
                json!({ "example": ["b", "a"] }),
                false,
            ),
            (
                json!({ "type": "x", "description": "One." }),
                json!({ "type": "x" }),
                true,
            ),
            (
                json!({ "properties": { "description": {} } }),
                json!({ "properties": {} }),
                false,
            ),
            (
                json!({ "parameters": [{ "in": "query", "name": "a" }, { "$ref": "#/b" }] }),
                json!({ "parameters": [{ "$ref": "#/b" }, { "in": "query", "name": "a", "description": "A." }] }),
                true,
            ),
        ];
        for (one, other, expected) in cases {
            assert_eq!(same(&one, &other, None), expected, "{one} {other}");
            assert_eq!(same(&other, &one, None), expected, "{other} {one}");
        }
    }

    #[test]
    fn a_parameter_of_another_type_is_the_same_parameter() {
        let list = [json!({ "in": "query", "name": "a", "schema": { "type": "string" } })];
        let other =
            |place: &str| json!({ "in": place, "name": "a", "schema": { "type": "integer" } });
        assert!(would_repeat(&list, &other("query"), Some("parameters")));
        assert!(!would_repeat(&list, &other("header"), Some("parameters")));
        assert!(!would_repeat(&list, &other("query"), Some("examples")));
    }

    #[test]
    fn words_alone_are_words() {
        assert!(!is_more_than_words(
            &json!({ "a": { "description": "Words." }, "description": "Words." })
        ));
        assert!(is_more_than_words(
            &json!({ "description": "Words.", "type": "string" })
        ));
        assert!(is_more_than_words(&json!({})));
    }
}
