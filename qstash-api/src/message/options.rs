//! The options of a message as they go onto the wire.

use std::borrow::Cow;

use crate::callback::Callback;
use crate::forwards::Family;
use crate::generated::operations;
use crate::generated::runtime::Operation;
use crate::invalid::InvalidMessage;
use crate::message::{Deduplication, Message};
use crate::redacted::Redacted;
use crate::wire;

/// The most headers of all families together. Servers take fewer, and a map of headers cannot hold many more.
const MOST_HEADERS: usize = 1000;

/// Checked options as headers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// The options that have a header of their own, by its name.
    pub(crate) named: Vec<(&'static str, Cow<'static, str>)>,
    /// The rest of a header's name, and its value, by family.
    pub(crate) families: Vec<(Family, String, String)>,
}

impl Options {
    /// Checks and writes all options.
    pub(crate) fn of(message: &Message) -> Result<Self, InvalidMessage> {
        let mut options = Self::default();
        if message
            .body
            .as_ref()
            .is_some_and(|body| Redacted::is(&body.0))
        {
            return Err(InvalidMessage::Redacted {
                what: "the body".to_owned(),
            });
        }
        if message.forward_request_headers {
            options.set("Upstash-Header-Forward", "true");
        }
        if let Some(content_type) = &message.content_type {
            // The ones that are borrowed are ours, and good.
            if let Cow::Owned(content_type) = content_type {
                wire::check_filled("the content type", "Content-Type", content_type)?;
            }
            options.set("Content-Type", content_type.clone());
        }
        if let Some(method) = message.method {
            options.set("Upstash-Method", method.to_string());
        }
        if let Some(retries) = message.retries {
            options.set("Upstash-Retries", retries.to_string());
        }
        options.set_times(message)?;
        options.set_labels(&message.labels)?;
        options.set_deduplication(message.deduplication.as_ref())?;
        if let Some(flow_control) = &message.flow_control {
            let (key, value) = flow_control.wire()?;
            options.set("Upstash-Flow-Control-Key", key);
            options.set("Upstash-Flow-Control-Value", value);
        }
        if let Some(redact) = &message.redact {
            options.set("Upstash-Redact-Fields", redact.wire()?);
        }
        for (name, value) in message.forwards.checked(Family::Forward.prefix())? {
            options.push(Family::Forward, name, value);
        }
        if let Some(callback) = &message.callback {
            options.set("Upstash-Callback", callback.url("Upstash-Callback")?);
            options.push_callback(callback, Family::Callback, Family::CallbackForward)?;
        }
        if let Some(callback) = &message.failure_callback {
            let url = callback.url("Upstash-Failure-Callback")?;
            options.set("Upstash-Failure-Callback", url);
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

    /// The name and the value of each header.
    pub(crate) fn into_headers(self) -> impl Iterator<Item = (String, String)> {
        let named = self.named.into_iter();
        let families = self.families.into_iter();
        named
            .map(|(name, value)| (name.to_owned(), value.into_owned()))
            .chain(
                families.map(|(family, name, value)| (format!("{}{name}", family.prefix()), value)),
            )
    }

    fn set(&mut self, header: &'static str, value: impl Into<Cow<'static, str>>) {
        self.named.push((header, value.into()));
    }

    fn set_times(&mut self, message: &Message) -> Result<(), InvalidMessage> {
        if let Some(delay) = message.delay {
            self.set("Upstash-Delay", wire::seconds("delay", delay)?);
        }
        if let Some(time) = message.not_before {
            self.set("Upstash-Not-Before", wire::unix_seconds(time)?.to_string());
        }
        if let Some(timeout) = message.timeout {
            self.set("Upstash-Timeout", wire::some_seconds("timeout", timeout)?);
        }
        if let Some(expression) = &message.retry_delay {
            wire::check_filled("the retry delay", "Upstash-Retry-Delay", expression)?;
            self.set("Upstash-Retry-Delay", expression.clone());
        }
        Ok(())
    }

    /// All labels are one value.
    fn set_labels(&mut self, labels: &[String]) -> Result<(), InvalidMessage> {
        for label in labels {
            if label.contains(',') {
                return Err(InvalidMessage::Label {
                    label: label.clone(),
                });
            }
            wire::check_filled("a label", "Upstash-Label", label)?;
        }
        if !labels.is_empty() {
            self.set("Upstash-Label", labels.join(","));
        }
        Ok(())
    }

    fn set_deduplication(
        &mut self,
        deduplication: Option<&Deduplication>,
    ) -> Result<(), InvalidMessage> {
        match deduplication {
            Some(Deduplication::ByContent) => {
                self.set("Upstash-Content-Based-Deduplication", "true");
            }
            Some(Deduplication::Id(id)) => {
                let refused = |character: &char| *character == ':' || character.is_whitespace();
                if let Some(character) = id.chars().find(refused) {
                    return Err(InvalidMessage::DeduplicationId { character });
                }
                wire::check_filled("the deduplication id", "Upstash-Deduplication-Id", id)?;
                self.set("Upstash-Deduplication-Id", id.clone());
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

    /// Refuses an option that `operation` does not take: the description of the API says which it takes.
    pub(crate) fn check_for(&self, operation: &'static str) -> Result<(), InvalidMessage> {
        let taken = operations::operation(operation);
        let takes = |operation: &Operation, header: &str| {
            let mut parameters = operation.parameters.iter();
            parameters.any(|parameter| parameter.name == header)
        };
        let refused = self
            .named
            .iter()
            .find(|(header, _)| !taken.is_some_and(|taken| takes(taken, header)));
        match refused {
            Some((header, _)) => Err(InvalidMessage::NotTaken { operation, header }),
            None => Ok(()),
        }
    }
}
