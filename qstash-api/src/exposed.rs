//! Secrets in storage.

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use crate::keys::{KeyPair, SigningKey};

/// A signing key, or a pair of them, that is written as it is.
///
/// They are read by `serde` like any other text, and written by nothing but this wrapper, so that what writes one says
/// so. The answers of the service, such as [`SigningKeys`](crate::types::SigningKeys), are written as they came.
///
///
/// ```
/// use qstash_api::Exposed;
/// use qstash_api::keys::KeyPair;
///
/// let pair = KeyPair::new("sig_a", "sig_b")?;
/// let stored = serde_json::to_string(&Exposed(&pair))?;
/// assert_eq!(stored, r#"{"current":"sig_a","next":"sig_b"}"#);
/// assert_eq!(serde_json::from_str::<KeyPair>(&stored)?, pair);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Exposed<'a, T>(pub &'a T);

impl Serialize for Exposed<'_, SigningKey> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose())
    }
}

impl Serialize for Exposed<'_, KeyPair> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pair = serializer.serialize_struct("KeyPair", 2)?;
        pair.serialize_field("current", self.0.current().expose())?;
        pair.serialize_field("next", self.0.next().expose())?;
        pair.end()
    }
}

#[cfg(feature = "client")]
impl Serialize for Exposed<'_, crate::Token> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose())
    }
}
