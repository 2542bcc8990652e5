//! A message as the request that sent it said it.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::message::{Draft, Message};

/// One message that a server has accepted from a request: published, enqueued, or an item of a batch.
#[derive(Clone)]
pub struct PublishedMessage {
    id: String,
    draft: Arc<Draft>,
}

impl PublishedMessage {
    pub(crate) fn new(message: &Message) -> Self {
        Self {
            id: message.id.clone(),
            draft: Arc::clone(&message.draft),
        }
    }

    /// Returns the id that the server gave it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the URL that it goes to, byte for byte.
    pub fn destination(&self) -> &str {
        &self.draft.url
    }

    /// Returns the URL Group that it was sent to, of which [`Self::destination`] is one endpoint.
    pub fn url_group(&self) -> Option<&str> {
        let origin = self.draft.origin.as_ref();
        origin.map(|origin| origin.group.as_str())
    }

    /// Returns the queue that it waits in.
    pub fn queue(&self) -> Option<&str> {
        self.draft.queue.as_deref()
    }

    /// Returns the method of its delivery.
    pub fn method(&self) -> &str {
        self.draft.options.method.as_deref().unwrap_or("POST")
    }

    /// Returns its body.
    pub fn body(&self) -> &Bytes {
        &self.draft.body
    }

    /// Reads its body as JSON.
    ///
    /// # Errors
    ///
    /// If the body is not JSON, or not JSON of this type.
    pub fn json<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_slice(self.body())
    }

    /// Returns the first value of a header that it is delivered with, whatever the case of the name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.draft.options.forward.get(name)
    }

    /// Returns the delay that was asked for.
    pub fn delay(&self) -> Option<Duration> {
        self.draft.options.delay.map(Duration::from_secs)
    }

    /// Returns the moment before which it must not be delivered.
    pub fn not_before(&self) -> Option<SystemTime> {
        let seconds = self.draft.options.not_before?;
        UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
    }

    /// Returns how long an attempt may take.
    pub fn timeout(&self) -> Option<Duration> {
        self.draft.options.timeout.map(Duration::from_secs)
    }

    /// Returns how often it is to be tried again.
    pub fn retries(&self) -> Option<u32> {
        self.draft.options.retries
    }

    /// Returns its deduplication id.
    pub fn deduplication_id(&self) -> Option<&str> {
        self.draft.options.deduplication_id.as_deref()
    }

    /// Returns its labels.
    pub fn labels(&self) -> &[String] {
        &self.draft.options.labels
    }

    /// Returns its flow-control key.
    pub fn flow_control_key(&self) -> Option<&str> {
        let flow = self.draft.options.flow.as_ref();
        flow.map(|flow| flow.key.as_str())
    }

    /// Returns the URL that answers are reported to.
    pub fn callback(&self) -> Option<&str> {
        let callback = self.draft.options.callback.as_ref();
        callback.map(|callback| callback.url.as_str())
    }

    /// Returns the URL that failures are reported to.
    pub fn failure_callback(&self) -> Option<&str> {
        let callback = self.draft.options.failure_callback.as_ref();
        callback.map(|callback| callback.url.as_str())
    }
}

impl fmt::Debug for PublishedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublishedMessage")
            .field("id", &self.id)
            .field("destination", &self.destination())
            .field("body", self.body())
            .finish_non_exhaustive()
    }
}
