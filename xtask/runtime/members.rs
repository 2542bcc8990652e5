//! Reading an object member by member.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::{Error, Map, Value};

use super::varied;

/// Reads an object, and makes a value of its members.
pub(crate) fn from_members<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    read: fn(&mut Members) -> Result<T, Error>,
) -> Result<T, D::Error> {
    let members = Map::deserialize(deserializer)?;
    read(&mut Members(members)).map_err(serde::de::Error::custom)
}

/// The members of an object, to be taken out one by one.
///
/// A member may have several names, and an answer several of them, while a service moves from one to the other: the
/// first counts that is there and not null.
pub(crate) struct Members(Map<String, Value>);

impl Members {
    /// Takes out a member that must be there.
    pub(crate) fn required<T: DeserializeOwned>(&mut self, names: &[&str]) -> Result<T, Error> {
        self.required_as(names, T::deserialize)
    }

    /// Takes out a list or a map that must be there, if only as `null`.
    pub(crate) fn required_collection<T>(&mut self, names: &[&str]) -> Result<T, Error>
    where
        T: DeserializeOwned + Default,
    {
        self.required_as(names, |value| {
            Option::deserialize(value).map(Option::unwrap_or_default)
        })
    }

    fn required_as<T>(
        &mut self,
        names: &[&str],
        read: fn(Value) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut found: Option<(&str, Value)> = None;
        for name in names {
            // One that is null counts where no other is there.
            if let Some(value) = self.0.remove(*name)
                && found.as_ref().is_none_or(|(_, value)| value.is_null())
            {
                found = Some((name, value));
            }
        }
        match found {
            Some((name, value)) => read(value).map_err(|error| within(name, &error)),
            None => Err(missing(names)),
        }
    }

    /// Takes out a member that may be absent.
    pub(crate) fn optional<T: DeserializeOwned>(
        &mut self,
        names: &[&str],
    ) -> Result<Option<T>, Error> {
        self.first(names, Option::deserialize)
    }

    /// Takes out a list or a map that may be absent.
    pub(crate) fn collection<T>(&mut self, names: &[&str]) -> Result<T, Error>
    where
        T: DeserializeOwned + Default,
    {
        self.optional(names).map(Option::unwrap_or_default)
    }

    /// Takes out an integer, in whatever form.
    pub(crate) fn integer(&mut self, names: &[&str]) -> Result<Option<i64>, Error> {
        self.first(names, varied::integer)
    }

    /// Takes out a truth value, in whatever form.
    pub(crate) fn truth(&mut self, names: &[&str]) -> Result<Option<bool>, Error> {
        self.first(names, varied::truth)
    }

    /// Takes out a text, in whatever form.
    pub(crate) fn text(&mut self, names: &[&str]) -> Result<Option<String>, Error> {
        self.first(names, varied::text)
    }

    /// Takes out a value of a type that knows its own forms.
    pub(crate) fn value<T: DeserializeOwned>(
        &mut self,
        names: &[&str],
    ) -> Result<Option<T>, Error> {
        self.first(names, varied::value)
    }

    /// Takes out a list of texts, in whatever form.
    pub(crate) fn texts(&mut self, names: &[&str]) -> Result<Vec<String>, Error> {
        let texts = self.first(names, varied::texts)?;
        Ok(texts.unwrap_or_default())
    }

    /// Takes out texts by name, in whatever form.
    pub(crate) fn texts_by_name(
        &mut self,
        names: &[&str],
    ) -> Result<BTreeMap<String, String>, Error> {
        let texts = self.first(names, varied::texts_by_name)?;
        Ok(texts.unwrap_or_default())
    }

    /// Takes out lists of texts by name, in whatever form.
    pub(crate) fn lists(&mut self, names: &[&str]) -> Result<BTreeMap<String, Vec<String>>, Error> {
        let lists = self.first(names, varied::lists)?;
        Ok(lists.unwrap_or_default())
    }

    /// Takes out the entries of a list. Those that cannot be read stay, under the first of its names.
    pub(crate) fn entries<T: DeserializeOwned>(&mut self, names: &[&str]) -> Result<Vec<T>, Error> {
        let value = |value: Value| Ok(Some(value).filter(|value| !value.is_null()));
        let list = self.first(names, value)?;
        let (read, unread) = varied::entries(list.unwrap_or_default());
        if let ([name, ..], false) = (names, unread.is_empty()) {
            self.0.insert((*name).to_owned(), Value::Array(unread));
        }
        Ok(read)
    }

    /// Takes out all that are left.
    pub(crate) fn rest(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.0)
    }

    /// Takes out all that are left, which have one type.
    pub(crate) fn rest_as<T: DeserializeOwned>(&mut self) -> Result<BTreeMap<String, T>, Error> {
        let rest = self.rest().into_iter();
        rest.map(|(name, value)| match T::deserialize(value) {
            Ok(value) => Ok((name, value)),
            Err(error) => Err(within(&name, &error)),
        })
        .collect()
    }

    /// Takes out the members with these names, all of which must be readable, and returns the first that is something.
    fn first<T>(
        &mut self,
        names: &[&str],
        read: fn(Value) -> Result<Option<T>, Error>,
    ) -> Result<Option<T>, Error> {
        let mut found = None;
        for name in names {
            if let Some(value) = self.0.remove(*name) {
                let value = read(value).map_err(|error| within(name, &error))?;
                found = found.or(value);
            }
        }
        Ok(found)
    }
}

/// Names the member in which something is wrong.
fn within(name: &str, error: &Error) -> Error {
    Error::custom(format_args!("{error}, in `{name}`"))
}

fn missing(names: &[&str]) -> Error {
    let name = names.first().copied().unwrap_or_default();
    Error::custom(format_args!("missing field `{name}`"))
}
