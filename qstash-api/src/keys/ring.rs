//! The ring: the keys of one region, shared by all who verify.

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::environment;
use super::pair::KeyPair;
use super::set::{Adoption, KeySet};
use super::shared::SharedKeys;
use super::signing_key::SigningKey;
use super::{KeyName, PREVIOUS_KEY_LIFETIME};
use crate::environment::EnvironmentError;
use crate::invalid_key::InvalidKey;
use crate::timestamp::Timestamp;

/// The signing keys of one region: current, next, and previous ones that are still accepted.
///
/// Clones are handles on the same ring. Reading takes no lock, and a reader sees the keys either
/// before or after a change.
#[derive(Clone)]
pub struct KeyRing(Arc<SharedKeys>);

impl KeyRing {
    /// Creates a ring from the text of the current and the next key.
    ///
    /// # Errors
    ///
    /// Refuses what [`KeyPair::new`] refuses.
    pub fn new(current: impl Into<String>, next: impl Into<String>) -> Result<Self, InvalidKey> {
        KeyPair::new(current, next).map(Self::from)
    }

    /// Creates a ring of the current key alone.
    ///
    /// Such a ring refuses every delivery from the next rotation on, until [`KeyRing::adopt`]
    /// completes it. Prefer [`KeyRing::new`] wherever the next key is known.
    #[must_use]
    pub fn from_current(current: SigningKey) -> Self {
        Self::of(KeySet::new(current, None))
    }

    /// Creates the ring of the local development server.
    ///
    /// Its keys are published, so a receiver with this ring accepts deliveries from anybody.
    #[must_use]
    pub fn development() -> Self {
        Self::from(KeyPair::development())
    }

    /// Creates the ring of the one region that the environment describes.
    ///
    /// - `QSTASH_DEV` = `1` or `true`: [`KeyRing::development`]. Never set this in production.
    /// - `QSTASH_REGION` = `EU_CENTRAL_1` or `US_EAST_1`: the variables below with the region and
    ///   `_` before their names, if these are set; else the ones below.
    /// - `QSTASH_CURRENT_SIGNING_KEY` and `QSTASH_NEXT_SIGNING_KEY`.
    ///
    /// For a receiver of deliveries from several regions see
    /// [`KeyRings::from_env`](super::KeyRings::from_env).
    ///
    /// # Errors
    ///
    /// Names the variable that is missing, half of a pair, or wrong.
    #[inline]
    pub fn from_env() -> Result<Self, EnvironmentError> {
        Self::from_lookup(|name| std::env::var_os(name))
    }

    /// Does the same as [`KeyRing::from_env`], with `lookup` in place of the environment.
    ///
    /// # Errors
    ///
    /// Names the variable that is missing, half of a pair, or wrong.
    #[inline]
    pub fn from_lookup(
        mut lookup: impl FnMut(&str) -> Option<OsString>,
    ) -> Result<Self, EnvironmentError> {
        environment::home(&mut lookup).map(|(_, pair)| Self::from(pair))
    }

    /// Returns the keys as they are now.
    #[must_use]
    pub fn keys(&self) -> Arc<KeySet> {
        Arc::clone(&self.0.load())
    }

    /// Takes over the pair that the service gave at `now`, and keeps what leaves
    /// the ring as previous keys for [`PREVIOUS_KEY_LIFETIME`].
    ///
    /// | the ring has `A`, `B`; the service | previous keys then | answer |
    /// |---|---|---|
    /// | `A`, `B` | none new | [`Adoption::Unchanged`] |
    /// | `B`, `C` (one rotation) | `A` | [`Adoption::Rotated`] |
    /// | `C`, `D` (two or more) | `A` and `B`: each may have signed what is under way | [`Adoption::Replaced`] |
    /// | `A`, `C` (the ring's next key was wrong) | `B` | [`Adoption::Replaced`] |
    /// | `Z`, `A` with `Z` previous (an old answer) | as they were | [`Adoption::Stale`] |
    ///
    /// The rule behind the table: a key that was accepted a moment ago stays accepted for as long
    /// as a token signed with it can live, and a current key that has gone does not come back.
    /// Calling this again with the same pair changes nothing, in particular no lifetimes; calls
    /// from several threads have the effect of one after the other.
    #[inline]
    pub fn adopt(&self, pair: &KeyPair, now: impl Into<Timestamp>) -> Adoption {
        self.adopt_with_lifetime(pair, now, PREVIOUS_KEY_LIFETIME)
    }

    /// Does the same as [`KeyRing::adopt`], for receivers with another leeway than the default: `lifetime`
    /// should be [`SIGNATURE_LIFETIME`](super::SIGNATURE_LIFETIME) and twice the leeway.
    ///
    /// With a lifetime of zero the keys that leave are forgotten at once, and deliveries that are
    /// under way with them are refused.
    #[inline]
    pub fn adopt_with_lifetime(
        &self,
        pair: &KeyPair,
        now: impl Into<Timestamp>,
        lifetime: Duration,
    ) -> Adoption {
        let now = now.into();
        let until = now + lifetime;
        self.0.change(|keys| keys.adopt(pair, now, until))
    }

    /// Accepts `key` as a previous one until `until`: for a verifier that starts
    /// soon after a rotation and was given the outgoing key along with the pair.
    ///
    /// Does nothing when the key is in the pair, or `until` is not after `now`.
    #[inline]
    pub fn add_previous(
        &self,
        key: &SigningKey,
        now: impl Into<Timestamp>,
        until: impl Into<Timestamp>,
    ) {
        let (now, until) = (now.into(), until.into());
        self.0.change(|keys| {
            let mut kept = keys.clone();
            kept.keep(key.clone(), now, until);
            (kept, ())
        });
    }

    /// Forgets all previous keys at once: for a key that has leaked. Deliveries under way with it
    /// are refused from here on, and the service tries them again, signed with the current key.
    ///
    /// An answer of the service that is older than the rotation, and comes in after this, does not
    /// bring them back.
    #[inline]
    pub fn forget_previous(&self) {
        self.0.change(|keys| {
            let mut kept = keys.clone();
            kept.forget_previous();
            (kept, ())
        });
    }

    /// The name of the first accepted key under which `tag` is the MAC of `message`.
    #[inline]
    pub(crate) fn find(&self, message: &[u8], tag: &[u8; 32], now: Timestamp) -> Option<KeyName> {
        self.0.find(message, tag, now)
    }

    fn of(keys: KeySet) -> Self {
        Self(Arc::new(SharedKeys::new(keys)))
    }
}

impl From<KeyPair> for KeyRing {
    fn from(pair: KeyPair) -> Self {
        Self::of(KeySet::new(
            pair.current().clone(),
            Some(pair.next().clone()),
        ))
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeyRing").field(&self.0.load()).finish()
    }
}
