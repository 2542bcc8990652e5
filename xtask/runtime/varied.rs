//! Reading what is near to what a description says, where a service varies the form of what it sends.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error as _, Expected, Unexpected};
use serde_json::{Error, Value};

/// A value as it was read; nothing for `null`, and for an empty text that stands for nothing.
type Read<T> = Result<Option<T>, Error>;

/// Reads an integer, also one that is a text.
pub(super) fn integer(value: &Value) -> Read<i64> {
    // Beyond these, a number with a fraction part in its type tells no integer from the next.
    let is_exact = |number: &f64| number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
    match value {
        Value::Null => Ok(None),
        Value::Number(number) => match (number.as_i64(), number.as_f64().filter(is_exact)) {
            (Some(integer), _) => Ok(Some(integer)),
            (None, _) if number.is_u64() => Err(Error::custom("an integer of more than 64 bits")),
            (None, Some(number)) => Ok(Some(number as i64)),
            (None, None) => Err(Error::custom("a number that is no integer")),
        },
        Value::String(text) => match text.trim() {
            "" => Ok(None),
            digits => digits
                .parse()
                .map(Some)
                .map_err(|_| Error::custom("a text that is no integer")),
        },
        other => Err(mismatch(other, &"an integer")),
    }
}

/// Reads a truth value, also one that is a text or a number.
pub(super) fn truth(value: &Value) -> Read<bool> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(truth) => Ok(Some(*truth)),
        Value::Number(number) => match number.as_u64() {
            Some(0) => Ok(Some(false)),
            Some(1) => Ok(Some(true)),
            _ => Err(Error::custom("a number that is no truth value")),
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "" => Ok(None),
            "0" | "false" => Ok(Some(false)),
            "1" | "true" => Ok(Some(true)),
            _ => Err(Error::custom("a text that is no truth value")),
        },
        other => Err(mismatch(other, &"a truth value")),
    }
}

/// Reads a text, also one that is a number or a truth value.
pub(super) fn text(value: &Value) -> Read<String> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Bool(_) | Value::Number(_) => Ok(Some(value.to_string())),
        other => Err(mismatch(other, &"a text")),
    }
}

/// Reads a value of a type that knows its own forms; an empty text is nothing.
pub(super) fn value<T: DeserializeOwned>(value: &Value) -> Read<T> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        value => T::deserialize(value).map(Some),
    }
}

/// Reads a list of texts, also where one stands alone.
pub(super) fn texts(value: &Value) -> Read<Vec<String>> {
    if value.is_null() {
        return Ok(None);
    }
    // An empty text alone is no entry.
    list(value).map(|texts| match &texts[..] {
        [only] if only.is_empty() => Some(Vec::new()),
        _ => Some(texts),
    })
}

/// Reads texts by name; `null` stands for an empty one.
pub(super) fn texts_by_name(value: &Value) -> Read<BTreeMap<String, String>> {
    by_name(value, |value| text(value).map(Option::unwrap_or_default))
}

/// Reads lists of texts by name, also where a text stands alone or `null` stands for an empty list.
pub(super) fn lists(value: &Value) -> Read<BTreeMap<String, Vec<String>>> {
    by_name(value, list)
}

fn list(value: &Value) -> Result<Vec<String>, Error> {
    match value {
        Value::Array(items) => items
            .iter()
            .filter_map(|item| text(item).transpose())
            .collect(),
        Value::Object(_) => Err(mismatch(value, &"a list of texts")),
        alone => Ok(text(alone)?.into_iter().collect()),
    }
}

fn by_name<T>(value: &Value, read: fn(&Value) -> Result<T, Error>) -> Read<BTreeMap<String, T>> {
    match value {
        Value::Null => Ok(None),
        Value::Object(members) => {
            // To collect them would sort them, which takes twice the code for each type.
            let mut by_name = BTreeMap::new();
            for (name, value) in members {
                by_name.insert(name.clone(), read(value)?);
            }
            Ok(Some(by_name))
        }
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(_) => Err(Error::custom("a text that is no object")),
        other => Err(mismatch(other, &"an object")),
    }
}

/// The error for a value of another type. It does not show the value, which may be a secret.
pub(super) fn mismatch(value: &Value, expected: &dyn Expected) -> Error {
    let unexpected = match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(_) => Unexpected::Other("a truth value"),
        Value::Number(_) => Unexpected::Other("a number"),
        Value::String(_) => Unexpected::Other("a text"),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    };
    Error::invalid_type(unexpected, expected)
}

/// The entries of an answer that is a list, or has it as a member with one of these names: those that could be read,
/// and the others.
pub(super) fn entries_of_answer<T>(answer: &[u8], members: &[&str]) -> Option<(Vec<T>, Vec<Value>)>
where
    T: DeserializeOwned,
{
    let answer: Value = serde_json::from_slice(answer).ok()?;
    let list = match &answer {
        Value::Object(object) => members.iter().find_map(|name| object.get(*name))?,
        list => list,
    };
    let is_list = list.is_array() || list.is_null();
    is_list.then(|| entries(list, |entry| T::deserialize(entry)))
}

/// The entries of a list that could be read, and the others; an entry may stand alone.
pub(super) fn entries<T>(
    list: &Value,
    read: impl Fn(&Value) -> Result<T, Error>,
) -> (Vec<T>, Vec<Value>) {
    let values = match list {
        Value::Null => &[],
        Value::Array(values) => values.as_slice(),
        alone => std::slice::from_ref(alone),
    };
    let (mut entries, mut unread) = (Vec::with_capacity(values.len()), Vec::new());
    for value in values {
        match read(value) {
            Ok(entry) => entries.push(entry),
            Err(_) => unread.push(value.clone()),
        }
    }
    (entries, unread)
}
