//! The options of a message as they go onto the wire.

use std::borrow::Cow;

use crate::callback::Callback;
use crate::generated::operations;
use crate::generated::runtime::Operation;
use crate::invalid::InvalidMessage;
use crate::message::{Deduplication, Message};
use crate::types::HttpMethod;
use crate::wire;

/// The most headers of all families together. Servers take fewer, and a map of headers cannot hold many more.
const MOST_HEADERS: usize = 1000;

/// A family of headers that share a prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Forward,
    Callback,
    CallbackForward,
    FailureCallback,
    FailureCallbackForward,
}

impl Family {
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Forward => "Upstash-Forward-",
            Self::Callback => "Upstash-Callback-",
            Self::CallbackForward => "Upstash-Callback-Forward-",
            Self::FailureCallback => "Upstash-Failure-Callback-",
            Self::FailureCallbackForward => "Upstash-Failure-Callback-Forward-",
        }
    }
}

/// Checked options, named as the setters of the generated builders are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) content_type: Option<Cow<'static, str>>,
    pub(crate) callback: Option<String>,
    pub(crate) content_based_deduplication: Option<bool>,
    pub(crate) deduplication_id: Option<String>,
    pub(crate) delay: Option<String>,
    pub(crate) failure_callback: Option<String>,
    pub(crate) flow_control_key: Option<String>,
    pub(crate) flow_control_value: Option<String>,
    pub(crate) label: Option<String>,
    pub(crate) method: Option<HttpMethod>,
    pub(crate) not_before: Option<i64>,
    pub(crate) redact_fields: Option<String>,
    pub(crate) retries: Option<i64>,
    pub(crate) retry_delay: Option<String>,
    pub(crate) timeout: Option<String>,
    /// The rest of a header's name, and its value, by family.
    pub(crate) families: Vec<(Family, String, String)>,
}

/// The value of an option that has a header of its own.
#[derive(Clone, Copy)]
enum Given<'a> {
    Text(&'a str),
    Switch(bool),
    Number(i64),
    Method(HttpMethod),
}

impl<'a> Given<'a> {
    fn text(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Switch(on) => Cow::Borrowed(if on { "true" } else { "false" }),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Method(method) => Cow::Owned(method.to_string()),
        }
    }
}

impl Options {
    /// Checks and writes all options.
    pub(crate) fn of(message: &Message) -> Result<Self, InvalidMessage> {
        let mut options = Self {
            content_type: message.content_type.clone(),
            method: message.method,
            retries: message.retries.map(i64::from),
            label: labels(&message.labels)?,
            ..Self::default()
        };
        // The ones that are borrowed are ours, and good.
        if let Some(Cow::Owned(content_type)) = &message.content_type {
            wire::check_filled("the content type", "Content-Type", content_type)?;
        }
        options.set_times(message)?;
        options.set_deduplication(message.deduplication.as_ref())?;
        if let Some(flow_control) = &message.flow_control {
            let (key, value) = flow_control.wire()?;
            options.flow_control_key = Some(key);
            options.flow_control_value = Some(value);
        }
        if let Some(redact) = &message.redact {
            options.redact_fields = Some(redact.wire()?);
        }
        for (name, value) in message.forwards.checked(Family::Forward.prefix())? {
            options.push(Family::Forward, name, value);
        }
        if let Some(callback) = &message.callback {
            options.callback = Some(callback.url("Upstash-Callback")?);
            options.push_callback(callback, Family::Callback, Family::CallbackForward)?;
        }
        if let Some(callback) = &message.failure_callback {
            options.failure_callback = Some(callback.url("Upstash-Failure-Callback")?);
            options.push_callback(
                callback,
                Family::FailureCallback,
                Family::FailureCallbackForward,
            )?;
        }
        match options.families.len() {
            ..=MOST_HEADERS => Ok(options),
            count => Err(InvalidMessage::TooManyHeaders { count }),
        }
    }

    fn set_times(&mut self, message: &Message) -> Result<(), InvalidMessage> {
        self.delay = message
            .delay
            .map(|delay| wire::seconds("delay", delay))
            .transpose()?;
        self.not_before = message.not_before.map(wire::unix_seconds).transpose()?;
        self.timeout = message
            .timeout
            .map(|timeout| wire::some_seconds("timeout", timeout))
            .transpose()?;
        if let Some(expression) = &message.retry_delay {
            wire::check_filled("the retry delay", "Upstash-Retry-Delay", expression)?;
            self.retry_delay = Some(expression.clone());
        }
        Ok(())
    }

    fn set_deduplication(
        &mut self,
        deduplication: Option<&Deduplication>,
    ) -> Result<(), InvalidMessage> {
        match deduplication {
            Some(Deduplication::ByContent) => self.content_based_deduplication = Some(true),
            Some(Deduplication::Id(id)) => {
                let refused = |character: &char| *character == ':' || character.is_whitespace();
                if let Some(character) = id.chars().find(refused) {
                    return Err(InvalidMessage::DeduplicationId { character });
                }
                wire::check_filled("the deduplication id", "Upstash-Deduplication-Id", id)?;
                self.deduplication_id = Some(id.clone());
            }
            None => {}
        }
        Ok(())
    }

    fn push_callback(
        &mut self,
        callback: &Callback,
        family: Family,
        forward: Family,
    ) -> Result<(), InvalidMessage> {
        let header = family.prefix().trim_end_matches('-');
        for (name, value) in callback.options(header)? {
            self.push(family, name, &value);
        }
        for (name, value) in callback.forwards().checked(forward.prefix())? {
            self.push(forward, name, value);
        }
        Ok(())
    }

    fn push(&mut self, family: Family, name: &str, value: &str) {
        self.families
            .push((family, name.to_owned(), value.to_owned()));
    }

    /// The options that have a header of their own, by its name.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&'static str, Cow<'_, str>)> {
        self.given().map(|(name, value)| (name, value.text()))
    }

    /// The same, without what it takes to write them.
    fn given<'a>(&'a self) -> impl Iterator<Item = (&'static str, Given<'a>)> {
        let text = |value: &'a Option<String>| value.as_deref().map(Given::Text);
        [
            (
                "Content-Type",
                self.content_type.as_deref().map(Given::Text),
            ),
            ("Upstash-Callback", text(&self.callback)),
            (
                "Upstash-Content-Based-Deduplication",
                self.content_based_deduplication.map(Given::Switch),
            ),
            ("Upstash-Deduplication-Id", text(&self.deduplication_id)),
            ("Upstash-Delay", text(&self.delay)),
            ("Upstash-Failure-Callback", text(&self.failure_callback)),
            ("Upstash-Flow-Control-Key", text(&self.flow_control_key)),
            ("Upstash-Flow-Control-Value", text(&self.flow_control_value)),
            ("Upstash-Label", text(&self.label)),
            ("Upstash-Method", self.method.map(Given::Method)),
            ("Upstash-Not-Before", self.not_before.map(Given::Number)),
            ("Upstash-Redact-Fields", text(&self.redact_fields)),
            ("Upstash-Retries", self.retries.map(Given::Number)),
            ("Upstash-Retry-Delay", text(&self.retry_delay)),
            ("Upstash-Timeout", text(&self.timeout)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }

    /// Refuses an option that `operation` does not take: the description of the API says which it takes.
    pub(crate) fn check_for(&self, operation: &'static str) -> Result<(), InvalidMessage> {
        let taken = operations::operation(operation);
        let takes = |operation: &Operation, header: &str| {
            operation
                .parameters
                .iter()
                .any(|parameter| parameter.name.eq_ignore_ascii_case(header))
        };
        let refused = self
            .given()
            .map(|(header, _)| header)
            .find(|header| !taken.is_some_and(|taken| takes(taken, header)));
        match refused {
            Some(header) => Err(InvalidMessage::NotTaken { operation, header }),
            None => Ok(()),
        }
    }
}

/// All labels in one value, or none.
fn labels(labels: &[String]) -> Result<Option<String>, InvalidMessage> {
    for label in labels {
        if label.contains(',') {
            return Err(InvalidMessage::Label {
                label: label.clone(),
            });
        }
        wire::check_filled("a label", "Upstash-Label", label)?;
    }
    Ok((!labels.is_empty()).then(|| labels.join(",")))
}
