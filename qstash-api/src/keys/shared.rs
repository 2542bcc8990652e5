//! The keys of a ring as several threads share them: many who verify, and now and then one who changes them.

use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::{ArcSwap, Guard};

use super::KeyName;
use super::set::KeySet;
use super::signing_key::SigningKey;
use crate::timestamp::Timestamp;

/// A set of keys that is swapped as a whole. Reading it takes no lock.
pub(super) struct SharedKeys {
    /// The current key of `keys`. It has signed nearly every delivery, and with a place of its own it is found without
    /// a look at the rest, so that a change of other keys costs those who verify nothing.
    current: ArcSwap<SigningKey>,
    keys: ArcSwap<KeySet>,
    /// Held by those who change the keys, one after the other, and never by those who read them.
    turn: Mutex<()>,
}

impl SharedKeys {
    pub(super) fn new(keys: KeySet) -> Self {
        Self {
            current: ArcSwap::from_pointee(keys.current().clone()),
            keys: ArcSwap::from_pointee(keys),
            turn: Mutex::new(()),
        }
    }

    pub(super) fn load(&self) -> Guard<Arc<KeySet>> {
        self.keys.load()
    }

    /// Puts what `change` makes of the keys in their place. Nobody else changes them meanwhile.
    pub(super) fn change<T>(&self, change: impl FnOnce(&KeySet) -> (KeySet, T)) -> T {
        // The keys are written after all that could panic, so they are good whoever held the lock before.
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let (changed, answer) = change(&self.keys.load());
        // The current key goes first. Between the two, whoever has the outgoing one still finds it in the set, and
        // afterwards it is accepted by nobody unless the set says so.
        if !self.current.load().is_clone_of(changed.current()) {
            self.current.store(Arc::new(changed.current().clone()));
        }
        self.keys.store(Arc::new(changed));
        drop(turn);
        answer
    }

    /// The name of the first accepted key under which `tag` is the MAC of `message`.
    #[inline]
    pub(super) fn find(&self, message: &[u8], tag: &[u8; 32], now: Timestamp) -> Option<KeyName> {
        let current = self.current.load();
        if current.verifies(message, tag) {
            return Some(KeyName::Current);
        }
        // The set may have another current key by now, which is tried with the rest.
        self.keys
            .load()
            .accepted(now)
            .find(|(_, key)| !key.is_clone_of(&current) && key.verifies(message, tag))
            .map(|(name, _)| name)
    }
}
