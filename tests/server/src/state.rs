//! Everything the server knows, behind one lock.

mod dead_letter;
mod effect;
mod flow_key;
mod ids;
mod lifecycle;
mod log;
mod message;
mod queue;
mod schedule;
mod signing_keys;
mod snapshot;
mod url_group;
mod usage;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(crate) use dead_letter::{DeadLetter, Response};
pub use effect::Effect;
pub(crate) use flow_key::FlowKey;
pub(crate) use ids::Ids;
pub(crate) use lifecycle::Accepted;
pub(crate) use log::{LogEntry, Logs};
pub(crate) use message::{Draft, Message, Origin};
pub(crate) use queue::Queue;
pub(crate) use schedule::Schedule;
pub use signing_keys::SigningKeys;
pub use snapshot::Snapshot;
pub(crate) use url_group::{Endpoint, UrlGroup};
pub(crate) use usage::{Usage, Window};

use crate::clock::Millis;
use crate::operation::Operation;

/// The state of one server.
pub(crate) struct State {
    pub(crate) ids: Ids,
    /// Messages that are not yet delivered, by their number.
    pub(crate) messages: BTreeMap<u64, Message>,
    /// When each message that waits is due, with its number.
    pub(crate) waiting: BTreeSet<(Millis, u64)>,
    pub(crate) queues: BTreeMap<String, Queue>,
    pub(crate) schedules: BTreeMap<String, Schedule>,
    pub(crate) url_groups: BTreeMap<String, UrlGroup>,
    pub(crate) dead_letters: BTreeMap<u64, DeadLetter>,
    pub(crate) flow_keys: BTreeMap<String, FlowKey>,
    pub(crate) signing_keys: SigningKeys,
    pub(crate) logs: Logs,
    /// Until when a deduplication id counts, and the message that it stands for.
    pub(crate) duplicates: HashMap<String, (Millis, String)>,
    pub(crate) usage: Usage,
    pub(crate) effects: Vec<Effect>,
    /// Attempts that run now.
    pub(crate) in_flight: u64,
    /// Whether deliveries are held back.
    pub(crate) is_held: bool,
}

impl State {
    pub(crate) fn new(mut ids: Ids, keys: Option<(String, String)>, logs_kept: usize) -> Self {
        let (current, next) = keys.unwrap_or_else(|| (ids.signing_key(), ids.signing_key()));
        Self {
            ids,
            messages: BTreeMap::new(),
            waiting: BTreeSet::new(),
            queues: BTreeMap::new(),
            schedules: BTreeMap::new(),
            url_groups: BTreeMap::new(),
            dead_letters: BTreeMap::new(),
            flow_keys: BTreeMap::new(),
            signing_keys: SigningKeys { current, next },
            logs: Logs::keeping(logs_kept),
            duplicates: HashMap::new(),
            usage: Usage::default(),
            effects: Vec::new(),
            in_flight: 0,
            is_held: false,
        }
    }

    /// Notes that an operation has changed something.
    pub(crate) fn note(&mut self, operation: Operation, subject: impl Into<String>) {
        self.effects.push(Effect {
            operation,
            subject: subject.into(),
        });
    }

    /// Finds a message that is not yet delivered.
    pub(crate) fn message(&self, id: &str) -> Option<&Message> {
        self.messages.values().find(|message| message.id == id)
    }
}
