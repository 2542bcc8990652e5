//! APIs of others that messages are published to.

use std::fmt;

use serde::Serialize;

use crate::destination;
use crate::invalid::InvalidMessage;
use crate::message::Message;
use crate::redact::Redact;

/// An API of somebody else, to be called through QStash: its URL, and its key in the header where it belongs.
///
/// The service makes the call, waits for as long as the plan allows, tries again where it fails, and passes the
/// answer on to a callback. Nothing of yours waits in the meantime.
///
/// ```no_run
/// use qstash_api::{Client, Error, Provider};
/// use serde_json::json;
///
/// # async fn example(client: &Client, key: &str) -> Result<(), Box<dyn std::error::Error>> {
/// let openai = Provider::openai(key);
/// let question = openai.message(&json!({
///     "model": "gpt-4o-mini",
///     "messages": [{ "role": "user", "content": "What is a message queue?" }],
/// }))?;
/// client
///     .publish_message()
///     .destination(openai.url())
///     .message(question.callback("https://example.com/answers"))
///     .send()
///     .await?;
/// # Ok(())
/// # }
/// ```
///
/// The answer arrives at the callback as a [`CallbackPayload`](crate::inbound::CallbackPayload), whose body is the
/// provider's.
#[derive(Clone)]
pub struct Provider {
    url: String,
    headers: Vec<(String, String)>,
}

impl Provider {
    /// Any API that takes JSON by `POST`.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            headers: Vec::new(),
        }
    }

    /// Chat completions of `OpenAI`.
    pub fn openai(key: impl AsRef<str>) -> Self {
        Self::chat_completions("https://api.openai.com", key)
    }

    /// Chat completions of a provider with an API like that of `OpenAI`, by what stands before `/v1` in its URL, or by
    /// more of it.
    pub fn chat_completions(base: impl AsRef<str>, key: impl AsRef<str>) -> Self {
        let base = base.as_ref().trim_end_matches('/');
        let base = base.strip_suffix("/chat/completions").unwrap_or(base);
        let base = base.strip_suffix("/v1").unwrap_or(base);
        Self::new(format!("{base}/v1/chat/completions")).bearer(key)
    }

    /// Messages of Anthropic.
    pub fn anthropic(key: impl Into<String>) -> Self {
        Self::new("https://api.anthropic.com/v1/messages")
            .header("x-api-key", key)
            .header("anthropic-version", "2023-06-01")
    }

    /// E-mails of Resend, each message one of them.
    pub fn resend(key: impl AsRef<str>) -> Self {
        Self::new("https://api.resend.com/emails").bearer(key)
    }

    /// Adds a header that each call carries.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds the key as a bearer token, in the header `Authorization`.
    #[must_use]
    pub fn bearer(self, key: impl AsRef<str>) -> Self {
        self.header("Authorization", format!("Bearer {}", key.as_ref()))
    }

    /// Returns the URL of the calls, which is the destination of the messages.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns a message that makes a call with this body, as JSON. Its headers are kept from the service's logs: the key is
    /// among them.
    ///
    /// # Errors
    ///
    /// When the body cannot be written as JSON.
    pub fn message<T: Serialize + ?Sized>(&self, body: &T) -> Result<Message, InvalidMessage> {
        let mut message = Message::json(body)?;
        for (name, value) in &self.headers {
            message = message.forward(name, value);
        }
        let names = self.headers.iter().map(|(name, _)| name);
        Ok(match self.headers.is_empty() {
            true => message,
            false => message.redact(Redact::headers(names)),
        })
    }
}

/// Shows the origin and the names of the headers only, because the rest may be secret.
impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.headers.iter().map(|(name, _)| name);
        f.debug_struct("Provider")
            .field("origin", &destination::origin(&self.url))
            .field("headers", &names.collect::<Vec<_>>())
            .finish()
    }
}
