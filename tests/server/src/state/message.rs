use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

use crate::clock::Millis;
use crate::options::Options;
use crate::settings::Shapes;
use crate::view::Object;

/// The number of retries of a message that does not say.
const DEFAULT_RETRIES: u32 = 3;

/// A message as it is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) url: String,
    pub(crate) origin: Option<Origin>,
    pub(crate) body: Bytes,
    pub(crate) options: Options,
    pub(crate) queue: Option<String>,
    pub(crate) schedule: Option<String>,
    pub(crate) caller_ip: String,
    /// `true` if it reports on another message; such a message has no reports of its own.
    pub(crate) is_report: bool,
}

/// The URL Group that a message came through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) group: String,
    pub(crate) endpoint: Option<String>,
}

/// The thing that holds messages back together: a queue, a flow-control key, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lane {
    Free,
    Queue(String),
    Flow(String),
}

/// A message that is not yet delivered, or not at all.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) number: u64,
    pub(crate) id: String,
    /// Shared with the log entries of the message.
    pub(crate) draft: Arc<Draft>,
    pub(crate) created_at: Millis,
    pub(crate) not_before: Millis,
    /// The time at which it is delivered or tried again.
    pub(crate) due: Millis,
    pub(crate) retried: u32,
    pub(crate) is_running: bool,
}

impl Message {
    pub(crate) fn method(&self) -> &str {
        self.draft.options.method.as_deref().unwrap_or("POST")
    }

    pub(crate) fn retries(&self) -> u32 {
        self.draft.options.retries.unwrap_or(DEFAULT_RETRIES)
    }

    pub(crate) fn flow_key(&self) -> Option<&str> {
        self.draft
            .options
            .flow
            .as_ref()
            .map(|flow| flow.key.as_str())
    }

    /// Returns what holds the message back together with others.
    pub(crate) fn lane(&self) -> Lane {
        match (&self.draft.queue, self.flow_key()) {
            (Some(queue), _) => Lane::Queue(queue.clone()),
            (None, Some(key)) => Lane::Flow(key.to_owned()),
            (None, None) => Lane::Free,
        }
    }

    /// Returns whether a request sent it: neither a schedule nor the service itself.
    pub(crate) fn is_sent_by_request(&self) -> bool {
        !self.draft.is_report && self.draft.schedule.is_none()
    }

    /// Returns the message as the service shows it.
    pub(crate) fn to_json(&self, shapes: Shapes) -> Value {
        self.describe(shapes).into()
    }

    pub(crate) fn describe(&self, shapes: Shapes) -> Object {
        let Draft {
            options, origin, ..
        } = self.draft.as_ref();
        let mut object = Object::new(shapes);
        object
            .set("messageId", self.id.as_str())
            .set("url", self.draft.url.as_str())
            .maybe(
                "topicName",
                origin.as_ref().map(|origin| origin.group.as_str()),
            )
            .maybe(
                "endpointName",
                origin
                    .as_ref()
                    .and_then(|origin| origin.endpoint.as_deref()),
            )
            .set("method", self.method())
            .set("header", options.redact.headers(&options.forward).to_json())
            .body("body", "bodyBase64", &options.redact.body(&self.draft.body))
            .set("maxRetries", self.retries())
            .set("notBefore", self.not_before)
            .set("createdAt", self.created_at)
            .maybe("queueName", self.draft.queue.as_deref())
            .maybe("scheduleId", self.draft.schedule.as_deref())
            .set("callerIP", self.draft.caller_ip.as_str())
            .options(options);
        object
    }
}
