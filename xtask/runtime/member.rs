//! Members of the builders of types.

use std::fmt::{self, Display};

/// A member of a builder: not set, set, or what is wrong with what it was set to.
#[derive(Clone)]
pub(crate) struct Member<T>(Result<Option<T>, String>);

impl<T> Default for Member<T> {
    fn default() -> Self {
        Self(Ok(None))
    }
}

impl<T> Member<T> {
    /// Sets the member to what `value` becomes.
    pub(crate) fn set<V>(&mut self, name: &str, value: V)
    where
        V: TryInto<T>,
        V::Error: Display,
    {
        self.0 = value
            .try_into()
            .map(Some)
            .map_err(|error| format!("`{name}` is not valid: {error}"));
    }

    /// Returns the value of a member that has to be set.
    pub(crate) fn required(self, name: &str) -> Result<T, String> {
        self.0?
            .ok_or_else(|| format!("`{name}` is required and was not given"))
    }

    /// Returns the value of a member that need not be set.
    pub(crate) fn optional(self) -> Result<Option<T>, String> {
        self.0
    }
}

/// Does not show the value, which may be a secret.
impl<T> fmt::Debug for Member<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Ok(Some(_)) => "given",
            Ok(None) => "not given",
            Err(_) => "not valid",
        })
    }
}
