//! A value with its pointer.

use serde_json::Value;

use crate::pointer::Pointer;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(in crate::preflight) struct Node<'a> {
    pub(in crate::preflight) pointer: Pointer,
    pub(in crate::preflight) value: &'a Value,
}

impl<'a> Node<'a> {
    /// The member `key` of this object.
    pub(in crate::preflight) fn get(&self, key: &str) -> Option<Self> {
        Some(Self {
            pointer: self.pointer.join(key),
            value: self.value.get(key)?,
        })
    }

    /// Whether this object has a member `key`.
    pub(in crate::preflight) fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    /// The member `key`, where it is a string.
    pub(in crate::preflight) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    /// Whether the member `key` is `true`.
    pub(in crate::preflight) fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool) == Some(true)
    }

    /// The members of this object, none for any other kind of value.
    pub(in crate::preflight) fn members(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let pointer = self.pointer.clone();
        self.value
            .as_object()
            .into_iter()
            .flatten()
            .map(move |(key, value)| {
                let pointer = pointer.join(key);
                (key.as_str(), Self { pointer, value })
            })
    }

    /// The elements of this array, none for any other kind of value.
    pub(in crate::preflight) fn elements(&self) -> impl Iterator<Item = Self> + use<'a> {
        let pointer = self.pointer.clone();
        self.value
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .map(move |(index, value)| {
                let pointer = pointer.join(index);
                Self { pointer, value }
            })
    }

    /// The members of the object that is the member `key`.
    pub(in crate::preflight) fn members_of(&self, key: &str) -> Vec<(&'a str, Self)> {
        self.get(key)
            .map(|node| node.members().collect())
            .unwrap_or_default()
    }

    /// The elements of the array that is the member `key`.
    pub(in crate::preflight) fn elements_of(&self, key: &str) -> Vec<Self> {
        self.get(key)
            .map(|node| node.elements().collect())
            .unwrap_or_default()
    }

    /// The strings in the array that is the member `key`.
    pub(in crate::preflight) fn texts_of(&self, key: &str) -> Vec<&'a str> {
        let values = self.value.get(key).and_then(Value::as_array);
        values
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }
}
