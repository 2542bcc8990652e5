//! The one description of a message.

mod batch;
mod builders;
mod cron;
mod finite;
mod headers;
mod names;
mod options;
mod recover;

use std::fmt;

use bytes::Bytes;
use serde::Serialize;

pub use self::batch::BatchMessage;
use self::headers::Prepared;
use self::options::{Name, Options};
use crate::callback::Callback;
use crate::forwards::Forwards;
use crate::invalid::InvalidMessage;

/// A message: a body, and how it is to be delivered.
///
/// The same description is published, enqueued, scheduled and batched, and without a body it overrides the
/// options of messages that are retried from the DLQ. An option that the service would refuse is an error before
/// anything is sent, which says what to do.
///
/// The service shows messages as another type, [`types::Message`](crate::types::Message), from which this one can be
/// made again.
///
/// A setter replaces what was set before; [`label`](Self::label), [`labels`](Self::labels),
/// [`forward`](Self::forward) and [`redact`](Self::redact) add up. Durations and times are sent in whole seconds, and a
/// fraction is rounded up, so that nothing happens sooner or is given less time than was asked for.
///
/// ```no_run
/// use std::time::Duration;
/// use qstash_api::{Client, Message};
///
/// # async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
/// let message = Message::json(&serde_json::json!({ "user": 7 }))?
///     .delay(Duration::from_secs(90))
///     .retries(5)
///     .label("welcome");
/// let answer = client
///     .publish_message()
///     .destination("https://example.com/hook")
///     .message(message)
///     .send()
///     .await?;
/// println!("{:?}", answer.message_id());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "a message does nothing until it is sent"]
pub struct Message {
    body: Option<Content>,
    options: Options,
    /// Boxed, like the other one: most messages have none, and a message is moved often.
    callback: Option<Box<Callback>>,
    failure_callback: Option<Box<Callback>>,
    forwards: Forwards,
}

/// The bytes of a body, of which `Debug` shows the number: what is in them may be secret.
#[derive(Clone, PartialEq, Eq)]
struct Content(Bytes);

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Message {
    /// Creates a message with a JSON body, of the media type `application/json`.
    ///
    /// # Errors
    ///
    /// When `value` cannot be written as JSON, such as a map whose keys are not strings, or a number that is NaN or
    /// infinite.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, InvalidMessage> {
        let invalid = |reason: String| InvalidMessage::Json { reason };
        let json = serde_json::to_vec(value).map_err(|error| invalid(error.to_string()))?;
        // A number that JSON cannot write has become `null`, so most bodies need no second look.
        if json.windows(4).any(|word| word == b"null") {
            finite::check(value).map_err(|error| invalid(error.to_string()))?;
        }
        Ok(Self::of(json, "application/json"))
    }

    /// Creates a message with a text body, of the media type `text/plain; charset=utf-8`.
    pub fn text(text: impl Into<String>) -> Self {
        Self::of(text.into(), "text/plain; charset=utf-8")
    }

    /// Creates a message with any body, of any media type.
    pub fn bytes(body: impl Into<Bytes>, content_type: impl Into<String>) -> Self {
        Self::with(body.into()).content_type(content_type)
    }

    /// A message of a media type that needs no check.
    fn of(body: impl Into<Bytes>, content_type: &'static str) -> Self {
        let mut message = Self::with(body.into());
        let options = &mut message.options;
        options.set(Name::content_type, "Content-Type", Ok(content_type));
        message
    }

    fn with(body: Bytes) -> Self {
        Self {
            body: Some(Content(body)),
            ..Self::empty()
        }
    }

    /// Creates a message without a body, which is also how options for a retry from the DLQ begin.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Returns whether there is something in it that only a body needs.
    pub(crate) fn has_body(&self) -> bool {
        self.body.is_some() || self.options.get("Content-Type").is_some()
    }

    /// Checks the options, as sending does, to find out early about what came from outside.
    ///
    /// It does not find what depends on the way that the message is sent: a queue takes no delay, and a batch no body
    /// that is not UTF-8.
    ///
    /// # Errors
    ///
    /// With the first option that the service would refuse.
    pub fn check(&self) -> Result<(), InvalidMessage> {
        self.clone().prepared().map(drop)
    }
}

#[cfg(test)]
mod tests;
