//! Headers as an ordered list of text.

use serde_json::{Map, Value};

/// Names and values in order; names compare without case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HeaderList(Vec<(String, String)>);

impl HeaderList {
    pub(crate) fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// Returns the first value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// Returns the headers whose names begin with a prefix, without it.
    pub(crate) fn family(&self, prefix: &str) -> Self {
        let members = self.iter().filter_map(|(name, value)| {
            let (start, rest) = name.split_at_checked(prefix.len())?;
            let is_member = start.eq_ignore_ascii_case(prefix) && !rest.is_empty();
            is_member.then(|| (canonical(rest), value.to_owned()))
        });
        Self(members.collect())
    }

    /// Takes the values of another list; names that it has too lose theirs.
    pub(crate) fn replace_with(&mut self, other: Self) {
        self.0.retain(|(name, _)| other.get(name).is_none());
        self.0.extend(other.0);
    }

    /// Returns the list without a name.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the list as the service shows it: canonical names with arrays of values.
    pub(crate) fn to_json(&self) -> Value {
        let mut map = Map::new();
        for (name, value) in self.iter() {
            let values = map
                .entry(canonical(name))
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(values) = values {
                values.push(Value::from(value));
            }
        }
        Value::Object(map)
    }
}

impl FromIterator<(String, String)> for HeaderList {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// Writes a header name the way the service shows it: `x-my-header` as `X-My-Header`.
pub(crate) fn canonical(name: &str) -> String {
    let mut at_start = true;
    name.chars()
        .map(|letter| {
            let cased = if at_start {
                letter.to_ascii_uppercase()
            } else {
                letter.to_ascii_lowercase()
            };
            at_start = letter == '-';
            cased
        })
        .collect()
}
