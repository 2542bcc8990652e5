//! Verification of the messages that QStash delivers.
//!
//! A delivery is an ordinary request, and anybody who knows the URL can send one like it. It
//! is genuine by the `Upstash-Signature` header: a short-lived token, signed with a key that
//! only the service and you have, that names the URL the message was sent to and the hash of its
//! body. A [`Receiver`] checks all of it:
//!
//! ```
//! use qstash_api::Timestamp;
//! use qstash_api::keys::{KeyName, KeyRing};
//! use qstash_api::receiver::{Delivery, Receiver, Rejection};
//!
//! let ring = KeyRing::new("sig_a", "sig_b")?;
//! let receiver = Receiver::new(&ring);
//!
//! // The header's value, and the body's bytes as they arrived.
//! let signature = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiIiLCJib2R5IjoiaTh1czVLaGJfV1Z\
//!                  TWk5VR1k5RUFBSktDVFpRaDFCYTJoVUFxaWhqcU10TT0iLCJleHAiOjE3NjAwMDAzMDAsImlhdCI\
//!                  6MTc2MDAwMDAwMCwiaXNzIjoiVXBzdGFzaCIsImp0aSI6Imp3dF83IiwibmJmIjotNjIxMzU1OTY\
//!                  4MDAsInN1YiI6Imh0dHBzOi8vZXhhbXBsZS5jb20vb3JkZXJzIn0.1Ww72tGG6St1dXu1b3Q1H_J\
//!                  KbBm_3kR1yeLCWbCjHLs";
//! let body = br#"{"order":7}"#;
//!
//! let delivery = Delivery::new(Some(signature))
//!     .with_url("https://example.com/orders")
//!     .at(Timestamp::from_unix_secs(1_760_000_060)); // Leave this out: the receiver has a clock.
//! let verified = receiver.verify(delivery, body)?;
//! assert_eq!(verified.key(), KeyName::Current);
//! assert_eq!(verified.jwt_id(), "jwt_7");
//!
//! // A minute later than the token lives, and with another body:
//! let late = delivery.at(Timestamp::from_unix_secs(1_760_000_360));
//! assert_eq!(receiver.verify(late, body), Err(Rejection::Expired));
//! let rejection = receiver.verify(delivery, b"{}").unwrap_err();
//! assert_eq!(rejection, Rejection::BodyMismatch);
//! assert_eq!(rejection.status(), 401);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What to give it
//!
//! - **The raw body.** A body that was parsed and written again is another body.
//! - **The URL** that messages are published to, with [`Delivery::with_url`], byte for byte.
//! - **Rings that are kept up to date.** A [`KeyRing`](crate::keys::KeyRing) told of rotations
//!   with [`adopt`](crate::keys::KeyRing::adopt) accepts what is under way during one. A
//!   [`RefreshingReceiver`] asks the service for keys that its rings do not know.
//! - **The id of the message**, with [`Delivery::with_message_id`], to have it with the rest of
//!   what is known. It is in a header of its own and not signed.
//! - Where deliveries come from two regions, rings of both ([`KeyRings`]) and the `upstash-region`
//!   header as a hint ([`Delivery::with_region`]).
//!
//! A body that is not in memory as a whole is verified while it is read: see [`Receiver::begin`].
//!
//! # What it does with it
//!
//! The MAC comes first. Until one of the keys has proven the token, nothing in it is parsed, only
//! measured and split, so that a forger reaches no parser. Then the token must be exactly what the
//! service sends: HS256, each member of its JSON once, claims of the right types, issued by
//! `Upstash`, not expired, not from the future, for this URL, and with the hash of this body. The
//! variations that the service is known for are let through: any audience, a body hash with or without padding,
//! and an `nbf` that is absent, zero, or in the year 1.
//!
//! `exp`, `nbf` and `iat` are read with a leeway of 60 seconds ([`DEFAULT_LEEWAY`]).
//!
//! # What can be learnt from how long it takes
//!
//! MACs are compared in constant time. The keys are tried in turn, and the first that fits ends
//! the search: to a forger, for whom no key fits, every attempt takes the time of all keys, and
//! whoever has a token that fits learns from the time which key made it, which is no secret,
//! as it follows from when the service rotated. Checks of claims and body stop at the first that
//! fails; they run for signed tokens alone.
//!
//! # What it does not do
//!
//! It does not remember tokens. Within its five minutes a delivery can be sent again by whoever
//! saw it: where that matters, remember [`Verified::jwt_id`] for as long. And the service
//! itself delivers at least once, so what a handler does has to bear being done twice;
//! [`Verified::message_id`] tells when it was.

mod claims;
mod delivery;
mod header;
mod jwt;
mod members;
#[cfg(feature = "client")]
mod refreshing;
mod rejection;
mod url_mismatch;
mod verify;
mod verifying;

#[doc(no_inline)]
pub use crate::clock::Clock;
pub use claims::Claims;
pub use delivery::Delivery;
pub use jwt::{MAX_CLAIMS_LEN, MAX_DESTINATION_LEN, MAX_SIGNATURE_HEADER_LEN, MAX_SIGNATURE_LEN};
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub use refreshing::RefreshingReceiver;
#[cfg(feature = "tower")]
pub(crate) use rejection::refused;
pub use rejection::{Malformed, Rejection};
pub use url_mismatch::UrlMismatch;
pub use verify::{Verify, VerifyError};
pub use verifying::{Verified, Verifying};

use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::environment::EnvironmentError;
use crate::keys::KeyRings;
use crate::timestamp::Timestamp;
use jwt::Token;

/// The default of the time that the clocks of the service and the receiver may be apart: 60 seconds.
///
/// A clock that is set over the network is off by far less, but one that has just woken up from
/// a pause may not be. A minute covers that and adds no more than a fifth to the time in which a
/// token can be used again.
pub const DEFAULT_LEEWAY: Duration = Duration::from_secs(60);

/// The longest body that is hashed: 64 MiB. See [`Receiver::with_body_limit`].
pub const DEFAULT_BODY_LIMIT: u64 = 64 * 1024 * 1024;

/// Verifies delivered messages against one ring of keys or several.
///
/// Cheap to clone; clones share the rings.
#[derive(Clone, Debug)]
pub struct Receiver {
    rings: KeyRings,
    leeway: i64,
    body_limit: u64,
    clock: Clock,
}

impl Receiver {
    /// Creates a receiver with these keys, the default leeway and limit, and the system's clock.
    #[must_use]
    pub fn new(rings: impl Into<KeyRings>) -> Self {
        Self {
            rings: rings.into(),
            leeway: whole_seconds(DEFAULT_LEEWAY),
            body_limit: DEFAULT_BODY_LIMIT,
            clock: Clock::system(),
        }
    }

    /// Creates a receiver with the keys of [`KeyRings::from_env`].
    ///
    /// # Errors
    ///
    /// Names the variable that is missing, half of a pair, or wrong.
    #[inline]
    pub fn from_env() -> Result<Self, EnvironmentError> {
        KeyRings::from_env().map(Self::new)
    }

    /// Allows the clocks to be this far apart, in whole seconds, for `exp`, `nbf` and `iat` alike.
    ///
    /// The rings should keep previous keys twice as much longer: see
    /// [`KeyRing::adopt_with_lifetime`](crate::keys::KeyRing::adopt_with_lifetime).
    #[must_use]
    pub fn with_leeway(mut self, leeway: Duration) -> Self {
        self.leeway = whole_seconds(leeway);
        self
    }

    /// Refuses bodies of more than `bytes` bytes. As the body is hashed and not kept, this bounds
    /// time rather than memory.
    #[must_use]
    pub fn with_body_limit(mut self, bytes: u64) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Reads the time from `clock`.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Returns the rings of this receiver.
    #[must_use]
    pub fn rings(&self) -> &KeyRings {
        &self.rings
    }

    /// Verifies a delivery whose body is there as a whole.
    ///
    /// # Errors
    ///
    /// Says why the delivery is not accepted.
    #[inline]
    pub fn verify<'a>(
        &self,
        delivery: impl Into<Delivery<'a>>,
        body: &[u8],
    ) -> Result<Verified, Rejection> {
        let mut verifying = self.begin(delivery)?;
        verifying.update(body)?;
        verifying.finish()
    }

    /// Verifies a delivery whose body is still to be read: everything but the body at once, and
    /// the body as it is given to the answer.
    ///
    /// ```no_run
    /// # fn read(receiver: &qstash_api::receiver::Receiver, signature: &str, mut body: impl std::io::Read)
    /// # -> Result<(), Box<dyn std::error::Error>> {
    /// let mut verifying = receiver.begin(signature)?;
    /// let mut chunk = [0; 8192];
    /// loop {
    ///     let length = body.read(&mut chunk)?;
    ///     if length == 0 {
    ///         break;
    ///     }
    ///     verifying.update(&chunk[..length])?;
    /// }
    /// let verified = verifying.finish()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Says why the delivery will not be accepted whatever its body is.
    #[inline]
    pub fn begin<'a>(&self, delivery: impl Into<Delivery<'a>>) -> Result<Verifying, Rejection> {
        let delivery = delivery.into();
        let now = self.time_of(&delivery);
        let token = Token::split(delivery.signature)?;
        let hint = delivery.region.and_then(|region| region.parse().ok());
        let (region, key) = self
            .rings
            .find(hint, token.signed, &token.tag, now)
            .ok_or(Rejection::UnknownKey)?;
        Ok(Verifying {
            hash: Sha256::new(),
            room: Some(self.body_limit),
            verified: Verified {
                key,
                region,
                message_id: delivery.message_id.map(Box::from),
                claims: self.check(&token, &delivery, now)?,
            },
        })
    }

    /// Returns whether a delivery would have been begun if only its key were known.
    ///
    /// This **proves nothing**, and anybody can make such a delivery. It is for those who decide,
    /// after [`Rejection::UnknownKey`], whether it is worth asking the service for new keys: a
    /// delivery that would be refused under any key is not.
    #[must_use]
    #[inline]
    pub fn is_valid_but_for_key<'a>(&self, delivery: impl Into<Delivery<'a>>) -> bool {
        let delivery = delivery.into();
        let now = self.time_of(&delivery);
        Token::split(delivery.signature)
            .and_then(|token| self.check(&token, &delivery, now))
            .is_ok()
    }

    fn time_of(&self, delivery: &Delivery<'_>) -> Timestamp {
        delivery.now.unwrap_or_else(|| self.clock.now())
    }

    /// Reads the claims and checks all but the body's hash.
    #[inline]
    fn check(
        &self,
        token: &Token<'_>,
        delivery: &Delivery<'_>,
        now: Timestamp,
    ) -> Result<Claims, Rejection> {
        let now = now.as_unix_secs();
        header::check(token.header)?;
        let claims = Claims::read(token.claims)?;
        let latest = now.saturating_add(self.leeway);
        if !claims.issuer_is_service {
            Err(Rejection::Issuer)
        } else if now >= claims.expires_at.saturating_add(self.leeway) {
            Err(Rejection::Expired)
        } else if claims.issued_at > latest || claims.not_before > Some(latest) {
            Err(Rejection::NotYetValid)
        } else if let Some(mismatch) = delivery.mismatch(claims.subject()) {
            Err(Rejection::UrlMismatch(Box::new(mismatch)))
        } else {
            Ok(claims)
        }
    }
}

fn whole_seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
