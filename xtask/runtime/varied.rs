//! Reading what is near to what a description says, where a service varies the form of what it sends.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{DeserializeOwned, Error, SeqAccess, Visitor};
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

/// Reads a text, also one that is a number.
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
    let lists = Option::<BTreeMap<String, List>>::deserialize(deserializer)?;
    let plain = |(name, List(values))| (name, values);
    Ok(lists.map(|lists| lists.into_iter().map(plain).collect()))
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
        Vec::deserialize(SeqAccessDeserializer::new(seq))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(vec![value.to_owned()])
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
        Self::deserialize(answer).ok()
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
        let mut entries = Self::default();
        for value in Option::<Vec<Value>>::deserialize(deserializer)?.unwrap_or_default() {
            match T::deserialize(&value) {
                Ok(entry) => entries.read.push(entry),
                Err(_) => entries.odd.push(value),
            }
        }
        Ok(entries)
    }
}
