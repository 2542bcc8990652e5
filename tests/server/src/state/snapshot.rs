use serde_json::Value;

use super::{SigningKeys, State};
use crate::clock::Millis;
use crate::settings::Shapes;

/// The state of the server at a moment, each thing in the form in which the service shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Messages that are not yet delivered, oldest first.
    pub messages: Vec<Value>,
    /// Queues, by name.
    pub queues: Vec<Value>,
    /// Schedules, by id.
    pub schedules: Vec<Value>,
    /// URL Groups, by name.
    pub url_groups: Vec<Value>,
    /// Messages that were given up, oldest first.
    pub dlq: Vec<Value>,
    /// Flow-control keys, by name.
    pub flow_control_keys: Vec<Value>,
    /// The events, oldest first.
    pub logs: Vec<Value>,
    /// The signing keys.
    pub signing_keys: SigningKeys,
}

impl State {
    pub(crate) fn snapshot(&self, now: Millis) -> Snapshot {
        let shapes = Shapes::default();
        let mut logs: Vec<Value> = self
            .logs
            .newest_first()
            .map(|entry| entry.to_json(shapes, false))
            .collect();
        logs.reverse();
        Snapshot {
            messages: self
                .messages
                .values()
                .map(|message| message.to_json(shapes))
                .collect(),
            queues: self.queues.values().map(super::Queue::to_json).collect(),
            schedules: self
                .schedules
                .values()
                .map(|schedule| schedule.to_json(shapes))
                .collect(),
            url_groups: self
                .url_groups
                .values()
                .map(|group| group.to_json(shapes))
                .collect(),
            dlq: self
                .dead_letters
                .values()
                .map(|letter| letter.to_json(shapes))
                .collect(),
            flow_control_keys: self
                .flow_keys
                .iter()
                .map(|(name, key)| key.to_json(name, self.held_by_flow(name, now), now))
                .collect(),
            logs,
            signing_keys: self.signing_keys.clone(),
        }
    }
}
