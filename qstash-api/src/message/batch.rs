//! Messages that are sent together.

use std::fmt;

use super::Message;
use crate::destination;
use crate::generated::builder;
use crate::generated::runtime::Payload;
use crate::invalid::InvalidMessage;
use crate::types::BatchItem;
use crate::wire;

/// A message with its destination, for a batch.
#[derive(Clone, PartialEq, Eq)]
#[must_use = "a message does nothing until it is sent"]
pub struct BatchMessage {
    destination: String,
    queue: Option<String>,
    message: Message,
    headers: Vec<(String, String)>,
}

impl Message {
    /// Addresses the message to a URL or to a URL Group, to send it in a batch.
    pub fn to(self, destination: impl Into<String>) -> BatchMessage {
        BatchMessage {
            destination: destination.into(),
            queue: None,
            message: self,
            headers: Vec::new(),
        }
    }
}

impl BatchMessage {
    /// Sends the message through a queue, which takes no delay and no flow control.
    pub fn queue(mut self, queue: impl Into<String>) -> Self {
        self.queue = Some(queue.into());
        self
    }

    /// Adds a header of this message that no setter is for, such as an option that no release knows yet, as
    /// [`header`](builder::PublishMessage::header) does for a message that is sent by itself. One that the message has
    /// already is an error.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    #[inline]
    pub(crate) fn into_item(self) -> Result<BatchItem, InvalidMessage> {
        destination::check(&self.destination)?;
        let operation = match &self.queue {
            Some(queue) => {
                wire::check_identifier("the name of a queue", queue)?;
                "enqueue_message"
            }
            None => "publish_message",
        };
        // The headers of a batch are those of no message in it.
        let header = "Upstash-Header-Forward";
        if self.message.options.get(header).is_some() {
            let operation = "batch_messages";
            return Err(InvalidMessage::NotTaken { operation, header });
        }
        let mut message = self.message.prepared_for(operation)?;
        let body = message
            .body
            .take()
            .map(|body| String::from_utf8(body.into()));
        let mut item = BatchItem {
            body: body.transpose().map_err(|_| InvalidMessage::BodyNotText)?,
            destination: self.destination,
            headers: message
                .into_headers()
                .map(|(name, value)| (name, value.into()))
                .collect(),
            queue: self.queue,
        };
        for (name, value) in self.headers {
            wire::check_name(&name)?;
            wire::check_value(&name, &value)?;
            let mut others = item.headers.keys();
            if others.any(|other| other.eq_ignore_ascii_case(&name)) {
                return Err(InvalidMessage::HeaderSetAlready { name });
            }
            item.headers.insert(name, value.into());
        }
        Ok(item)
    }
}

/// Shows the origin of the destination and the names of headers only, because the rest may be secret.
impl fmt::Debug for BatchMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = self.headers.iter().map(|(name, _)| name);
        f.debug_struct("BatchMessage")
            .field("destination", &destination::origin(&self.destination))
            .field("queue", &self.queue)
            .field("message", &self.message)
            .field("headers", &headers.collect::<Vec<_>>())
            .finish()
    }
}

impl builder::BatchMessages {
    /// Sets the messages of the batch, at least one. It replaces what was set before.
    ///
    /// ```no_run
    /// use qstash_api::{Client, Message};
    ///
    /// # async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let answers = client
    ///     .batch_messages()
    ///     .messages([
    ///         Message::text("one").to("https://example.com/hook"),
    ///         Message::text("two").to("my-group").queue("my-queue"),
    ///     ])
    ///     .send()
    ///     .await?;
    /// for (index, failure) in answers.failures() {
    ///     eprintln!("message {index}: {failure}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn messages(mut self, messages: impl IntoIterator<Item = BatchMessage>) -> Self {
        let body = items(messages)
            .map_err(|problem| problem.to_string())
            .and_then(|items| Payload::json("application/json", &items));
        self.body = self.parts.checked("body", body);
        self
    }
}

fn items(
    messages: impl IntoIterator<Item = BatchMessage>,
) -> Result<Vec<BatchItem>, InvalidMessage> {
    let items = messages
        .into_iter()
        .enumerate()
        .map(|(index, message)| {
            message
                .into_item()
                .map_err(|problem| InvalidMessage::InBatch {
                    index,
                    problem: Box::new(problem),
                })
        })
        .collect::<Result<Vec<_>, _>>()?;
    if items.is_empty() {
        Err(InvalidMessage::EmptyBatch)
    } else {
        Ok(items)
    }
}
