//! The keys as the service has them.

use super::pair::KeyPair;
use super::ring::KeyRing;
use crate::client::Client;
use crate::error::Error;
use crate::generated::types::SigningKeys;
use crate::invalid_key::InvalidKey;

impl KeyRing {
    /// Reads a ring of the keys that the service has now, by `GET /v2/keys`.
    ///
    /// Keep it up to date with a [`KeyRefresh`](super::refresh::KeyRefresh). A verifier that starts
    /// soon after a rotation does not learn of the outgoing key in this way: deliveries that are
    /// under way with it are refused, and the service tries them again. See
    /// [`KeyRing::add_previous`].
    ///
    /// # Errors
    ///
    /// The service was not reached, did not answer, or has not two different keys.
    pub async fn from_service(client: &Client) -> Result<Self, Error> {
        read(client).await.map(Self::from)
    }
}

/// Reads the pair that the service has now.
pub(super) async fn read(client: &Client) -> Result<KeyPair, Error> {
    let answer = client.get_signing_keys().send().await?;
    pair(&answer, "get_signing_keys")
}

/// Rotates, once: the client sends this request once whatever its policy is, and is told so again.
pub(super) async fn rotate(client: &Client) -> Result<KeyPair, Error> {
    let once = client.with_retry(crate::RetryPolicy::never());
    let answer = once.rotate_signing_keys().send().await?;
    pair(&answer, "rotate_signing_keys")
}

/// The keys in an answer, for a ring to [adopt](KeyRing::adopt).
impl TryFrom<&SigningKeys> for KeyPair {
    type Error = InvalidKey;

    fn try_from(keys: &SigningKeys) -> Result<Self, InvalidKey> {
        Self::new(keys.current.expose(), keys.next.expose())
    }
}

fn pair(keys: &SigningKeys, operation: &'static str) -> Result<KeyPair, Error> {
    KeyPair::try_from(keys).map_err(|problem| {
        let what = "the keys in the answer are not two different signing keys";
        Error::service(what)
            .with_operation(operation)
            .with_source(problem)
    })
}
