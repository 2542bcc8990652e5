//! The life of a message: accepted, started, and in the end delivered, cancelled or given up.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use std::sync::Arc;

use super::{DeadLetter, Draft, Ids, Lane, Message, PublishedMessage, Queue, Response, State};
use crate::clock::Millis;

/// A message that was accepted, or recognised as one that was accepted before.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) deduplicated: bool,
}

impl Accepted {
    /// Returns the answer to whoever sent the message.
    pub(crate) fn to_json(&self) -> Value {
        if self.deduplicated {
            json!({ "messageId": self.id, "deduplicated": true })
        } else {
            json!({ "messageId": self.id })
        }
    }
}

impl State {
    /// Accepts a message, unless it is a duplicate.
    pub(crate) fn accept(&mut self, draft: Draft, now: Millis) -> Accepted {
        let url = draft.url.clone();
        let key = deduplication_key(&draft);
        if let Some(id) = key.as_ref().and_then(|key| self.duplicates.find(key, now)) {
            let id = id.to_owned();
            return Accepted {
                id,
                url,
                deduplicated: true,
            };
        }
        let id = self.ids.message();
        if let Some(key) = key {
            self.duplicates.insert(key, id.clone(), now);
        }
        if let Some(flow) = &draft.options.flow {
            self.flow_keys
                .entry(flow.key.clone())
                .or_default()
                .configure(flow);
            // The limits may be wider than they were.
            self.waiting.touch(&Lane::Flow(flow.key.clone()));
        }
        if let Some(name) = &draft.queue {
            let queue = || Queue::new(name, now);
            let queue = self.queues.entry(name.clone()).or_insert_with(queue);
            queue.lag += 1;
        }
        let due = first_due(&draft, now);
        let message = Message {
            number: self.ids.number(),
            id: id.clone(),
            draft: Arc::new(draft),
            created_at: now,
            not_before: due,
            due,
            retried: 0,
            is_running: false,
        };
        self.logs
            .add_with(now, "CREATED", &message, None, Some(due));
        if self.keeps_records && message.is_sent_by_request() {
            self.published.push(PublishedMessage::new(&message));
        }
        self.waiting.insert(&message);
        self.numbers.insert(id.clone(), message.number);
        self.messages.insert(message.number, message);
        Accepted {
            id,
            url,
            deduplicated: false,
        }
    }

    /// Marks a message as running and takes the places it needs.
    pub(crate) fn start(&mut self, number: u64, now: Millis) -> Option<&Message> {
        let message = self.messages.get_mut(&number)?;
        self.waiting.remove(message);
        message.is_running = true;
        if let Some(queue) = message
            .draft
            .queue
            .as_ref()
            .and_then(|name| self.queues.get_mut(name))
        {
            queue.active.insert(number);
        }
        if let Some(key) = message
            .flow_key()
            .and_then(|key| self.flow_keys.get_mut(key))
        {
            key.start(now);
        }
        self.logs.add(now, "ACTIVE", message);
        Some(message)
    }

    /// Lets a message that ran wait for its next attempt.
    pub(crate) fn postpone(&mut self, number: u64, due: Millis) {
        let Some(message) = self.messages.get_mut(&number) else {
            return;
        };
        message.is_running = false;
        message.due = due;
        message.retried += 1;
        if let Some(key) = message
            .flow_key()
            .and_then(|key| self.flow_keys.get_mut(key))
        {
            key.running = key.running.saturating_sub(1);
        }
        self.waiting.insert(message);
        self.waiting.touch(&message.lane());
    }

    /// Makes a waiting message due now. Returns whether it waited.
    pub(crate) fn release(&mut self, number: u64, now: Millis) -> bool {
        match self.messages.get_mut(&number) {
            Some(message) if !message.is_running => {
                self.waiting.remove(message);
                message.due = now;
                self.waiting.insert(message);
                true
            }
            _ => false,
        }
    }

    /// Takes a message out, wherever it stands, and frees its places.
    pub(crate) fn remove(&mut self, number: u64) -> Option<Message> {
        let message = self.messages.remove(&number)?;
        self.numbers.remove(&message.id);
        self.waiting.remove(&message);
        if let Some(queue) = message
            .draft
            .queue
            .as_ref()
            .and_then(|name| self.queues.get_mut(name))
        {
            queue.active.remove(&number);
            queue.lag = queue.lag.saturating_sub(1);
        }
        if message.is_running
            && let Some(key) = message
                .flow_key()
                .and_then(|key| self.flow_keys.get_mut(key))
        {
            key.running = key.running.saturating_sub(1);
        }
        self.waiting.touch(&message.lane());
        Some(message)
    }

    /// Cancels a message. The answer to an attempt that is under way is then of no interest.
    pub(crate) fn cancel(&mut self, number: u64, now: Millis) -> Option<String> {
        let message = self.remove(number)?;
        self.logs.add(now, "CANCEL_REQUESTED", &message);
        self.logs.add(now, "CANCELED", &message);
        self.report_to_schedule(&message, "FAIL");
        Some(message.id)
    }

    /// Gives a message up; returns the id of its DLQ entry.
    pub(crate) fn dead_letter(
        &mut self,
        message: Message,
        response: Response,
        now: Millis,
    ) -> String {
        self.logs
            .add_with(now, "FAILED", &message, Some(response.clone()), None);
        self.report_to_schedule(&message, "FAIL");
        let number = self.ids.number();
        let id = Ids::dead_letter(now, number);
        let letter = DeadLetter {
            id: id.clone(),
            message,
            response,
            failed_at: now,
        };
        self.dead_letters.insert(number, letter);
        id
    }

    /// Tells the schedule of a message how it fares.
    pub(crate) fn report_to_schedule(&mut self, message: &Message, state: &'static str) {
        let schedule = message.draft.schedule.as_ref();
        if let Some(schedule) = schedule.and_then(|id| self.schedules.get_mut(id))
            && let Some(known) = schedule.last_states.get_mut(&message.id)
        {
            *known = state;
        }
    }

    /// Counts the messages that are due and held back by a flow-control key.
    pub(crate) fn held_by_flow(&self, key: &str, now: Millis) -> usize {
        let lane = Lane::Flow(key.to_owned());
        self.waiting.count_due(&lane, &self.messages, now)
    }
}

fn first_due(draft: &Draft, now: Millis) -> Millis {
    match (draft.options.not_before, draft.options.delay) {
        (Some(seconds), _) => seconds.saturating_mul(1000).max(now),
        (None, Some(seconds)) => now.saturating_add(seconds.saturating_mul(1000)),
        (None, None) => now,
    }
}

/// Returns under what a message is recognised; each endpoint of a URL Group counts for itself.
fn deduplication_key(draft: &Draft) -> Option<String> {
    let key = match &draft.options.deduplication_id {
        Some(id) => format!("id {id}"),
        None if draft.options.content_based_deduplication => {
            let mut hash = Sha256::new();
            for part in [draft.url.as_bytes(), draft.body.as_ref()] {
                hash.update(part.len().to_be_bytes());
                hash.update(part);
            }
            hash.update(draft.options.forward.to_json().to_string());
            format!("content {}", STANDARD_NO_PAD.encode(hash.finalize()))
        }
        None => return None,
    };
    Some(match &draft.origin {
        Some(_) => format!("{key} {}", draft.url),
        None => key,
    })
}
