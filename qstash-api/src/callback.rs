//! URLs that the service tells the outcome of a message.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::destination;
use crate::forwards::Forwards;
use crate::invalid::InvalidMessage;
use crate::receiver::MAX_DESTINATION_LEN;
use crate::types::HttpMethod;
use crate::wire;

/// A URL that is told what became of a message, with the options of that request.
///
/// Each setter replaces what was set before; forwarded headers add up. Serialized, the fields have the names of the
/// setters, durations are numbers of seconds, and `forward` is a map of headers with their values, which may be
/// credentials.
///
/// ```
/// use qstash_api::{Callback, Message};
///
/// let message = Message::text("hello")
///     .callback(Callback::new("https://example.com/done").retries(1))
///     .failure_callback("https://example.com/failed");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use = "it is an option of a message"]
pub struct Callback {
    url: Url,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    method: Option<HttpMethod>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "crate::seconds"
    )]
    timeout: Option<Duration>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retries: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_delay: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "crate::seconds"
    )]
    delay: Option<Duration>,
    #[serde(
        default,
        rename = "forward",
        skip_serializing_if = "Forwards::is_empty"
    )]
    forwards: Forwards,
}

/// A URL, of which `Debug` shows the origin only, because the rest may be secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Url(String);

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&destination::origin(&self.0))
    }
}

impl Callback {
    /// Creates a callback to this absolute URL, without options.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: Url(url.into()),
            method: None,
            timeout: None,
            retries: None,
            retry_delay: None,
            delay: None,
            forwards: Forwards::default(),
        }
    }

    /// Sets the HTTP method of the call. Unless it is set, the service uses `POST`.
    pub fn method(mut self, method: HttpMethod) -> Self {
        self.method = Some(method);
        self
    }

    /// Sets the time that the URL may take to answer, in whole seconds; a fraction is rounded up.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the number of retries after a failure; 0 means that the call is tried once.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = Some(retries);
        self
    }

    /// Sets an expression over `retried` for the milliseconds before the next try, as in
    /// [`Message::retry_delay`](crate::Message::retry_delay).
    pub fn retry_delay(mut self, expression: impl Into<String>) -> Self {
        self.retry_delay = Some(expression.into());
        self
    }

    /// Sets the time to wait before the call, in whole seconds; a fraction is rounded up.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// Adds a header that the call carries, as in [`Message::forward`](crate::Message::forward). A second one with the same
    /// name, in whatever case, replaces the first.
    pub fn forward(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.forwards.set(name.into(), value.into());
        self
    }

    /// The URL, the value of `header`.
    pub(crate) fn url(&self, header: &'static str) -> Result<String, InvalidMessage> {
        let Url(url) = &self.url;
        if !destination::is_absolute_url(url) {
            Err(InvalidMessage::CallbackUrl { header })
        } else if destination::length_in_token(url) > MAX_DESTINATION_LEN {
            Err(InvalidMessage::CallbackTooLong { header })
        } else {
            Ok(url.clone())
        }
    }

    /// The options, by what follows `prefix` in the names of their headers.
    pub(crate) fn options(
        &self,
        prefix: &str,
    ) -> Result<Vec<(&'static str, String)>, InvalidMessage> {
        let mut options = Vec::new();
        if let Some(method) = &self.method {
            options.push(("Method", method.to_string()));
        }
        if let Some(timeout) = self.timeout {
            let timeout = wire::some_seconds("timeout of the callback", timeout)?;
            options.push(("Timeout", timeout));
        }
        if let Some(retries) = self.retries {
            options.push(("Retries", retries.to_string()));
        }
        if let Some(expression) = &self.retry_delay {
            let header = format!("{prefix}Retry-Delay");
            let what = "the retry delay of the callback";
            let expression = wire::filled(what, &header, expression.clone())?;
            options.push(("Retry-Delay", expression));
        }
        if let Some(delay) = self.delay {
            options.push(("Delay", wire::seconds("delay of the callback", delay)?));
        }
        Ok(options)
    }

    pub(crate) fn into_forwards(self) -> Forwards {
        self.forwards
    }
}

/// A callback without options.
impl From<&str> for Callback {
    fn from(url: &str) -> Self {
        Self::new(url)
    }
}

/// A callback without options.
impl From<String> for Callback {
    fn from(url: String) -> Self {
        Self::new(url)
    }
}
