//! Signing keys: the keys that deliveries are signed with, and a ring of them that outlives rotations.
//!
//! QStash signs each delivery with the *current* key and announces the *next* one. A rotation
//! makes the next key the current one and announces a fresh next. Deliveries signed a moment
//! before are still under way then, and a verifier that has forgotten the outgoing key refuses
//! them. So a [`KeyRing`] keeps the outgoing key as a *previous* one, for as long as a token
//! signed with it can live.
//!
//! The keys that a verifier accepts during a rotation from `A` (current), `B` (next) to `B`, `C`:
//!
//! | the ring holds | signed with `A`, under way | signed with `B` | signed with `C`, after a second rotation |
//! |---|---|---|---|
//! | `A`, `B`: never told | yes | yes, as next | **no** |
//! | `B`, `C`: told, `A` forgotten | **no** | yes | yes, as next |
//! | `B`, `C` and `A` as previous: [`KeyRing::adopt`] | yes | yes | yes, as next |
//!
//! A ring is cheap to clone, and every clone sees the same keys: give one clone to each
//! [`Receiver`](crate::receiver::Receiver) and keep one to call [`KeyRing::adopt`] on. Readers
//! never wait for a lock.
//!
//! Who calls it: [`refresh`] keeps a ring as the service's keys are, and [`rotation`] rotates them. With a
//! [`challenge`], a verifier proves that it holds them.
//!
//! Regions share no keys, so each region has its own ring; [`KeyRings`] holds several.
//!
//! ```
//! use std::time::SystemTime;
//! use qstash_api::keys::{Adoption, KeyPair, KeyRing};
//!
//! let ring = KeyRing::new("sig_a", "sig_b")?;
//! // The service has rotated; the pair comes from its answer.
//! let adoption = ring.adopt(&KeyPair::new("sig_b", "sig_c")?, SystemTime::now());
//! assert_eq!(adoption, Adoption::Rotated);
//! assert_eq!(ring.keys().previous().len(), 1);
//! # Ok::<(), qstash_api::keys::InvalidKey>(())
//! ```
//!
//! Nothing in here prints a key, or anything derived from one: `Debug` shows names, times and
//! counts, because a fingerprint of a key would let whoever reads the logs test guesses.

pub mod challenge;
mod environment;
mod pair;
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub mod refresh;
mod ring;
mod rings;
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub mod rotation;
#[cfg(feature = "client")]
mod service;
mod set;
mod shared;
mod signing_key;

#[doc(no_inline)]
pub use crate::environment::{EnvironmentError, VariableProblem};
pub use crate::invalid_key::InvalidKey;
#[doc(no_inline)]
pub use crate::region::{Region, UnknownRegion};
pub use pair::KeyPair;
pub use ring::KeyRing;
pub use rings::KeyRings;
pub use set::{Adoption, KeyName, KeySet, PreviousKey};
pub use signing_key::SigningKey;

use std::time::Duration;

/// The lifetime of a delivery's token: `exp` is this much after `iat`.
pub const SIGNATURE_LIFETIME: Duration = Duration::from_secs(300);

/// The time for which [`KeyRing::adopt`] keeps an outgoing key: 420 seconds.
///
/// That is the [`SIGNATURE_LIFETIME`] and twice the receiver's default leeway of 60 seconds. Once for
/// the leeway that the receiver grants an expired token, and once because its clock may be that
/// much ahead of the service's when it learns of the rotation. A receiver with another leeway
/// wants another time: see [`KeyRing::adopt_with_lifetime`].
pub const PREVIOUS_KEY_LIFETIME: Duration = Duration::from_secs(420);
