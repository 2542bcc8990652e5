use std::collections::VecDeque;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{Message, Response};
use crate::clock::Millis;
use crate::settings::Shapes;
use crate::view::Object;

/// An event in the life of a message.
#[derive(Clone, Debug)]
pub(crate) struct LogEntry {
    pub(crate) number: u64,
    pub(crate) time: Millis,
    pub(crate) state: &'static str,
    pub(crate) message: Message,
    pub(crate) response: Option<Response>,
    pub(crate) next_delivery: Option<Millis>,
}

/// The latest log entries, oldest first.
#[derive(Clone, Debug)]
pub(crate) struct Logs {
    entries: VecDeque<LogEntry>,
    kept: usize,
    drawn: u64,
}

impl Logs {
    pub(crate) fn keeping(kept: usize) -> Self {
        Self {
            entries: VecDeque::new(),
            kept,
            drawn: 0,
        }
    }

    /// Notes that a message has come to a state.
    pub(crate) fn add(&mut self, time: Millis, state: &'static str, message: &Message) {
        self.add_with(time, state, message, None, None);
    }

    /// Notes the same with the answer that led to it, or with the time of the next attempt.
    pub(crate) fn add_with(
        &mut self,
        time: Millis,
        state: &'static str,
        message: &Message,
        response: Option<Response>,
        next_delivery: Option<Millis>,
    ) {
        if self.kept == 0 {
            return;
        }
        if self.entries.len() >= self.kept {
            self.entries.pop_front();
        }
        self.drawn += 1;
        self.entries.push_back(LogEntry {
            number: self.drawn,
            time,
            state,
            message: message.clone(),
            response,
            next_delivery,
        });
    }

    /// Returns the entries, newest first.
    pub(crate) fn newest_first(&self) -> impl ExactSizeIterator<Item = &LogEntry> {
        self.entries.iter().rev()
    }
}

impl LogEntry {
    /// Returns the state in the spelling that is asked for.
    pub(crate) fn state(&self, shapes: Shapes) -> &'static str {
        match self.state {
            "CANCELED" if shapes.documented_cancelled => "CANCELLED",
            state => state,
        }
    }

    /// Returns the entry as the service shows it; `/v2/events` spells two of its members in its own way.
    pub(crate) fn to_json(&self, shapes: Shapes, is_event: bool) -> Value {
        let message = &self.message;
        let options = &message.draft.options;
        let origin = message.draft.origin.as_ref();
        let mut object = Object::new(shapes);
        object
            .set("time", self.time)
            .set("messageId", message.id.as_str())
            .set("state", self.state(shapes))
            .set("url", message.draft.url.as_str())
            .maybe("topicName", origin.map(|origin| origin.group.as_str()))
            .maybe(
                "endpointName",
                origin.and_then(|origin| origin.endpoint.as_deref()),
            )
            .maybe("scheduleId", message.draft.schedule.as_deref())
            .maybe("queueName", message.draft.queue.as_deref())
            .set("header", options.redact.headers(&options.forward).to_json())
            .base64("body", &options.redact.body(&message.draft.body))
            .set("method", message.method())
            .set("maxRetries", message.retries())
            .number("nextDeliveryTime", self.next_delivery)
            .log_options(options, is_event);
        if let Some(response) = &self.response {
            let headers = if is_event {
                "responseHeader"
            } else {
                "responseHeaders"
            };
            object.maybe("error", response.error.as_deref());
            if response.status != 0 {
                object
                    .set("responseStatus", response.status)
                    .set(headers, response.headers.to_json())
                    .set("responseBody", STANDARD.encode(&response.body));
            }
        }
        object.into()
    }
}
