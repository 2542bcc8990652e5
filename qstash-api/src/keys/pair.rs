//! The pair of keys that the service answers with.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer};

use super::signing_key::SigningKey;
use crate::invalid_key::InvalidKey;

/// The token's key of the development server, as its makers publish it.
const DEVELOPMENT_CURRENT: &str = "sig_7kYjw48mhY7kAjqNGcy6cr29RJ6r";
/// The development server's next key, which never comes into use.
const DEVELOPMENT_NEXT: &str = "sig_5ZB6DVzB1wjE8S6rZ7eenA8Pdnhs";

/// The current and the next signing key of one region, as the service gives them out.
///
/// The answer to `get_signing_keys` or `rotate_signing_keys` becomes one by `KeyPair::try_from(&answer)`. Pairs
/// compare in a time that tells nothing of their keys.
#[derive(Clone)]
pub struct KeyPair {
    current: SigningKey,
    next: SigningKey,
}

impl KeyPair {
    /// Creates a pair from the text of both keys.
    ///
    /// # Errors
    ///
    /// Refuses what [`SigningKey::new`] refuses, and a pair whose keys are the same: such a ring
    /// would refuse everything after the next rotation.
    pub fn new(current: impl Into<String>, next: impl Into<String>) -> Result<Self, InvalidKey> {
        Self::from_keys(SigningKey::new(current)?, SigningKey::new(next)?)
    }

    /// Creates a pair of two keys.
    ///
    /// # Errors
    ///
    /// Refuses a pair whose keys are the same.
    pub fn from_keys(current: SigningKey, next: SigningKey) -> Result<Self, InvalidKey> {
        if current == next {
            return Err(InvalidKey::Repeated);
        }
        Ok(Self { current, next })
    }

    /// Creates the pair of the local development server, which everybody knows.
    pub(super) fn development() -> Self {
        #[expect(
            clippy::expect_used,
            reason = "the constants are two different, valid keys"
        )]
        Self::new(DEVELOPMENT_CURRENT, DEVELOPMENT_NEXT).expect("a valid pair")
    }

    /// Returns the key that deliveries are signed with now.
    #[must_use]
    pub fn current(&self) -> &SigningKey {
        &self.current
    }

    /// Returns the key that deliveries will be signed with after the next rotation.
    #[must_use]
    pub fn next(&self) -> &SigningKey {
        &self.next
    }
}

/// Both keys are compared in any case, so the time does not tell which of them differs.
impl PartialEq for KeyPair {
    fn eq(&self, other: &Self) -> bool {
        (self.current == other.current) & (self.next == other.next)
    }
}

impl Eq for KeyPair {}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyPair(..)")
    }
}

/// Reads an object with the members `current` and `next`, as the service has it. It is written by
/// [`Exposed`](crate::Exposed).
impl<'de> Deserialize<'de> for KeyPair {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut keys = BTreeMap::<String, SigningKey>::deserialize(deserializer)?;
        let mut take = |name| {
            keys.remove(name)
                .ok_or_else(|| de::Error::missing_field(name))
        };
        Self::from_keys(take("current")?, take("next")?).map_err(de::Error::custom)
    }
}
