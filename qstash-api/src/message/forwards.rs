//! Headers that travel with a message.

use std::fmt;

use crate::invalid::InvalidMessage;
use crate::wire;

/// Headers by name. Names differ in more than their case.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Forwards(Vec<(String, String)>);

impl Forwards {
    /// Adds a header, or replaces the one with the same name.
    pub(crate) fn set(&mut self, name: String, value: String) {
        self.0
            .retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
        self.0.push((name, value));
    }

    /// The headers, after a check that `{prefix}{name}` can carry each.
    pub(crate) fn checked(
        &self,
        prefix: &str,
    ) -> Result<impl Iterator<Item = (&str, &str)>, InvalidMessage> {
        for (name, value) in &self.0 {
            wire::check_name(name)?;
            wire::check_value(&format!("{prefix}{name}"), value)?;
        }
        Ok(self
            .0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

/// Shows the names only, because the values may be credentials.
impl fmt::Debug for Forwards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}
