//! Messages as they go onto the wire.

use bytes::Bytes;

use super::Message;
use super::options::{Options, SETTERS};
use crate::forwards::{Family, Forwards};
use crate::generated::operations;
use crate::invalid::InvalidMessage;
use crate::redacted::Redacted;

/// The most headers of all families together. Servers take fewer, and a map of headers cannot hold many more.
const MOST_HEADERS: usize = 1000;

/// Beginnings of headers that have no plain setter, and the calls that say the same. The first that fits counts.
const OTHER_SETTERS: [(&str, &str); 9] = [
    (
        "Upstash-Callback-Forward-",
        "`.callback(Callback::new(url).forward(name, value))`",
    ),
    (
        "Upstash-Failure-Callback-Forward-",
        "`.failure_callback(Callback::new(url).forward(name, value))`",
    ),
    ("Upstash-Callback", "`.callback(Callback::new(url))`"),
    (
        "Upstash-Failure-Callback",
        "`.failure_callback(Callback::new(url))`",
    ),
    (
        "Upstash-Cron",
        "`create_schedule()` and `.cron(expression)` on its builder",
    ),
    (
        "Upstash-Flow-Control",
        "`.flow_control(FlowControl::new(key))`",
    ),
    (
        "Upstash-Queue-Name",
        "`enqueue_message()`, or `.queue(name)` on the builder of a schedule",
    ),
    ("Upstash-Redact-Fields", "`.redact(Redact::body())`"),
    (
        "Upstash-Schedule-Id",
        "`create_schedule()` and `.schedule_id(id)` on its builder",
    ),
];

/// A checked message: its body, and its options as headers.
pub(crate) struct Prepared {
    pub(super) body: Option<Bytes>,
    pub(super) options: Options,
    /// The rest of a header's name, and its value, by family.
    pub(super) families: Vec<(Family, String, String)>,
}

impl Message {
    /// Checks everything.
    pub(super) fn prepared(self) -> Result<Prepared, InvalidMessage> {
        let body = self.body.map(|body| body.0);
        if body.as_deref().is_some_and(Redacted::is) {
            return Err(InvalidMessage::Redacted {
                what: "the body".to_owned(),
            });
        }
        self.options.check()?;
        let mut prepared = Prepared {
            body,
            options: self.options,
            families: Vec::new(),
        };
        prepared.forward(Family::Forward, self.forwards)?;
        let callbacks = [
            (self.callback, Family::Callback, Family::CallbackForward),
            (
                self.failure_callback,
                Family::FailureCallback,
                Family::FailureCallbackForward,
            ),
        ];
        for (callback, family, forward) in callbacks {
            let Some(callback) = callback else {
                continue;
            };
            let options = callback.options(family.prefix())?.into_iter();
            let options = options.map(|(name, value)| (family, name.to_owned(), value));
            prepared.families.extend(options);
            prepared.forward(forward, callback.into_forwards())?;
        }
        match prepared.families.len() {
            ..=MOST_HEADERS => Ok(prepared),
            count => Err(InvalidMessage::TooManyHeaders { count }),
        }
    }

    /// The same for `operation`, which has to take every option: the description of the API says which it takes.
    pub(crate) fn prepared_for(self, operation: &'static str) -> Result<Prepared, InvalidMessage> {
        let prepared = self.prepared()?;
        let parameters = operations::operation(operation).map_or(&[][..], |it| it.parameters);
        let is_taken = |header: &str| parameters.iter().any(|it| it.name == header);
        let other = prepared.options.names().find(|header| !is_taken(header));
        match other {
            Some(header) => Err(InvalidMessage::NotTaken { operation, header }),
            None => Ok(prepared),
        }
    }
}

impl Prepared {
    fn forward(&mut self, family: Family, forwards: Forwards) -> Result<(), InvalidMessage> {
        let forwards = forwards.checked(family.prefix()).map_err(with_setter)?;
        let headers = forwards.map(|(name, value)| (family, name, value));
        self.families.extend(headers);
        Ok(())
    }

    /// The name and the value of each header.
    pub(crate) fn into_headers(self) -> impl Iterator<Item = (String, String)> {
        let families = self.families.into_iter();
        self.options
            .into_headers()
            .map(|(name, value)| (name.to_owned(), value.into_owned()))
            .chain(
                families.map(|(family, name, value)| (format!("{}{name}", family.prefix()), value)),
            )
    }
}

/// Says what to call in place of forwarding an option.
fn with_setter(problem: InvalidMessage) -> InvalidMessage {
    let InvalidMessage::HeaderOfService { name, .. } = problem else {
        return problem;
    };
    let begins = |header: &str| {
        let begin = name.get(..header.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(header))
    };
    let mut setters = OTHER_SETTERS.iter().chain(SETTERS);
    let setter = setters.find_map(|(header, setter)| begins(header).then_some(*setter));
    InvalidMessage::HeaderOfService { name, setter }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Callback;

    #[test]
    fn an_option_that_is_forwarded_is_refused_with_the_setter_that_says_it() {
        for (name, expected) in [
            ("Upstash-Delay", "use `.delay(duration)`"),
            ("upstash-retry-delay", "use `.retry_delay(expression)`"),
            ("Upstash-Retries", "use `.retries(count)`"),
            ("Upstash-Header-Forward", "use `.forward_request_headers()`"),
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
