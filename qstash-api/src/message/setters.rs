//! The options of a message.

use std::borrow::Cow;
use std::time::Duration;

use super::{Deduplication, Message};
use crate::callback::Callback;
use crate::flow_control::FlowControl;
use crate::redact::Redact;
use crate::timestamp::Timestamp;
use crate::types::HttpMethod;

impl Message {
    /// Sets the media type of the body, which the destination gets as its `Content-Type`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(Cow::Owned(content_type.into()));
        self
    }

    /// Sets the HTTP method of the delivery. Unless it is set, the service uses `POST`.
    pub fn method(mut self, method: HttpMethod) -> Self {
        self.method = Some(method);
        self
    }

    /// Sets the time to wait before the first delivery. A queue does not take it.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// Sets the earliest time of the first delivery; it wins over [`delay`](Self::delay). A time in the past means
    /// at once. Queues and schedules do not take it.
    pub fn not_before(mut self, time: impl Into<Timestamp>) -> Self {
        self.not_before = Some(time.into());
        self
    }

    /// Sets the time that the destination may take to answer a delivery, more than zero. Unless it is set, it is the
    /// longest of the plan.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the number of retries after a failed delivery; 0 means that it is tried once. Unless it is
    /// set, the service uses 3.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = Some(retries);
        self
    }

    /// Sets an expression for the milliseconds before the next try, such as `pow(2, retried) * 1000`.
    ///
    /// `retried` counts the retries so far and begins at 0. The functions are `pow`, `exp`, `sqrt`, `abs`,
    /// `floor`, `ceil`, `round`, `min` and `max`.
    pub fn retry_delay(mut self, expression: impl Into<String>) -> Self {
        self.retry_delay = Some(expression.into());
        self
    }

    /// Sets an id by which repeats of this message are recognised: another message with it within 10 minutes is
    /// accepted and not delivered. It holds neither `:` nor white space. Schedules do not take it.
    ///
    /// It replaces [`deduplicate_by_content`](Self::deduplicate_by_content).
    pub fn deduplication_id(mut self, id: impl Into<String>) -> Self {
        self.deduplication = Some(Deduplication::Id(id.into()));
        self
    }

    /// Recognises repeats of this message by what is in it. Schedules do not take it.
    ///
    /// It replaces [`deduplication_id`](Self::deduplication_id).
    pub fn deduplicate_by_content(mut self) -> Self {
        self.deduplication = Some(Deduplication::ByContent);
        self
    }

    /// Adds a label, by which the message is found in logs, in the DLQ and by bulk operations. It holds no
    /// comma.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.labels.push(label.into());
        self
    }

    /// Adds labels; see [`label`](Self::label).
    pub fn labels<L: Into<String>>(mut self, labels: impl IntoIterator<Item = L>) -> Self {
        self.labels.extend(labels.into_iter().map(Into::into));
        self
    }

    /// Limits that this message shares with all others of the same key. A queue does not take it.
    pub fn flow_control(mut self, flow_control: FlowControl) -> Self {
        self.flow_control = Some(flow_control);
        self
    }

    /// Sets the URL that is told the destination's answer. A plain URL is a callback without options.
    pub fn callback(mut self, callback: impl Into<Callback>) -> Self {
        self.callback = Some(Box::new(callback.into()));
        self
    }

    /// Sets the URL that is told that all tries have failed. A plain URL is a callback without options.
    pub fn failure_callback(mut self, callback: impl Into<Callback>) -> Self {
        self.failure_callback = Some(Box::new(callback.into()));
        self
    }

    /// Adds a header for the destination. A second one with the same name, in whatever case, replaces the
    /// first.
    ///
    /// The name is the one that the destination gets; `Upstash-Forward-` before it is taken off, as this crate puts
    /// it there. Other names that begin with `Upstash-` are options of the service and refused, with the setter that
    /// says the same, and so is what each delivery sets by itself, such as `Host` and `Content-Length`.
    pub fn forward(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.forwards.set(name.into(), value.into());
        self
    }

    /// Forwards every header of the request that publishes the message, without a prefix, for
    /// [webhooks](crate::Client::webhook_url) whose senders cannot prefix any. Queues, schedules and batches do not
    /// take it.
    pub fn forward_request_headers(mut self) -> Self {
        self.forward_request_headers = true;
        self
    }

    /// Sets the parts that the service's logs must not show.
    pub fn redact(mut self, redact: Redact) -> Self {
        self.redact = Some(redact);
        self
    }
}
