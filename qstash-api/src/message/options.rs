//! The options of a message: one declaration for each.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use super::Message;
use crate::callback::Callback;
use crate::destination;
use crate::flow_control::FlowControl;
use crate::invalid::InvalidMessage;
use crate::redact::Redact;
use crate::timestamp::Timestamp;
use crate::types::HttpMethod;
use crate::wire;

/// The checked headers of the options that are set, in the order of the declarations.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Options(Vec<(Name, &'static str, Value)>);

type Value = Result<Cow<'static, str>, InvalidMessage>;

impl Options {
    pub(super) fn set<V>(
        &mut self,
        option: Name,
        header: &'static str,
        value: Result<V, InvalidMessage>,
    ) where
        V: Into<Cow<'static, str>>,
    {
        self.unset(header);
        let at = self.0.partition_point(|(before, ..)| *before <= option);
        self.0.insert(at, (option, header, value.map(Into::into)));
    }

    fn unset(&mut self, header: &str) {
        self.0.retain(|(_, other, _)| *other != header);
    }

    /// Returns `value` behind what the header has, and a comma.
    fn joined(
        &self,
        header: &str,
        value: Result<String, InvalidMessage>,
    ) -> Result<String, InvalidMessage> {
        match self.get(header).cloned() {
            Some(before) => Ok(format!("{},{}", before?, value?)),
            None => value,
        }
    }

    pub(super) fn get(&self, header: &str) -> Option<&Value> {
        let mut headers = self.0.iter();
        headers.find_map(|(_, other, value)| (*other == header).then_some(value))
    }

    /// Refuses options of which one is wrong.
    pub(super) fn check(&self) -> Result<(), InvalidMessage> {
        let wrong = self.0.iter().find_map(|(.., value)| value.as_ref().err());
        wrong.map_or(Ok(()), |problem| Err(problem.clone()))
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(_, header, _)| *header)
    }

    /// Returns the headers, without those that are wrong.
    pub(super) fn into_headers(self) -> impl Iterator<Item = (&'static str, Cow<'static, str>)> {
        let headers = self.0.into_iter();
        headers.filter_map(|(_, header, value)| Some((header, value.ok()?)))
    }
}

/// Shows the origin of URLs only, because the rest may be secret.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = self.0.iter().map(|(_, header, value)| {
            let shown = value.as_ref().map(|value| match value.contains("://") {
                true => Cow::Owned(destination::origin(value)),
                false => Cow::Borrowed(&**value),
            });
            (header, shown)
        });
        f.debug_map().entries(headers).finish()
    }
}

/// Declares options by their setters, each with its header and the checked value of that. A few have another header too.
/// Headers are sent in the order of the declarations.
macro_rules! options {
    ($this:ident; $(
        $(#[$docs:meta])*
        $setter:ident($($argument:ident: $type:ty)?)
            => $header:literal: $value:expr $(, $other_header:literal: $other_value:expr)?;
    )*) => {
        /// An option, by the name of its setter.
        #[expect(non_camel_case_types, reason = "they are named as the setters are")]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Name { $($setter),* }

        /// The headers of options, and the setters that say the same.
        pub(super) const SETTERS: &[(&str, &str)] = &[
            $(($header, concat!("`.", stringify!($setter), "(", stringify!($($argument)?), ")`")),)*
        ];

        impl Message {
            $(
                $(#[$docs])*
                pub fn $setter(mut $this, $($argument: $type)?) -> Self {
                    let value = $value;
                    $this.options.set(Name::$setter, $header, value);
                    $($this.options.set(Name::$setter, $other_header, $other_value);)?
                    $this
                }
            )*
        }
    };
}

options! {
    self;

    /// Forwards every header of the request that publishes the message, without a prefix, for
    /// [webhooks](crate::Client::webhook_url) whose senders cannot prefix any. Queues, schedules and batches do not
    /// take it.
    forward_request_headers() => "Upstash-Header-Forward": Ok("true");

    /// Sets the media type of the body, which the destination gets as its `Content-Type`.
    content_type(content_type: impl Into<String>)
        => "Content-Type": wire::filled("the content type", "Content-Type", content_type.into());

    /// Sets the HTTP method of the delivery. Unless it is set, the service uses `POST`.
    method(method: HttpMethod) => "Upstash-Method": Ok(method.to_string());

    /// Sets the number of retries after a failed delivery; 0 means that it is tried once. Unless it is
    /// set, the service uses 3.
    retries(count: u32) => "Upstash-Retries": Ok(count.to_string());

    /// Sets the time to wait before the first delivery. A queue does not take it.
    delay(duration: Duration) => "Upstash-Delay": wire::seconds("delay", duration);

    /// Sets the earliest time of the first delivery; it wins over [`delay`](Self::delay). A time in the past means
    /// at once. Queues and schedules do not take it.
    not_before(time: impl Into<Timestamp>) => "Upstash-Not-Before": wire::unix_seconds(time.into());

    /// Sets the time that the destination may take to answer a delivery, more than zero. Unless it is set, it is the
    /// longest of the plan.
    timeout(duration: Duration) => "Upstash-Timeout": wire::some_seconds("timeout", duration);

    /// Sets an expression for the milliseconds before the next try, such as `pow(2, retried) * 1000`.
    ///
    /// `retried` counts the retries so far and begins at 0. The functions are `pow`, `exp`, `sqrt`, `abs`,
    /// `floor`, `ceil`, `round`, `min` and `max`.
    retry_delay(expression: impl Into<String>)
        => "Upstash-Retry-Delay": wire::filled("the retry delay", "Upstash-Retry-Delay", expression.into());

    /// Adds a label, by which the message is found in logs, in the DLQ and by bulk operations. It holds no
    /// comma.
    label(label: impl Into<String>)
        => "Upstash-Label": self.options.joined("Upstash-Label", checked_label(label.into()));

    /// Sets an id by which repeats of this message are recognised: another message with it within 10 minutes is
    /// accepted and not delivered. It holds neither `:` nor white space. Schedules do not take it.
    ///
    /// It replaces [`deduplicate_by_content`](Self::deduplicate_by_content).
    deduplication_id(id: impl Into<String>) => "Upstash-Deduplication-Id": {
        self.options.unset("Upstash-Content-Based-Deduplication");
        checked_deduplication_id(id.into())
    };

    /// Recognises repeats of this message by what is in it. Schedules do not take it.
    ///
    /// It replaces [`deduplication_id`](Self::deduplication_id).
    deduplicate_by_content() => "Upstash-Content-Based-Deduplication": {
        self.options.unset("Upstash-Deduplication-Id");
        Ok("true")
    };

    /// Sets limits that this message shares with all others of the same key. A queue does not take it.
    flow_control(flow_control: FlowControl)
        => "Upstash-Flow-Control-Key": flow_control.key(),
           "Upstash-Flow-Control-Value": flow_control.limits();

    /// Adds parts that the service's logs must not show. What was named before stays hidden.
    redact(redact: Redact) => "Upstash-Redact-Fields": match self.options.get("Upstash-Redact-Fields") {
        Some(before) => before.clone().and_then(|before| Redact::of(&before).and(redact).wire()),
        None => redact.wire(),
    };

    /// Sets the URL that is told the destination's answer. A plain URL is a callback without options.
    callback(callback: impl Into<Callback>)
        => "Upstash-Callback": self.callback.insert(Box::new(callback.into())).url("Upstash-Callback");

    /// Sets the URL that is told that all tries have failed. A plain URL is a callback without options.
    failure_callback(callback: impl Into<Callback>)
        => "Upstash-Failure-Callback":
            self.failure_callback.insert(Box::new(callback.into())).url("Upstash-Failure-Callback");
}

/// Options that say more than a header of their own.
impl Message {
    /// Adds labels; see [`label`](Self::label).
    pub fn labels<L: Into<String>>(self, labels: impl IntoIterator<Item = L>) -> Self {
        labels.into_iter().fold(self, Self::label)
    }

    /// Adds a header for the destination. A second one with the same name, in whatever case, replaces the
    /// first.
    ///
    /// The name is the one that the destination gets; `Upstash-Forward-` before it is taken off, as this crate puts
    /// it there. Other names that begin with `Upstash-` are options of the service and refused, with the setter that
    /// says the same, and so is what each delivery sets by itself, such as `Host` and `Content-Length`. The `header` of
    /// a request adds a header for the service itself.
    #[doc(alias = "header")]
    pub fn forward(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.forwards.set(name.into(), value.into());
        self
    }
}

fn checked_label(label: String) -> Result<String, InvalidMessage> {
    if label.contains(',') {
        return Err(InvalidMessage::Label { label });
    }
    wire::filled("a label", "Upstash-Label", label)
}

fn checked_deduplication_id(id: String) -> Result<String, InvalidMessage> {
    let refused = |character: &char| *character == ':' || character.is_whitespace();
    if let Some(character) = id.chars().find(refused) {
        return Err(InvalidMessage::DeduplicationId { character });
    }
    wire::filled("the deduplication id", "Upstash-Deduplication-Id", id)
}
