//! Everything the server knows, behind one lock.

mod dead_letter;
mod duplicates;
mod effect;
mod flow_key;
mod ids;
mod lifecycle;
mod log;
mod message;
mod overview;
mod published;
mod queue;
mod schedule;
mod signing_keys;
mod snapshot;
mod url_group;
mod usage;
mod waiting;

use std::collections::{BTreeMap, HashMap};

pub(crate) use dead_letter::{DeadLetter, Response};
use duplicates::Duplicates;
pub use effect::Effect;
pub(crate) use flow_key::FlowKey;
pub(crate) use ids::Ids;
pub(crate) use lifecycle::Accepted;
pub(crate) use log::{LogEntry, Logs};
pub(crate) use message::{Draft, Lane, Message, Origin};
pub use published::PublishedMessage;
pub(crate) use queue::Queue;
pub(crate) use schedule::Schedule;
pub use signing_keys::SigningKeys;
pub use snapshot::Snapshot;
pub(crate) use url_group::{Endpoint, UrlGroup};
pub(crate) use usage::{Usage, Window};
pub(crate) use waiting::Waiting;

use crate::operation::Operation;
use crate::settings::Settings;

/// The state of one server.
pub(crate) struct State {
    pub(crate) ids: Ids,
    /// Messages that are not yet delivered, by their number.
    pub(crate) messages: BTreeMap<u64, Message>,
    /// The numbers of these messages, by their ids.
    numbers: HashMap<String, u64>,
    pub(crate) waiting: Waiting,
    pub(crate) queues: BTreeMap<String, Queue>,
    pub(crate) schedules: BTreeMap<String, Schedule>,
    pub(crate) url_groups: BTreeMap<String, UrlGroup>,
    pub(crate) dead_letters: BTreeMap<u64, DeadLetter>,
    pub(crate) flow_keys: BTreeMap<String, FlowKey>,
    pub(crate) signing_keys: SigningKeys,
    pub(crate) logs: Logs,
    duplicates: Duplicates,
    pub(crate) usage: Usage,
    /// The changes that requests made, if they are kept.
    pub(crate) effects: Vec<Effect>,
    /// The number of changes that the requests to each operation made.
    pub(crate) effect_counts: BTreeMap<Operation, usize>,
    /// The messages that requests sent, if they are kept.
    pub(crate) published: Vec<PublishedMessage>,
    keeps_records: bool,
    /// Attempts that run now.
    pub(crate) in_flight: u64,
    /// `true` if deliveries are held back.
    pub(crate) is_held: bool,
}

impl State {
    pub(crate) fn new(mut ids: Ids, settings: &Settings) -> Self {
        let keys = settings.signing_keys.clone();
        let (current, next) = keys.unwrap_or_else(|| (ids.signing_key(), ids.signing_key()));
        Self {
            ids,
            messages: BTreeMap::new(),
            numbers: HashMap::new(),
            waiting: Waiting::default(),
            queues: BTreeMap::new(),
            schedules: BTreeMap::new(),
            url_groups: BTreeMap::new(),
            dead_letters: BTreeMap::new(),
            flow_keys: BTreeMap::new(),
            signing_keys: SigningKeys { current, next },
            logs: Logs::keeping(settings.logs_kept),
            duplicates: Duplicates::default(),
            usage: Usage::default(),
            effects: Vec::new(),
            effect_counts: BTreeMap::new(),
            published: Vec::new(),
            keeps_records: settings.keeps_requests,
            in_flight: 0,
            is_held: false,
        }
    }

    /// Notes that an operation has changed something.
    pub(crate) fn note(&mut self, operation: Operation, subject: impl Into<String>) {
        *self.effect_counts.entry(operation).or_default() += 1;
        if self.keeps_records {
            self.effects.push(Effect {
                operation,
                subject: subject.into(),
            });
        }
    }

    /// Finds a message that is not yet delivered.
    pub(crate) fn message(&self, id: &str) -> Option<&Message> {
        self.messages.get(self.numbers.get(id)?)
    }
}
