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
        self,
        prefix: &str,
    ) -> Result<impl Iterator<Item = (String, String)>, InvalidMessage> {
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
        Ok(self.0.into_iter())
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
    if lower.starts_with("upstash-") {
        return Err(InvalidMessage::HeaderOfService {
            name: name.to_owned(),
            setter: None,
        });
    }
    Ok(())
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
            let checked = forwards.clone().checked(family.prefix()).unwrap();
            let expected = [("X-A", "2\t3"), ("X-B", "4")];
            assert!(checked.eq(expected.map(|(name, value)| (name.to_owned(), value.to_owned()))));
        }
    }
}
