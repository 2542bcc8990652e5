//! The contents of the page: everything that is few, and the newest of what is many.

use serde_json::{Value, json};

use super::State;
use crate::clock::Millis;
use crate::settings::Shapes;

/// The most things of a kind that are shown.
const SHOWN: usize = 200;

impl State {
    /// Returns what there is to see, each kind with its count.
    pub(crate) fn overview(&self, now: Millis, region: &str) -> Value {
        let shapes = Shapes::default();
        let keys = &self.signing_keys;
        let keys = [("current", &keys.current), ("next", &keys.next)];
        json!({
            "now": now,
            "region": region,
            "messages": some(self.messages.values().map(|message| message.to_json(shapes))),
            "queues": some(self.queues.values().map(super::Queue::to_json)),
            "schedules": some(self.schedules.values().map(|schedule| schedule.to_json(shapes))),
            "urlGroups": some(self.url_groups.values().map(|group| group.to_json(shapes))),
            "flowControlKeys": some(self.flow_keys.iter().map(|(name, key)| {
                key.to_json(name, self.held_by_flow(name, now), now)
            })),
            "dlq": some(self.dead_letters.values().rev().map(|letter| letter.to_json(shapes))),
            "signingKeys": some(
                keys.into_iter().map(|(name, key)| json!({ "name": name, "key": key })),
            ),
            "logs": some(self.logs.newest_first().map(|entry| entry.to_json(shapes, false))),
        })
    }
}

/// Writes the first of many, and how many there are.
fn some(items: impl ExactSizeIterator<Item = Value>) -> Value {
    let count = items.len();
    let items: Vec<Value> = items.take(SHOWN).collect();
    json!({ "count": count, "items": items })
}
