//! Reading what is near to what a description says, where a service varies the form of what it sends.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeOwned, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// Reads an integer, also one that is a text.
pub(crate) fn integer<'de, D>(deserializer: D) -> Result<Option<i64>, D::Error>
where
    D: Deserializer<'de>,
{
    deserializer.deserialize_any(Integer)
}

struct Integer;

impl<'de> Visitor<'de> for Integer {
    type Value = Option<i64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        i64::try_from(value)
            .map(Some)
            .map_err(|_| E::custom("an integer of more than 64 bits"))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        // Beyond these, a number with a fraction part in its type tells no integer from the next.
        let is_exact = value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0;
        is_exact
            .then_some(Some(value as i64))
            .ok_or_else(|| E::custom("a number that is no integer"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        match value.trim() {
            "" => Ok(None),
            digits => digits
                .parse()
                .map(Some)
                .map_err(|_| E::custom("a text that is no integer")),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// Reads a truth value, also one that is a text or a number.
pub(crate) fn truth<'de, D>(deserializer: D) -> Result<Option<bool>, D::Error>
where
    D: Deserializer<'de>,
{
    deserializer.deserialize_any(Truth)
}

struct Truth;

impl<'de> Visitor<'de> for Truth {
    type Value = Option<bool>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a truth value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        match value {
            0 => Ok(Some(false)),
            1 => Ok(Some(true)),
            _ => Err(E::custom("a number that is no truth value")),
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        match value.trim().to_ascii_lowercase().as_str() {
            "" => Ok(None),
            "0" | "false" => Ok(Some(false)),
            "1" | "true" => Ok(Some(true)),
            _ => Err(E::custom("a text that is no truth value")),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// Reads a value of a type that knows its own forms; an empty text is nothing.
pub(crate) fn value<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        value => T::deserialize(value).map(Some).map_err(D::Error::custom),
    }
}

/// Reads a text, also one that is a number or a truth value.
pub(crate) fn text<'de, D>(deserializer: D) -> Result<Option<String>, D::Error>
where
    D: Deserializer<'de>,
{
    deserializer.deserialize_any(Text)
}

struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(value))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// A text in a list or a map; nothing for `null`.
struct Item(Option<String>);

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer).map(Self)
    }
}

/// Reads a list of texts, also where one stands alone or `null` stands for an empty list.
pub(crate) fn texts<'de, D>(deserializer: D) -> Result<Vec<String>, D::Error>
where
    D: Deserializer<'de>,
{
    texts_if_any(deserializer).map(Option::unwrap_or_default)
}

/// The same, and nothing where there is `null`.
pub(crate) fn texts_if_any<'de, D>(deserializer: D) -> Result<Option<Vec<String>>, D::Error>
where
    D: Deserializer<'de>,
{
    let list = Option::<List>::deserialize(deserializer)?;
    // An empty text alone is no entry.
    Ok(list.map(|List(values)| match &values[..] {
        [only] if only.is_empty() => Vec::new(),
        _ => values,
    }))
}

/// Reads texts by name; `null` stands for none of them, or for an empty one.
pub(crate) fn texts_by_name<'de, D>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error>
where
    D: Deserializer<'de>,
{
    texts_by_name_if_any(deserializer).map(Option::unwrap_or_default)
}

/// The same, and nothing where there is `null`.
pub(crate) fn texts_by_name_if_any<'de, D>(
    deserializer: D,
) -> Result<Option<BTreeMap<String, String>>, D::Error>
where
    D: Deserializer<'de>,
{
    let plain = |(name, Item(value)): (String, Item)| (name, value.unwrap_or_default());
    let texts = deserializer.deserialize_any(ByName(PhantomData))?;
    Ok(texts.map(|texts| texts.into_iter().map(plain).collect()))
}

/// Reads lists of texts by name, also where a text stands alone or `null` stands for an empty list.
pub(crate) fn lists<'de, D>(deserializer: D) -> Result<BTreeMap<String, Vec<String>>, D::Error>
where
    D: Deserializer<'de>,
{
    lists_if_any(deserializer).map(Option::unwrap_or_default)
}

/// The same, and nothing where there is `null`.
pub(crate) fn lists_if_any<'de, D>(
    deserializer: D,
) -> Result<Option<BTreeMap<String, Vec<String>>>, D::Error>
where
    D: Deserializer<'de>,
{
    let plain = |(name, List(values))| (name, values);
    let lists = deserializer.deserialize_any(ByName(PhantomData))?;
    Ok(lists.map(|lists| lists.into_iter().map(plain).collect()))
}

/// Values by name; nothing for `null` and for an empty text.
struct ByName<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for ByName<V> {
    type Value = Option<BTreeMap<String, V>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(members)).map(Some)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        match value.trim() {
            "" => Ok(None),
            _ => Err(E::custom("a text that is no object")),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

struct List(Vec<String>);

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor).map(Self)
    }
}

struct ListVisitor;

impl<'de> Visitor<'de> for ListVisitor {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        let items = Vec::<Item>::deserialize(SeqAccessDeserializer::new(seq))?;
        Ok(items.into_iter().filter_map(|Item(text)| text).collect())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(vec![value.to_owned()])
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(vec![value.to_string()])
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(vec![value.to_string()])
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(vec![value.to_string()])
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(vec![value.to_string()])
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }
}

/// A list that was read entry by entry.
pub(crate) struct Entries<T> {
    read: Vec<T>,
    odd: Vec<Value>,
}

impl<T> Entries<T> {
    /// Returns the entries of an answer that is a list, or has it as a member with one of these names.
    pub(crate) fn read(answer: &[u8], members: &[&str]) -> Option<Self>
    where
        T: DeserializeOwned,
    {
        let mut answer = serde_json::from_slice(answer).ok()?;
        if let Value::Object(object) = &mut answer {
            answer = members.iter().find_map(|name| object.remove(*name))?;
        }
        let is_list = answer.is_array() || answer.is_null();
        is_list.then(|| Self::of(answer))
    }

    /// The entries of a list; an entry may stand alone.
    fn of(list: Value) -> Self
    where
        T: DeserializeOwned,
    {
        let values = match list {
            Value::Null => Vec::new(),
            Value::Array(values) => values,
            alone => vec![alone],
        };
        let mut entries = Self::default();
        for value in values {
            match T::deserialize(&value) {
                Ok(entry) => entries.read.push(entry),
                Err(_) => entries.odd.push(value),
            }
        }
        entries
    }

    /// Returns the entries that could be read, and the others.
    pub(crate) fn into_parts(self) -> (Vec<T>, Vec<Value>) {
        (self.read, self.odd)
    }

    /// Returns the entries that could be read. The others are kept in `rest`, as the list of this name.
    pub(crate) fn keep(self, name: &str, rest: &mut Map<String, Value>) -> Vec<T> {
        if !self.odd.is_empty() {
            rest.insert(name.to_owned(), Value::Array(self.odd));
        }
        self.read
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self {
            read: Vec::new(),
            odd: Vec::new(),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::of)
    }
}
