//! Messages fill the generated builders.

use std::mem;

use super::{Message, Options};
use crate::generated::{builder, runtime};
use crate::invalid::InvalidMessage;

/// Lets a builder take a message's options: `option => field` for those that it has.
macro_rules! takes_options {
    ($builder:ident { $($option:ident => $field:ident,)* }) => {
        impl builder::$builder<'_> {
            #[inline]
            fn set_options(&mut self, options: Options) {
                $(if let Some(value) = options.$option {
                    self.$field = Ok(Some(value.into()));
                })*
                for (family, name, value) in options.families {
                    let headers = mem::replace(&mut self.family_headers, Ok(Vec::new()));
                    self.family_headers = headers.and_then(|headers| {
                        runtime::family_header(headers, family.prefix(), &name, &value)
                    });
                }
            }

            /// Makes sending an error. The error stays, whatever is set later.
            pub(super) fn invalid(mut self, problem: &InvalidMessage) -> Self {
                self.family_headers = self.family_headers.and(Err(problem.to_string()));
                self
            }
        }
    };
}

takes_options!(PublishMessage {
    content_type => content_type,
    callback => upstash_callback,
    content_based_deduplication => upstash_content_based_deduplication,
    deduplication_id => upstash_deduplication_id,
    delay => upstash_delay,
    failure_callback => upstash_failure_callback,
    flow_control_key => upstash_flow_control_key,
    flow_control_value => upstash_flow_control_value,
    label => upstash_label,
    method => upstash_method,
    not_before => upstash_not_before,
    redact_fields => upstash_redact_fields,
    retries => upstash_retries,
    retry_delay => upstash_retry_delay,
    timeout => upstash_timeout,
});

takes_options!(EnqueueMessage {
    content_type => content_type,
    callback => upstash_callback,
    content_based_deduplication => upstash_content_based_deduplication,
    deduplication_id => upstash_deduplication_id,
    failure_callback => upstash_failure_callback,
    label => upstash_label,
    method => upstash_method,
    redact_fields => upstash_redact_fields,
    retries => upstash_retries,
    retry_delay => upstash_retry_delay,
    timeout => upstash_timeout,
});

takes_options!(CreateSchedule {
    content_type => content_type,
    callback => upstash_callback,
    delay => upstash_delay,
    failure_callback => upstash_failure_callback,
    flow_control_key => upstash_flow_control_key,
    flow_control_value => upstash_flow_control_value,
    label => upstash_label,
    method => upstash_method,
    redact_fields => upstash_redact_fields,
    retries => upstash_retries,
    retry_delay => upstash_retry_delay,
    timeout => upstash_timeout,
});

macro_rules! takes_overrides {
    ($builder:ident) => {
        takes_options!($builder {
            callback => upstash_callback,
            content_based_deduplication => upstash_content_based_deduplication,
            deduplication_id => upstash_deduplication_id,
            delay => upstash_delay,
            failure_callback => upstash_failure_callback,
            flow_control_key => upstash_flow_control_key,
            flow_control_value => upstash_flow_control_value,
            label => upstash_label,
            method => upstash_method,
            not_before => upstash_not_before,
            redact_fields => upstash_redact_fields,
            retries => upstash_retries,
            retry_delay => upstash_retry_delay,
            timeout => upstash_timeout,
        });
    };
}

takes_overrides!(RetryDlqMessage);
takes_overrides!(RetryDlqMessages);

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
                        self.set_options(options);
                        if let Some(body) = message.body {
                            self.body = Ok(Some(body.into()));
                        }
                    }
                    Err(problem) => return self.invalid(&problem),
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
                    Ok(options) => self.set_options(options),
                    Err(problem) => return self.invalid(&problem),
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
