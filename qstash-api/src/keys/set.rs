//! The keys of one region at one moment, and what becomes of them when the service gives others.

use std::fmt;

use super::pair::KeyPair;
use super::signing_key::SigningKey;
use crate::timestamp::Timestamp;

/// So many previous keys, and so many forgotten ones, are kept at most; those that live longest stay. At one rotation a
/// minute there are seven.
const MAX_PREVIOUS: usize = 32;

/// The name of a key in its ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum KeyName {
    /// The key that deliveries are signed with now.
    Current,
    /// The key that they will be signed with after the next rotation.
    Next,
    /// A key that left the ring's pair a moment ago.
    Previous,
}

impl KeyName {
    /// Returns the name in lower case, for logs and metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Next => "next",
            Self::Previous => "previous",
        }
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The outcome of [`KeyRing::adopt`](super::KeyRing::adopt).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Adoption {
    /// The ring holds this pair already.
    Unchanged,
    /// One rotation: the ring's next key is the current one now, the outgoing key a previous one.
    Rotated,
    /// Something else than one rotation: the service has rotated more than once, the ring was
    /// given another next key than the service has, or it had none. Both keys of the ring that
    /// are not in the pair are previous ones now.
    Replaced,
    /// The pair is older than what the ring holds: its current key is a previous one of the ring.
    /// An answer was overtaken by a later one. The ring is as it was.
    Stale,
}

/// A key that has left the pair, and is accepted a little longer.
#[derive(Clone)]
pub struct PreviousKey {
    key: SigningKey,
    until: Timestamp,
}

impl PreviousKey {
    /// Returns the key.
    #[must_use]
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Returns the time from which on the key is no longer accepted.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.until
    }
}

impl fmt::Debug for PreviousKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreviousKey")
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}

/// The keys of a ring at one moment. It does not change when the ring does.
#[derive(Clone)]
pub struct KeySet {
    current: SigningKey,
    next: Option<SigningKey>,
    /// Latest expiry first; never the current or the next key.
    previous: Vec<PreviousKey>,
    /// Previous keys that were forgotten before their time. They verify nothing, and an answer of the
    /// service that was overtaken does not bring them back.
    forgotten: Vec<PreviousKey>,
}

impl KeySet {
    pub(super) fn new(current: SigningKey, next: Option<SigningKey>) -> Self {
        Self {
            current,
            next,
            previous: Vec::new(),
            forgotten: Vec::new(),
        }
    }

    /// Returns the key that deliveries are signed with now.
    #[must_use]
    pub fn current(&self) -> &SigningKey {
        &self.current
    }

    /// Returns the key that they will be signed with after the next rotation; `None` in a ring of one key.
    #[must_use]
    pub fn next(&self) -> Option<&SigningKey> {
        self.next.as_ref()
    }

    /// Returns the keys that left the pair and are remembered, the one that lives longest first.
    #[must_use]
    pub fn previous(&self) -> &[PreviousKey] {
        &self.previous
    }

    /// Returns the current and the next key; `None` in a ring of one key.
    #[must_use]
    pub fn pair(&self) -> Option<KeyPair> {
        let next = self.next.clone()?;
        KeyPair::from_keys(self.current.clone(), next).ok()
    }

    /// Returns whether `pair` is the pair of this set.
    #[must_use]
    pub fn is_pair(&self, pair: &KeyPair) -> bool {
        let current = self.current == *pair.current();
        // Both keys are compared in any case, so the time does not tell which of them differs.
        current & (self.next.as_ref() == Some(pair.next()))
    }

    /// Returns the keys that are accepted at `now`: the current one, which signs nearly every
    /// delivery, then the next, then the previous ones.
    pub fn accepted(
        &self,
        now: impl Into<Timestamp>,
    ) -> impl Iterator<Item = (KeyName, &SigningKey)> {
        let now = now.into();
        let current = (KeyName::Current, &self.current);
        let next = self.next.iter().map(|key| (KeyName::Next, key));
        let previous = self.previous.iter().filter(move |key| now < key.until);
        std::iter::once(current)
            .chain(next)
            .chain(previous.map(|previous| (KeyName::Previous, &previous.key)))
    }

    /// The set after the service answered with `pair`: what leaves the pair lives until `until`.
    #[inline]
    pub(super) fn adopt(
        &self,
        pair: &KeyPair,
        now: Timestamp,
        until: Timestamp,
    ) -> (Self, Adoption) {
        let mut adopted = self.clone();
        adopted.previous.retain(|previous| now < previous.until);
        adopted.forgotten.retain(|forgotten| now < forgotten.until);
        let adoption = if self.is_pair(pair) {
            Adoption::Unchanged
        } else if adopted.remembers(pair.current()) {
            Adoption::Stale
        } else {
            // An equal key stays the one that it is, for those who have it at hand.
            if self.current != *pair.current() {
                adopted.current = pair.current().clone();
            }
            adopted.next = Some(pair.next().clone());
            for leaving in std::iter::once(&self.current).chain(&self.next) {
                adopted.keep(leaving.clone(), now, until);
            }
            adopted.previous.retain(|key| key.key != *pair.next());
            if self.next.as_ref() == Some(pair.current()) {
                Adoption::Rotated
            } else {
                Adoption::Replaced
            }
        };
        (adopted, adoption)
    }

    /// Remembers `key` as a previous one until `until`, unless it is in the pair or out of time.
    #[inline]
    pub(super) fn keep(&mut self, key: SigningKey, now: Timestamp, until: Timestamp) {
        if until <= now || key == self.current || self.next.as_ref() == Some(&key) {
            return;
        }
        match self.previous.iter_mut().find(|known| known.key == key) {
            Some(known) => known.until = known.until.max(until),
            // In front, so that among equals the ones to be dropped are the oldest.
            None => self.previous.insert(0, PreviousKey { key, until }),
        }
        keep_latest(&mut self.previous);
    }

    #[inline]
    pub(super) fn forget_previous(&mut self) {
        self.forgotten.append(&mut self.previous);
        keep_latest(&mut self.forgotten);
    }

    /// Returns whether the service had this key as its current one before.
    fn remembers(&self, key: &SigningKey) -> bool {
        let mut before = self.previous.iter().chain(&self.forgotten);
        before.any(|before| before.key == *key)
    }
}

/// Puts the keys that live longest first, and drops what is too many.
fn keep_latest(keys: &mut Vec<PreviousKey>) {
    keys.sort_by_key(|key| std::cmp::Reverse(key.until));
    keys.truncate(MAX_PREVIOUS);
}

impl fmt::Debug for KeySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeySet")
            .field("has_next", &self.next.is_some())
            .field("previous", &self.previous)
            .finish_non_exhaustive()
    }
}
