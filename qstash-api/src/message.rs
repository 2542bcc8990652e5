//! The one description of a message.

// First for the documentation, which has methods in the order of modules: how a message begins, and what it says.
mod body;
mod options;

mod batch;
mod builders;
mod cron;
mod finite;
mod headers;
mod names;
mod recover;

pub use self::batch::BatchMessage;
use self::body::Content;
use self::headers::Prepared;
use self::options::Options;
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

impl Message {
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
