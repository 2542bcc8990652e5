//! Errors of messages, found before anything is sent.

use std::{error, fmt};

use crate::destination::InvalidDestination;
use crate::receiver::MAX_DESTINATION_LEN;

/// A message that the service would refuse, or that would not arrive as it was written.
///
/// Each case says in words what is wrong and what to do. Values that may be secret, such as those of forwarded
/// headers and URLs of callbacks, are never part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidMessage {
    /// The body cannot be written as JSON.
    #[non_exhaustive]
    Json {
        /// The message of the serializer.
        reason: String,
    },
    /// A required text is empty.
    #[non_exhaustive]
    Empty {
        /// The name of the empty text.
        what: &'static str,
    },
    /// The name of a header is none.
    #[non_exhaustive]
    HeaderName {
        /// The name.
        name: String,
    },
    /// A header to be forwarded belongs to the connection of the delivery, or frames its body.
    #[non_exhaustive]
    HeaderOfDelivery {
        /// The name.
        name: String,
    },
    /// A header to be forwarded is an option of the service.
    #[non_exhaustive]
    HeaderOfService {
        /// The name.
        name: String,
        /// The setter that says the same, where there is one.
        setter: Option<&'static str>,
    },
    /// A header of a message in a batch is given twice, or stands beside the setter that says the same.
    #[non_exhaustive]
    HeaderSetAlready {
        /// The name.
        name: String,
    },
    /// More headers are forwarded than a request can carry.
    #[non_exhaustive]
    TooManyHeaders {
        /// The number of them.
        count: usize,
    },
    /// A value cannot stand in a header, or would not arrive unchanged.
    #[non_exhaustive]
    HeaderValue {
        /// The header as it would be sent.
        header: String,
        /// The problem with the value.
        problem: ValueProblem,
    },
    /// A duration is longer than the service can express.
    #[non_exhaustive]
    TooLong {
        /// The option.
        option: &'static str,
    },
    /// A number or duration is zero where zero makes no sense.
    #[non_exhaustive]
    Zero {
        /// The option.
        option: &'static str,
    },
    /// The earliest time of delivery is before 1970 or after the year 9999.
    NotBefore,
    /// A deduplication id holds a `:` or white space.
    #[non_exhaustive]
    DeduplicationId {
        /// The first character that the service refuses.
        character: char,
    },
    /// A label holds a comma, which separates labels.
    #[non_exhaustive]
    Label {
        /// The label.
        label: String,
    },
    /// Flow control without any limit; a period alone is none.
    #[non_exhaustive]
    FlowControlWithoutLimit {
        /// The key.
        key: String,
    },
    /// Flow control with a period and no rate that it could be the period of.
    #[non_exhaustive]
    PeriodWithoutRate {
        /// The key.
        key: String,
    },
    /// A callback goes to something that is not an absolute URL.
    #[non_exhaustive]
    CallbackUrl {
        /// The header of the callback.
        header: &'static str,
    },
    /// The URL of a callback is longer than one that a delivery can be verified for.
    #[non_exhaustive]
    CallbackTooLong {
        /// The header of the callback.
        header: &'static str,
    },
    /// A cron expression that the service does not read.
    #[non_exhaustive]
    Cron {
        /// The expression.
        cron: String,
        /// The problem with it, as the end of a sentence.
        problem: String,
    },
    /// The name of a queue or the id of a schedule holds a character that the service refuses.
    #[non_exhaustive]
    Name {
        /// The kind of thing that is named.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// The destination would be refused, or would not arrive as it was written.
    Destination(InvalidDestination),
    /// The operation does not take this option.
    #[non_exhaustive]
    NotTaken {
        /// The id of the operation.
        operation: &'static str,
        /// The header of the option.
        header: &'static str,
    },
    /// The operation takes no body.
    #[non_exhaustive]
    BodyNotTaken {
        /// The id of the operation.
        operation: &'static str,
    },
    /// A value is the placeholder of one that was redacted.
    #[non_exhaustive]
    Redacted {
        /// The place of the placeholder.
        what: String,
    },
    /// The body of a message is shown as something other than base64 where it should be base64.
    BodyNotBase64,
    /// The HTTP method that the service shows of a message is none that a message can be sent with.
    #[non_exhaustive]
    Method {
        /// The method.
        method: String,
    },
    /// The options of a webhook have a body or a media type.
    WebhookBody,
    /// The URL of a webhook is longer than senders and servers take.
    WebhookTooLong,
    /// The body of a message in a batch is not UTF-8.
    BodyNotText,
    /// A batch without messages.
    EmptyBatch,
    /// Something is wrong with one message of a batch.
    #[non_exhaustive]
    InBatch {
        /// The position of the message, beginning at 0.
        index: usize,
        /// The problem.
        problem: Box<InvalidMessage>,
    },
}

/// The reason that a value cannot stand in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueProblem {
    /// A line break would begin another header.
    LineBreak,
    /// A control character. A tab is none.
    Control,
    /// A character outside of ASCII, for which HTTP has no agreed encoding.
    NotAscii,
    /// White space at an end, which servers drop.
    OuterSpace,
}

impl fmt::Display for InvalidMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json { reason } => write!(f, "the body cannot be written as JSON: {reason}"),
            Self::Empty { what } => write!(f, "{what} is empty; leave it out, or name something"),
            Self::HeaderName { name } => write!(
                f,
                "`{}` is not the name of a header; use letters, digits and hyphens",
                name.escape_debug()
            ),
            Self::HeaderOfDelivery { name } => write!(
                f,
                "`{name}` cannot be forwarded: it tells of the connection or the length of one request, and the \
                 service sets it for each delivery; leave it out"
            ),
            Self::HeaderOfService { name, setter } => {
                write!(f, "`{name}` is an option of the service, and no header to be forwarded; ")?;
                match setter {
                    Some(setter) => write!(f, "use {setter}"),
                    None => f.write_str(
                        "set it with `header(name, value)` on the builder if the service has learnt it lately",
                    ),
                }
            }
            Self::HeaderSetAlready { name } => write!(
                f,
                "`header` gives `{name}`, which the message has already; leave one of them out"
            ),
            Self::TooManyHeaders { count } => write!(
                f,
                "the message and its callbacks have {count} headers, and no more than 1000 can be sent; put what \
                 they hold into the body"
            ),
            Self::HeaderValue { header, problem } => {
                write!(f, "the value of `{}` {problem}", header.escape_debug())
            }
            Self::TooLong { option } => write!(
                f,
                "the {option} is longer than 292 years, which the service cannot express; choose a shorter one"
            ),
            Self::Zero { option } => write!(
                f,
                "the {option} is zero, which would let nothing through; leave it out for no limit"
            ),
            Self::NotBefore => f.write_str(
                "the earliest time of delivery is before 1970 or after the year 9999; give a time between them",
            ),
            Self::DeduplicationId { character } => write!(
                f,
                "the deduplication id holds `{}`, and the service takes neither `:` nor white space; use `-` or `_`",
                character.escape_debug()
            ),
            Self::Label { label } => write!(
                f,
                "the label `{}` holds a comma, which separates labels; give it as several labels",
                label.escape_debug()
            ),
            Self::FlowControlWithoutLimit { key } => write!(
                f,
                "the flow control of the key `{}` has no limit, and a period is none by itself; set its parallelism \
                 or its rate",
                key.escape_debug()
            ),
            Self::PeriodWithoutRate { key } => write!(
                f,
                "the flow control of the key `{}` has a period and no rate, which the service refuses; set the rate that is \
                 counted in it, or leave the period out",
                key.escape_debug()
            ),
            Self::CallbackUrl { header } => write!(
                f,
                "`{header}` is not an absolute URL; begin it with `http://` or `https://` and a host, and \
                 percent-encode white space and all that is not ASCII"
            ),
            Self::CallbackTooLong { header } => write!(
                f,
                "`{header}` is longer than {MAX_DESTINATION_LEN} bytes, and a receiver could not verify such a call; put \
                 what is long into a header or the body"
            ),
            Self::Cron { cron, problem } => write!(
                f,
                "`{}` is not a cron expression that the service reads: {problem}",
                cron.escape_debug()
            ),
            Self::Name { what, name } => write!(
                f,
                "`{}` cannot be {what}; use letters, digits, `.`, `_` and `-`",
                name.escape_debug()
            ),
            Self::Destination(problem) => write!(f, "the destination {problem}"),
            Self::NotTaken { operation, header } => not_taken(f, operation, header),
            Self::BodyNotTaken { operation } => write!(
                f,
                "`{operation}` sends the body that the message had; begin with `Message::empty()`"
            ),
            Self::Redacted { what } => write!(
                f,
                "{} is the placeholder of a value that was redacted, which the service cannot give back; set the value \
                 itself",
                what.escape_debug()
            ),
            Self::BodyNotBase64 => f.write_str(
                "the body that the service shows is not base64; give the message its body in another way",
            ),
            Self::Method { method } => write!(
                f,
                "the service shows the method `{}`, which no message can be sent with; choose another one",
                method.escape_debug()
            ),
            Self::WebhookBody => f.write_str(
                "the sender of a webhook brings the body and its media type; begin with `Message::empty()`",
            ),
            Self::WebhookTooLong => f.write_str(
                "the URL of the webhook is longer than 8000 bytes, which many senders and servers do not take; leave \
                 options out, or shorten the destination",
            ),
            Self::BodyNotText => f.write_str(
                "the body is not UTF-8, and a batch can hold nothing else; publish the message by itself, or \
                 encode its body in base64",
            ),
            Self::EmptyBatch => f.write_str("the batch has no messages; give it at least one"),
            Self::InBatch { index, problem } => write!(f, "message {index} of the batch: {problem}"),
        }
    }
}

/// Says that an option is not taken, and what to do instead.
fn not_taken(f: &mut fmt::Formatter<'_>, operation: &str, header: &str) -> fmt::Result {
    write!(f, "`{operation}` does not take `{header}`; ")?;
    match operation {
        "enqueue_message" => f.write_str(
            "a queue sends its messages in order and at once: leave the option out, or publish without a queue",
        ),
        "create_schedule" => {
            f.write_str("a schedule sends a new message each time: leave the option out")
        }
        _ => f.write_str("leave the option out"),
    }
}

impl fmt::Display for ValueProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LineBreak => "holds a line break, which ends a header; remove it",
            Self::Control => "holds a control character, which no header can hold; remove it",
            Self::NotAscii => {
                "holds a character outside of ASCII, which headers do not carry; percent-encode it or use base64"
            }
            Self::OuterSpace => "begins or ends with white space, which would be dropped; remove it",
        })
    }
}

impl error::Error for InvalidMessage {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Destination(problem) => Some(problem),
            Self::InBatch { problem, .. } => Some(problem),
            _ => None,
        }
    }
}

impl From<InvalidDestination> for InvalidMessage {
    fn from(problem: InvalidDestination) -> Self {
        Self::Destination(problem)
    }
}
