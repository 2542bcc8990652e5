//! A delivery whose signature is good and whose body is still coming in.

use std::fmt;

use sha2::{Digest, Sha256};

use super::claims::Claims;
use super::rejection::Rejection;
use crate::keys::{KeyName, Region};

/// A delivery whose signature and claims are good, and whose body is being read.
///
/// Hashes what [`Verifying::update`] is given and keeps none of it. Nothing of the delivery may be
/// acted upon before [`Verifying::finish`] has said that the body is the one that was signed;
/// until then not even the claims are to be had.
#[must_use = "only `finish` says whether the body is the one that was signed"]
pub struct Verifying {
    pub(super) hash: Sha256,
    /// The number of bytes that may still come; `None` when too many have.
    pub(super) room: Option<u64>,
    pub(super) verified: Verified,
}

impl Verifying {
    /// Takes in the next piece of the body.
    ///
    /// # Errors
    ///
    /// [`Rejection::BodyTooLong`] when all pieces together exceed the receiver's limit. No later
    /// call succeeds then.
    pub fn update(&mut self, chunk: &[u8]) -> Result<(), Rejection> {
        let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        self.room = self.room.and_then(|room| room.checked_sub(length));
        if self.room.is_none() {
            return Err(Rejection::BodyTooLong);
        }
        self.hash.update(chunk);
        Ok(())
    }

    /// Says whether the body, which ends here, is the one that was signed.
    ///
    /// # Errors
    ///
    /// [`Rejection::BodyMismatch`] when it is another one, [`Rejection::BodyTooLong`] when an update was
    /// refused.
    pub fn finish(self) -> Result<Verified, Rejection> {
        if self.room.is_none() {
            return Err(Rejection::BodyTooLong);
        }
        // Both hashes are known to whoever sends the request, so this comparison has no secret.
        if self.hash.finalize().as_slice() == self.verified.claims.body {
            Ok(self.verified)
        } else {
            Err(Rejection::BodyMismatch)
        }
    }
}

impl fmt::Debug for Verifying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifying")
            .field("key", &self.verified.key)
            .field("room", &self.room)
            .finish_non_exhaustive()
    }
}

/// A delivery that was verified, body and all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub(super) key: KeyName,
    pub(super) region: Option<Region>,
    pub(super) message_id: Option<Box<str>>,
    pub(super) claims: Claims,
}

impl Verified {
    /// Returns which key has signed the delivery. Deliveries signed with the next key mean that the
    /// service has rotated, and that the ring does not know it yet.
    #[must_use]
    pub fn key(&self) -> KeyName {
        self.key
    }

    /// Returns the region of the ring that the key is in, where the ring has one. This is proven by the
    /// key, unlike the region in the request's header.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        self.region
    }

    /// Returns the claims of the token.
    #[must_use]
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// Returns the claims, without the rest.
    #[must_use]
    pub fn into_claims(self) -> Claims {
        self.claims
    }

    /// Returns the id of the message, which publish answered with, where it was given to
    /// [`Delivery::with_message_id`](super::Delivery::with_message_id); the tower layer gives it.
    ///
    /// It is the same in every attempt at a message, so it is the one to recognise a message by
    /// that the service delivers twice. **It is not signed**: no claim holds it, and whoever sends
    /// a delivery again can put another one into the header. The signed id is
    /// [`Verified::jwt_id`].
    #[must_use]
    pub fn message_id(&self) -> Option<&str> {
        self.message_id.as_deref()
    }

    /// Returns the id of the token (`jti`), which is signed, and another one in every attempt.
    ///
    /// It is the one to remember against a delivery that somebody else sends again.
    #[must_use]
    pub fn jwt_id(&self) -> &str {
        self.claims.jwt_id()
    }
}
