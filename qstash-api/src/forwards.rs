//! Headers that travel with a message.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::invalid::InvalidMessage;
use crate::redacted::Redacted;
use crate::wire;

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

/// Headers by name. Names differ in more than their case.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Forwards(Vec<(String, String)>);

impl Forwards {
    /// Adds a header, or replaces the one with the same name. A name that begins with the prefix under which headers
    /// are forwarded has it already, and is taken without it.
    pub(crate) fn set(&mut self, name: String, value: String) {
        let name = match strip_prefix(&name, Family::Forward.prefix()) {
            Some(rest) => rest.to_owned(),
            None => name,
        };
        self.0
            .retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
        self.0.push((name, value));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The headers, after a check that `{prefix}{name}` can carry each.
    pub(crate) fn checked(
        &self,
        prefix: &str,
    ) -> Result<impl Iterator<Item = (&str, &str)>, InvalidMessage> {
        for (name, value) in &self.0 {
            wire::check_name(name)?;
            check_forwarded(name)?;
            wire::check_value(&format!("{prefix}{name}"), value)?;
            if Redacted::is(value.as_bytes()) {
                return Err(InvalidMessage::Redacted {
                    what: format!("the header `{name}`"),
                });
            }
        }
        Ok(self
            .0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

impl Serialize for Forwards {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for Forwards {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut forwards = Self::default();
        for (name, value) in BTreeMap::deserialize(deserializer)? {
            forwards.set(name, value);
        }
        Ok(forwards)
    }
}

/// Returns the part after `prefix`, in whatever case that is written.
fn strip_prefix<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = name.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Headers that belong to the connection of a delivery or frame its body, so that no message can bring them.
const OF_THE_DELIVERY: [&str; 9] = [
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Options by the names of their headers without `Upstash-`, in lower case, and the setters that say the same. The
/// first that a name begins with counts.
const SETTERS: [(&str, &str); 19] = [
    (
        "callback-forward-",
        "`.callback(Callback::new(url).forward(name, value))`",
    ),
    (
        "failure-callback-forward-",
        "`.failure_callback(Callback::new(url).forward(name, value))`",
    ),
    ("callback", "`.callback(Callback::new(url))`"),
    (
        "failure-callback",
        "`.failure_callback(Callback::new(url))`",
    ),
    ("content-based-deduplication", "`.deduplicate_by_content()`"),
    (
        "cron",
        "`create_schedule()` and `.cron(expression)` on its builder",
    ),
    ("deduplication-id", "`.deduplication_id(id)`"),
    ("delay", "`.delay(duration)`"),
    ("flow-control", "`.flow_control(FlowControl::new(key))`"),
    ("header-forward", "`.forward_request_headers()`"),
    ("label", "`.label(label)`"),
    ("method", "`.method(method)`"),
    ("not-before", "`.not_before(time)`"),
    (
        "queue-name",
        "`enqueue_message()`, or `.queue(name)` on the builder of a schedule",
    ),
    ("redact-fields", "`.redact(Redact::body())`"),
    ("retries", "`.retries(count)`"),
    ("retry-delay", "`.retry_delay(expression)`"),
    (
        "schedule-id",
        "`create_schedule()` and `.schedule_id(id)` on its builder",
    ),
    ("timeout", "`.timeout(duration)`"),
];

/// Returns whether a header of a message that the service shows may be forwarded again: what each delivery gets by
/// itself, and what the service adds, may not.
pub(crate) fn is_forwardable(name: &str) -> bool {
    let name = strip_prefix(name, Family::Forward.prefix()).unwrap_or(name);
    check_forwarded(name).is_ok()
}

/// Refuses a header that a delivery has by itself, and one that is an option of the service.
fn check_forwarded(name: &str) -> Result<(), InvalidMessage> {
    let lower = name.to_ascii_lowercase();
    if OF_THE_DELIVERY.contains(&lower.as_str()) {
        return Err(InvalidMessage::HeaderOfDelivery {
            name: name.to_owned(),
        });
    }
    let Some(option) = lower.strip_prefix("upstash-") else {
        return Ok(());
    };
    let setter = SETTERS
        .iter()
        .find(|(begin, _)| option.starts_with(begin))
        .map(|(_, setter)| *setter);
    Err(InvalidMessage::HeaderOfService {
        name: name.to_owned(),
        setter,
    })
}

/// Shows the names only, because the values may be credentials.
impl fmt::Debug for Forwards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Callback, Message};

    #[test]
    fn a_forwarded_name_may_have_the_prefix_already() {
        let mut forwards = Forwards::default();
        for (name, value) in [
            ("X-A", "1"),
            ("upstash-forward-X-A", "2\t3"),
            ("Upstash-Forward-X-B", "4"),
        ] {
            forwards.set(name.to_owned(), value.to_owned());
        }
        for family in [Family::Forward, Family::CallbackForward] {
            let checked = forwards.checked(family.prefix()).unwrap();
            let checked: Vec<_> = checked.collect();
            assert_eq!(checked, [("X-A", "2\t3"), ("X-B", "4")]);
        }
    }

    #[test]
    fn an_option_that_is_forwarded_is_refused_with_the_setter_that_says_it() {
        for (name, expected) in [
            ("Upstash-Delay", "use `.delay(duration)`"),
            ("upstash-retry-delay", "use `.retry_delay(expression)`"),
            ("Upstash-Retries", "use `.retries(count)`"),
            ("Upstash-Flow-Control-Value", "use `.flow_control("),
            ("Upstash-Callback", "use `.callback(Callback::new(url))`"),
            (
                "Upstash-Callback-Forward-X",
                "use `.callback(Callback::new(url).forward(name, value))`",
            ),
            (
                "Upstash-Failure-Callback-Retries",
                "use `.failure_callback(",
            ),
            ("Upstash-Forward-Upstash-Forward-X", "`header(name, value)`"),
            ("Upstash-Novelty", "`header(name, value)` on the builder"),
            ("Content-Length", "the service sets it for each delivery"),
            ("transfer-encoding", "the service sets it for each delivery"),
            (
                "Upstash-Forward-Host",
                "the service sets it for each delivery",
            ),
        ] {
            for message in [
                Message::empty().forward(name, "1"),
                Message::empty().callback(Callback::new("https://example.com").forward(name, "1")),
            ] {
                let error = message.check().unwrap_err().to_string();
                assert!(error.contains(expected), "{name}: {error}");
            }
        }
    }
}
