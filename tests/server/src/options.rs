//! The options of a message, read from headers.

mod callback;
mod expression;
mod flow;
mod headers;
mod redact;
mod values;

pub(crate) use callback::Callback;
pub(crate) use expression::Expression;
pub(crate) use flow::FlowControl;
pub(crate) use headers::HeaderList;
use headers::canonical;
pub(crate) use redact::Redact;
pub(crate) use values::is_plain_name;

use std::time::Duration;

use crate::refusal::{Outcome, Refusal};

/// The way in which a message is delivered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) method: Option<String>,
    /// Seconds.
    pub(crate) delay: Option<u64>,
    /// Unix seconds; wins over the delay.
    pub(crate) not_before: Option<u64>,
    /// Seconds.
    pub(crate) timeout: Option<u64>,
    pub(crate) retries: Option<u32>,
    pub(crate) retry_delay: Option<Expression>,
    pub(crate) deduplication_id: Option<String>,
    pub(crate) content_based_deduplication: bool,
    pub(crate) labels: Vec<String>,
    pub(crate) flow: Option<FlowControl>,
    pub(crate) redact: Redact,
    pub(crate) callback: Option<Callback>,
    pub(crate) failure_callback: Option<Callback>,
    /// The headers that are forwarded to the destination, the content type included.
    pub(crate) forward: HeaderList,
    pub(crate) cron: Option<String>,
    pub(crate) schedule_id: Option<String>,
    pub(crate) queue: Option<String>,
}

impl Options {
    /// Reads the options from the headers of a request or of a batch item.
    pub(crate) fn read(headers: &HeaderList) -> Outcome<Self> {
        Ok(Self {
            method: values::method(headers, "Upstash-Method")?,
            delay: values::duration(headers, "Upstash-Delay")?,
            not_before: values::integer(headers, "Upstash-Not-Before")?,
            timeout: values::duration(headers, "Upstash-Timeout")?,
            retries: values::integer(headers, "Upstash-Retries")?,
            retry_delay: values::expression(headers, "Upstash-Retry-Delay")?,
            deduplication_id: values::deduplication_id(headers)?,
            content_based_deduplication: values::boolean(
                headers,
                "Upstash-Content-Based-Deduplication",
            )?,
            labels: values::labels(headers),
            flow: FlowControl::read(headers)?,
            redact: Redact::read(headers)?,
            callback: Callback::read(headers, "Upstash-Callback")?,
            failure_callback: Callback::read(headers, "Upstash-Failure-Callback")?,
            forward: forwarded(headers),
            cron: headers.get("Upstash-Cron").map(str::to_owned),
            schedule_id: values::plain_name(headers, "Upstash-Schedule-Id")?,
            queue: values::plain_name(headers, "Upstash-Queue-Name")?,
        })
    }

    /// Returns how long the first attempt waits.
    pub(crate) fn first_wait(&self, now: u64) -> Duration {
        match (self.not_before, self.delay) {
            (Some(seconds), _) => {
                Duration::from_millis(seconds.saturating_mul(1000).saturating_sub(now))
            }
            (None, Some(seconds)) => Duration::from_secs(seconds),
            (None, None) => Duration::ZERO,
        }
    }

    /// Refuses what a queue does not take.
    pub(crate) fn check_for_queue(&self) -> Outcome<()> {
        let refused = [
            (self.delay.is_some(), "Upstash-Delay"),
            (self.not_before.is_some(), "Upstash-Not-Before"),
            (self.flow.is_some(), "Upstash-Flow-Control-Key"),
        ];
        match refused.iter().find(|(given, _)| *given) {
            Some((_, header)) => Err(Refusal::bad_request(format!(
                "{header} is not allowed for a message in a queue"
            ))),
            None => Ok(()),
        }
    }

    /// Returns these options with those that another request gives in their place.
    pub(crate) fn overridden_by(mut self, other: Self) -> Self {
        self.method = other.method.or(self.method);
        self.delay = other.delay;
        self.not_before = other.not_before;
        self.timeout = other.timeout.or(self.timeout);
        self.retries = other.retries.or(self.retries);
        self.retry_delay = other.retry_delay.or(self.retry_delay);
        self.deduplication_id = other.deduplication_id;
        self.content_based_deduplication = other.content_based_deduplication;
        if !other.labels.is_empty() {
            self.labels = other.labels;
        }
        self.flow = other.flow.or(self.flow);
        if other.redact.is_some() {
            self.redact = other.redact;
        }
        self.callback = other.callback.or(self.callback);
        self.failure_callback = other.failure_callback.or(self.failure_callback);
        self.forward.replace_with(other.forward);
        self
    }
}

/// Returns whether a header of a publish request is neither for the service nor for its connection.
fn is_of_the_sender(name: &str) -> bool {
    let prefix = name.get(..8).unwrap_or_default();
    !prefix.eq_ignore_ascii_case("Upstash-")
        && !["Authorization", "qstash_token", "Host", "Content-Length"]
            .iter()
            .any(|own| own.eq_ignore_ascii_case(name))
}

fn forwarded(headers: &HeaderList) -> HeaderList {
    let mut forward = headers.family("Upstash-Forward-");
    let forwards_all = headers.get("Upstash-Header-Forward");
    if forwards_all.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        for (name, value) in headers.iter().filter(|(name, _)| is_of_the_sender(name)) {
            if forward.get(name).is_none() {
                forward.push(canonical(name), value);
            }
        }
    }
    if forward.get("Content-Type").is_none()
        && let Some(content_type) = headers.get("Content-Type")
    {
        forward.push("Content-Type", content_type);
    }
    if headers.get("Upstash-Header-Forward") == Some("true") {
        let own = headers.iter().filter(|(name, _)| !belongs_to_request(name));
        let own: Vec<_> = own
            .filter(|(name, _)| forward.get(name).is_none())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        own.into_iter()
            .for_each(|(name, value)| forward.push(name, value));
    }
    forward
}

/// Returns whether a header is for the service, or for the connection to it.
fn belongs_to_request(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let connection = [
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "transfer-encoding",
    ];
    name.starts_with("upstash-") || connection.contains(&name.as_str())
}
