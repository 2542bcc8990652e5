//! Values that must not be seen.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// A secret that the service sends or takes, such as a key.
///
/// `Debug` does not show it, and there is no `Display`. [`Secret::expose`] does, and so does serializing it:
/// both say so in the code that does it.
///
/// Two secrets cannot be compared with `==`, which would take a time that depends on them.
#[derive(Clone, Serialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The secret itself. Keep it out of logs, messages and URLs.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self(secret)
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self(secret.to_owned())
    }
}

/// Reads a string. An error does not quote what stands there instead.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The error for a value of another type is this one, and that for a missing field still names it.
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a secret that is not a string")]
        enum Text {
            Text(String),
        }
        let Text::Text(secret) = Text::deserialize(deserializer)?;
        Ok(Self(secret))
    }
}
