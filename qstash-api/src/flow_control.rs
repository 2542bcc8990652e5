//! Limits that messages share.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::invalid::InvalidMessage;
use crate::wire;

/// Limits for all messages with the same key, whatever their destinations.
///
/// At least one limit must be set. Each setter replaces what was set before. Serialized, the fields have the names of the
/// setters, and the period is a number of seconds.
///
/// ```
/// use std::time::Duration;
/// use qstash_api::{FlowControl, Message};
///
/// let message = Message::text("hello")
///     .flow_control(FlowControl::new("partner").rate(10).period(Duration::from_secs(60)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use = "it is an option of a message"]
pub struct FlowControl {
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parallelism: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rate: Option<u32>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "crate::seconds"
    )]
    period: Option<Duration>,
}

impl FlowControl {
    /// Creates flow control by this key, which the messages share; a limit is still to be set.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            parallelism: None,
            rate: None,
            period: None,
        }
    }

    /// Sets the number of deliveries that may be in flight at once, at least 1.
    pub fn parallelism(mut self, parallelism: u32) -> Self {
        self.parallelism = Some(parallelism);
        self
    }

    /// Sets the number of deliveries that may begin in one period, at least 1. The period is a second unless it is set.
    pub fn rate(mut self, rate: u32) -> Self {
        self.rate = Some(rate);
        self
    }

    /// Sets the length of a period, in whole seconds; a fraction is rounded up. It says what the [rate](Self::rate) counts
    /// in, and is no limit by itself. The service takes up to a week.
    pub fn period(mut self, period: Duration) -> Self {
        self.period = Some(period);
        self
    }

    /// The value of the header for the key.
    pub(crate) fn key(&self) -> Result<String, InvalidMessage> {
        let key = self.key.clone();
        wire::filled("the flow control key", "Upstash-Flow-Control-Key", key)
    }

    /// The value of the header for the limits.
    pub(crate) fn limits(&self) -> Result<String, InvalidMessage> {
        let mut limits = Vec::new();
        for (name, option, limit) in [
            (
                "parallelism",
                "parallelism of the flow control",
                self.parallelism,
            ),
            ("rate", "rate of the flow control", self.rate),
        ] {
            match limit {
                Some(0) => return Err(InvalidMessage::Zero { option }),
                Some(limit) => limits.push(format!("{name}={limit}")),
                None => {}
            }
        }
        let key = || self.key.clone();
        if limits.is_empty() {
            return Err(InvalidMessage::FlowControlWithoutLimit { key: key() });
        }
        if let Some(period) = self.period {
            let period = wire::some_seconds("period of the flow control", period)?;
            if self.rate.is_none() {
                return Err(InvalidMessage::PeriodWithoutRate { key: key() });
            }
            limits.push(format!("period={period}"));
        }
        Ok(limits.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_stand_in_the_order_of_the_service() {
        let minute = Duration::from_secs(60);
        let key = || FlowControl::new("k");
        let cases = [
            (
                key().period(minute).rate(10).parallelism(5),
                "parallelism=5, rate=10, period=60s",
            ),
            (key().parallelism(5), "parallelism=5"),
            (key().rate(10), "rate=10"),
            (key().period(minute).rate(1), "rate=1, period=60s"),
            (key().rate(1).rate(2), "rate=2"),
        ];
        for (flow_control, expected) in cases {
            assert_eq!(flow_control.key().as_deref(), Ok("k"));
            assert_eq!(flow_control.limits().as_deref(), Ok(expected));
        }
    }

    #[test]
    fn limits_that_limit_nothing_or_everything_are_errors() {
        let cases = [
            (FlowControl::new("k"), "no limit"),
            (
                FlowControl::new("k").period(Duration::from_secs(1)),
                "no limit, and a period is none by itself",
            ),
            (FlowControl::new("").rate(1), "key is empty"),
            (
                FlowControl::new("k").rate(0),
                "rate of the flow control is zero",
            ),
            (
                FlowControl::new("k").parallelism(0),
                "parallelism of the flow control is zero",
            ),
            (
                FlowControl::new("k").rate(1).period(Duration::ZERO),
                "period of the flow control is zero",
            ),
            (
                FlowControl::new("k")
                    .parallelism(1)
                    .period(Duration::from_secs(1)),
                "a period and no rate",
            ),
            (FlowControl::new("a\nb").rate(1), "line break"),
        ];
        for (flow_control, expected) in cases {
            let error = flow_control.key().and_then(|_| flow_control.limits());
            let error = error.unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
