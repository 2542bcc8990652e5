//! Unions whose variants are told apart by a member.

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// The value of the member `name`, which says which variant an object is. A number or a boolean counts as its text.
pub(crate) fn tag(value: &Value, name: &str) -> Option<String> {
    match value.get(name)? {
        Value::String(text) => Some(text.clone()),
        other @ (Value::Bool(_) | Value::Number(_)) => Some(other.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Reads what a variant holds.
pub(crate) fn read_variant<T, E>(value: Value) -> Result<T, E>
where
    T: DeserializeOwned,
    E: serde::de::Error,
{
    serde_json::from_value(value).map_err(E::custom)
}

/// Writes what a variant holds, with its tag unless it has one already.
pub(crate) fn write_variant<T, S>(
    value: &T,
    name: &str,
    tag: &str,
    serializer: S,
) -> Result<S::Ok, S::Error>
where
    T: Serialize,
    S: Serializer,
{
    let mut value = serde_json::to_value(value).map_err(S::Error::custom)?;
    if let Value::Object(members) = &mut value
        && members.get(name).is_none_or(Value::is_null)
    {
        members.insert(name.to_owned(), Value::String(tag.to_owned()));
    }
    value.serialize(serializer)
}
