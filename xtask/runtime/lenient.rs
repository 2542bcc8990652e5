//! Reading what a service sends where its description says something narrower.

use serde::{Deserialize, Deserializer};

/// Reads a collection and takes JSON `null` as an empty one.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
