use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::clock::Millis;

/// A queue: delivers its messages in order, so many at once.
#[derive(Clone, Debug)]
pub(crate) struct Queue {
    pub(crate) name: String,
    pub(crate) parallelism: u64,
    pub(crate) is_paused: bool,
    pub(crate) created_at: Millis,
    pub(crate) updated_at: Millis,
    /// The number of messages that are neither delivered nor given up.
    pub(crate) lag: usize,
    /// Messages that were started and are neither delivered nor given up; each holds a place.
    pub(crate) active: BTreeSet<u64>,
}

impl Queue {
    pub(crate) fn new(name: &str, now: Millis) -> Self {
        Self {
            name: name.to_owned(),
            parallelism: 1,
            is_paused: false,
            created_at: now,
            updated_at: now,
            lag: 0,
            active: BTreeSet::new(),
        }
    }

    /// Returns whether a message may start now.
    pub(crate) fn admits(&self, number: u64) -> bool {
        let places = usize::try_from(self.parallelism).unwrap_or(usize::MAX);
        !self.is_paused && (self.active.contains(&number) || self.active.len() < places)
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "name": self.name,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
            "parallelism": self.parallelism,
            "paused": self.is_paused,
            "lag": self.lag,
        })
    }
}
