//! Reading an object member by member.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::{Error, Map, Value};

use super::varied;

/// Reads an object, and makes a value of its members.
pub(crate) fn from_members<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    read: fn(&mut Members<'_>) -> Result<T, Error>,
) -> Result<T, D::Error> {
    let members = Map::deserialize(deserializer)?;
    read(&mut Members::of(&members)).map_err(serde::de::Error::custom)
}

/// The members of an object, to be read one by one.
///
/// A member may have several names, and an answer several of them, while a service moves from one to the other: the
/// first counts that is there and not null.
pub(crate) struct Members<'a> {
    all: &'a Map<String, Value>,
    /// The names that were asked for and are there.
    read: Vec<&'static str>,
    /// The entries of lists that could not be read, by the names of the lists.
    unread: Map<String, Value>,
}

impl<'a> Members<'a> {
    fn of(all: &'a Map<String, Value>) -> Self {
        Self {
            all,
            read: Vec::with_capacity(all.len()),
            unread: Map::new(),
        }
    }

    /// Reads a member that must be there.
    pub(crate) fn required<T>(&mut self, names: &[&'static str]) -> Result<T, Error>
    where
        T: DeserializeOwned,
    {
        self.required_as(names, |value| T::deserialize(value))
    }

    /// Reads a list or a map that must be there, if only as `null`.
    pub(crate) fn required_collection<T>(&mut self, names: &[&'static str]) -> Result<T, Error>
    where
        T: DeserializeOwned + Default,
    {
        self.required_as(names, |value| {
            Option::deserialize(value).map(Option::unwrap_or_default)
        })
    }

    fn required_as<T>(
        &mut self,
        names: &[&'static str],
        read: fn(&Value) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut found: Option<(&str, &Value)> = None;
        for name in names {
            // One that is null counts where no other is there.
            if let Some(value) = self.find(name)
                && found.is_none_or(|(_, value)| value.is_null())
            {
                found = Some((name, value));
            }
        }
        match (found, names) {
            (Some((name, value)), _) => read(value).map_err(|error| within(name, &error)),
            (None, [name, ..]) => Err(Error::missing_field(name)),
            (None, []) => Err(Error::custom("missing field")),
        }
    }

    /// Reads a member that may be absent.
    pub(crate) fn optional<T>(&mut self, names: &[&'static str]) -> Result<Option<T>, Error>
    where
        T: DeserializeOwned,
    {
        self.first(names, |value| Option::deserialize(value))
    }

    /// Reads a list or a map that may be absent.
    pub(crate) fn collection<T>(&mut self, names: &[&'static str]) -> Result<T, Error>
    where
        T: DeserializeOwned + Default,
    {
        self.optional(names).map(Option::unwrap_or_default)
    }

    /// Reads an integer, in whatever form.
    pub(crate) fn integer(&mut self, names: &[&'static str]) -> Result<Option<i64>, Error> {
        self.first(names, varied::integer)
    }

    /// Reads a truth value, in whatever form.
    pub(crate) fn truth(&mut self, names: &[&'static str]) -> Result<Option<bool>, Error> {
        self.first(names, varied::truth)
    }

    /// Reads a text, in whatever form.
    pub(crate) fn text(&mut self, names: &[&'static str]) -> Result<Option<String>, Error> {
        self.first(names, varied::text)
    }

    /// Reads a value of a type that knows its own forms.
    pub(crate) fn value<T>(&mut self, names: &[&'static str]) -> Result<Option<T>, Error>
    where
        T: DeserializeOwned,
    {
        self.first(names, varied::value)
    }

    /// Reads a list of texts, in whatever form.
    pub(crate) fn texts(&mut self, names: &[&'static str]) -> Result<Vec<String>, Error> {
        let texts = self.first(names, varied::texts)?;
        Ok(texts.unwrap_or_default())
    }

    /// Reads texts by name, in whatever form.
    pub(crate) fn texts_by_name(
        &mut self,
        names: &[&'static str],
    ) -> Result<BTreeMap<String, String>, Error> {
        let texts = self.first(names, varied::texts_by_name)?;
        Ok(texts.unwrap_or_default())
    }

    /// Reads lists of texts by name, in whatever form.
    pub(crate) fn lists(
        &mut self,
        names: &[&'static str],
    ) -> Result<BTreeMap<String, Vec<String>>, Error> {
        let lists = self.first(names, varied::lists)?;
        Ok(lists.unwrap_or_default())
    }

    /// Reads the entries of a list. Those that cannot be read are among the rest, under the first name of the list.
    pub(crate) fn entries<T: DeserializeOwned>(&mut self, names: &[&'static str]) -> Vec<T> {
        self.list(names, |entry| T::deserialize(entry))
    }

    /// The same for entries that are made of members themselves.
    pub(crate) fn objects<T>(
        &mut self,
        names: &[&'static str],
        read: fn(&mut Members<'_>) -> Result<T, Error>,
    ) -> Vec<T> {
        self.list(names, |entry| match entry {
            Value::Object(members) => read(&mut Members::of(members)),
            other => Err(varied::mismatch(other, &"an object")),
        })
    }

    fn list<T>(
        &mut self,
        names: &[&'static str],
        read: impl Fn(&Value) -> Result<T, Error>,
    ) -> Vec<T> {
        let mut found = None;
        for name in names {
            found = found.or(self.find(name).filter(|value| !value.is_null()));
        }
        let (entries, unread) = varied::entries(found.unwrap_or(&Value::Null), read);
        if let ([name, ..], false) = (names, unread.is_empty()) {
            self.unread.insert((*name).to_owned(), Value::Array(unread));
        }
        entries
    }

    /// Returns all that was not asked for.
    pub(crate) fn rest(&mut self) -> Map<String, Value> {
        let mut rest = std::mem::take(&mut self.unread);
        rest.extend(self.others().map(|(name, it)| (name.clone(), it.clone())));
        rest
    }

    /// Returns all that was not asked for, which has one type.
    pub(crate) fn rest_as<T: DeserializeOwned>(&mut self) -> Result<BTreeMap<String, T>, Error> {
        let mut rest = BTreeMap::new();
        for (name, value) in self.others() {
            let value = T::deserialize(value).map_err(|error| within(name, &error))?;
            rest.insert(name.clone(), value);
        }
        Ok(rest)
    }

    fn others(&self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        let is_all = self.read.len() == self.all.len();
        let all = (!is_all).then(|| self.all.iter()).into_iter().flatten();
        all.filter(|(name, _)| !self.read.contains(&name.as_str()))
    }

    /// Reads the members with these names, all of which must be readable, and returns the first that is something.
    fn first<T>(
        &mut self,
        names: &[&'static str],
        read: fn(&Value) -> Result<Option<T>, Error>,
    ) -> Result<Option<T>, Error> {
        let mut found = None;
        for name in names {
            if let Some(value) = self.find(name) {
                let value = read(value).map_err(|error| within(name, &error))?;
                found = found.or(value);
            }
        }
        Ok(found)
    }

    fn find(&mut self, name: &'static str) -> Option<&'a Value> {
        let value = self.all.get(name)?;
        self.read.push(name);
        Some(value)
    }
}

/// Names the member in which something is wrong.
fn within(name: &str, error: &Error) -> Error {
    Error::custom(format_args!("{error}, in `{name}`"))
}
