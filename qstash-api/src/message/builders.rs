//! Messages fill the generated builders.

use super::{Message, Options};
use crate::generated::builder;
use crate::generated::runtime::Headers;
use crate::invalid::InvalidMessage;

/// Sets options that were checked for the operation.
fn set_options(headers: &mut Headers, options: Options) {
    for (name, value) in options.named {
        headers.put(name, Ok(value));
    }
    for (family, name, value) in options.families {
        headers.add(family.prefix(), &name, &value);
    }
}

/// The options for `operation`, which takes the body too.
fn options(message: &Message, operation: &'static str) -> Result<Options, InvalidMessage> {
    let options = Options::of(message)?;
    options.check_for(operation)?;
    Ok(options)
}

/// The options for `operation`, which takes no body.
#[inline]
fn overrides(message: &Message, operation: &'static str) -> Result<Options, InvalidMessage> {
    if message.body.is_some() {
        return Err(InvalidMessage::BodyNotTaken { operation });
    }
    options(message, operation)
}

/// Gives a builder the method `message`.
macro_rules! takes_message {
    ($builder:ident, $operation:literal, $beside:literal) => {
        impl builder::$builder<'_> {
            /// Sets the body and the options of the message. What is wrong with them is the error of `send`.
            ///
            /// It is called once: a second message replaces only what it sets itself.
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
                match options(&message, $operation) {
                    Ok(options) => {
                        set_options(&mut self.headers, options);
                        if let Some(body) = message.body {
                            self.body = Ok(Some(body.into()));
                        }
                    }
                    Err(problem) => self.headers.refuse(problem.to_string()),
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
        impl builder::$builder<'_> {
            /// Sets options that replace those of the messages in the DLQ, from a message without a body. What
            /// is wrong with them is the error of `send`.
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
                match overrides(&message, $operation) {
                    Ok(options) => set_options(&mut self.headers, options),
                    Err(problem) => self.headers.refuse(problem.to_string()),
                }
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

    /// `Ok` with the value of a header that would be sent, and its count, or what is wrong.
    fn delay_of(request: builder::PublishMessage<'_>) -> Result<(String, usize), String> {
        let map = request.headers.into_map()?;
        let value = map["Upstash-Delay"].to_str().unwrap().to_owned();
        Ok((value, map.get_all("Upstash-Delay").iter().count()))
    }

    #[test]
    fn what_a_setter_was_given_last_counts_and_a_wrong_header_of_a_family_or_message_stays_wrong() {
        let client = crate::Client::new("a-token").unwrap();
        let request = || client.publish_message();
        let sent = Ok(("2s".to_owned(), 1));
        assert_eq!(delay_of(request().upstash_delay("2s")), sent);
        assert_eq!(
            delay_of(request().upstash_delay("1s").upstash_delay("2s")),
            sent
        );
        assert_eq!(
            delay_of(request().upstash_delay("1\ns").upstash_delay("2s")),
            sent
        );
        assert_eq!(
            delay_of(
                request()
                    .upstash_delay("1s")
                    .message(Message::empty().delay(Duration::from_secs(2)))
            ),
            sent
        );
        for wrong in [
            request().upstash_delay("2s").upstash_delay("1\ns"),
            request().upstash_label("a\nb").upstash_delay("2s"),
            request()
                .upstash_forward_header("a b", "c")
                .upstash_forward_header("a", "c")
                .upstash_delay("2s"),
            request()
                .message(Message::empty().label("a,b"))
                .message(Message::empty().label("a"))
                .upstash_delay("2s"),
        ] {
            let debug = format!("{wrong:?}");
            assert!(delay_of(wrong).is_err(), "{debug}");
        }
    }
}
