//! Messages fill the generated builders.

use bytes::Bytes;

use super::names::OF_SCHEDULES;
use super::{Message, Prepared};
use crate::generated::builder;
use crate::generated::runtime::{Parts, Upload};
use crate::invalid::InvalidMessage;

/// The media type of a body of which the message says nothing.
const BYTES: &str = "application/octet-stream";

/// Sets the headers of a message, or notes what is wrong with it. Returns its body, and whether there was another message
/// before, which it replaces.
fn fill(parts: &mut Parts, message: Result<Prepared, InvalidMessage>) -> (Option<Bytes>, bool) {
    let again = parts.refill(&OF_SCHEDULES);
    let message = message.map_err(|problem| problem.to_string());
    let Some(message) = parts.checked("message", message) else {
        return (None, again);
    };
    for (name, value) in message.options.into_headers() {
        parts.put(name, name, Ok(value));
    }
    for (family, name, value) in message.families {
        parts.family(family.prefix(), &name, &value);
    }
    (message.body, again)
}

/// The message for `operation`, which takes no body.
#[inline]
fn overrides(message: Message, operation: &'static str) -> Result<Prepared, InvalidMessage> {
    if message.body.is_some() {
        return Err(InvalidMessage::BodyNotTaken { operation });
    }
    message.prepared_for(operation)
}

/// Gives a builder the method `message`.
macro_rules! takes_message {
    ($builder:ident, $operation:literal, $beside:literal) => {
        impl builder::$builder {
            /// Sets the body and the options of the message. A wrong option is the error of `send`.
            ///
            /// A second message replaces the first.
            ///
            /// ```no_run
            /// use qstash_api::{Client, Error, Message};
            ///
            /// # async fn example(client: &Client) -> Result<(), Error> {
            /// client
            #[doc = concat!("    .", $operation, "()")]
            #[doc = concat!("    ", $beside)]
            ///     .destination("https://example.com/hook")
            ///     .message(Message::text("hello").retries(5))
            ///     .send()
            ///     .await?;
            /// # Ok(())
            /// # }
            /// ```
            #[inline]
            pub fn message(mut self, message: Message) -> Self {
                let (body, again) = fill(&mut self.parts, message.prepared_for($operation));
                if again || body.is_some() {
                    self.body = body.map(|body| Upload::new(BYTES, body));
                }
                self
            }
        }
    };
}

takes_message!(
    PublishMessage,
    "publish_message",
    "// To a URL or a URL Group:"
);
takes_message!(EnqueueMessage, "enqueue_message", ".queue(\"invoices\")");
takes_message!(CreateSchedule, "create_schedule", ".cron(\"0 9 * * 1\")");

/// Gives a builder the method `overrides`.
macro_rules! takes_message_without_body {
    ($builder:ident, $operation:literal, $selection:literal) => {
        impl builder::$builder {
            /// Sets options that replace those of the messages in the DLQ, from a message without a body. A wrong
            /// option is the error of `send`.
            ///
            /// With a deduplication id, one of several messages is delivered, and the others are its repeats.
            ///
            /// ```no_run
            /// use qstash_api::{Client, Error, Message};
            ///
            /// # async fn example(client: &Client) -> Result<(), Error> {
            /// client
            #[doc = concat!("    .", $operation, "()")]
            #[doc = concat!("    ", $selection)]
            ///     .overrides(Message::empty().retries(5))
            ///     .send()
            ///     .await?;
            /// # Ok(())
            /// # }
            /// ```
            #[inline]
            pub fn overrides(mut self, message: Message) -> Self {
                fill(&mut self.parts, overrides(message, $operation));
                self
            }
        }
    };
}

takes_message_without_body!(
    RetryDlqMessage,
    "retry_dlq_message",
    ".dlq_id(\"a-dlq-id\")"
);
takes_message_without_body!(
    RetryDlqMessages,
    "retry_dlq_messages",
    ".label([\"invoices\"])"
);

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// The requests of the same message and of the others before it are one, or both are wrong.
    #[test]
    fn the_last_message_counts_alone() {
        let client = crate::Client::new("a-token").unwrap();
        let request = |messages: &[Message]| {
            let request = client
                .create_schedule()
                .destination("https://example.com")
                .cron("0 9 * * 1")
                .schedule_id("a");
            let mut request = messages
                .iter()
                .fold(request, |request, message| request.message(message.clone()));
            request.request().map(|request| {
                let body = request
                    .body()
                    .and_then(|body| body.as_bytes().map(<[u8]>::to_vec));
                (request.headers().clone(), body)
            })
        };
        let right = Message::text("b")
            .delay(Duration::from_secs(2))
            .forward("X-B", "b");
        let others = [
            Message::text("a")
                .delay(Duration::from_secs(1))
                .label("a")
                .forward("X-A", "a"),
            Message::empty(),
            Message::text("a").label("a,b"),
        ];
        let alone = request(std::slice::from_ref(&right)).unwrap();
        assert_eq!(alone.0["Upstash-Delay"], "2s");
        assert_eq!(alone.0["Upstash-Schedule-Id"], "a");
        assert_eq!(alone.1.as_deref(), Some(&b"b"[..]));
        for other in &others {
            assert_eq!(request(&[other.clone(), right.clone()]), Ok(alone.clone()));
        }
        assert!(request(&[right.clone(), others[2].clone()]).is_err());
        assert_eq!(request(&[right, others[1].clone()]).unwrap().1, None);
    }

    #[test]
    fn a_body_of_its_own_stays_beside_a_message_without_one() {
        let client = crate::Client::new("a-token").unwrap();
        let mut request = client
            .publish_message()
            .destination("https://example.com")
            .body("a")
            .message(Message::empty().retries(1));
        assert!(request.request().unwrap().body().is_some());
    }
}
