use std::collections::{HashMap, VecDeque};

use crate::clock::Millis;

/// The time that a deduplication id counts.
const WINDOW: Millis = 10 * 60 * 1000;

/// The deduplication ids that count now, each with the message that it stands for.
#[derive(Debug, Default)]
pub(crate) struct Duplicates {
    messages: HashMap<String, (Millis, String)>,
    /// In the order in which they end.
    ends: VecDeque<(Millis, String)>,
}

impl Duplicates {
    /// Returns the message that a key stands for.
    pub(super) fn find(&mut self, key: &str, now: Millis) -> Option<&str> {
        while self.ends.front().is_some_and(|(until, _)| *until <= now) {
            let Some((until, key)) = self.ends.pop_front() else {
                break;
            };
            if self
                .messages
                .get(&key)
                .is_some_and(|(end, _)| *end == until)
            {
                self.messages.remove(&key);
            }
        }
        self.messages.get(key).map(|(_, id)| id.as_str())
    }

    pub(super) fn insert(&mut self, key: String, id: String, now: Millis) {
        let until = now.saturating_add(WINDOW);
        self.ends.push_back((until, key.clone()));
        self.messages.insert(key, (until, id));
    }
}
