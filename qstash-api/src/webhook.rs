//! URLs that third parties publish with.

use std::fmt;

use reqwest::Url;

use crate::destination;
use crate::generated::{Client, runtime};
use crate::invalid::InvalidMessage;
use crate::message::Message;
use crate::token::Token;

/// The longest URL that is given away: what servers on the way take, and what forms of others hold.
const LONGEST: usize = 8000;

/// A URL that somebody else's service can be given as its webhook: each request to it is published as a message.
///
/// **It is a secret.** The token of the client is in it, with which everything of the account can be read and done.
/// [`Client::webhook_url`] makes it, `Debug` shows where it leads and nothing else, and there is no `Display`.
#[derive(Clone)]
pub struct WebhookUrl {
    url: String,
    shown: String,
}

impl WebhookUrl {
    /// Returns the URL itself, to be given away. Keep it out of logs and messages.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.url
    }
}

impl fmt::Debug for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebhookUrl({}?***)", self.shown)
    }
}

impl Client {
    /// Makes a URL that publishes what is sent to it, for a third party that can be told a URL and nothing else.
    ///
    /// The sender brings the method's body and its `Content-Type`; the options are those of `options`, a message
    /// without a body. Headers of the sender are not forwarded, unless
    /// [`forward_request_headers`](Message::forward_request_headers) says so.
    ///
    /// The token of this client is in it. Where the sender is not trusted, or may log its URLs, that is a reason for
    /// an account of its own; QStash has no tokens that publish only.
    ///
    /// ```
    /// use qstash_api::{Client, Message};
    ///
    /// let client = Client::new("eyJVc2VySUQi")?;
    /// let options = Message::empty().retries(3).forward("X-From", "shop");
    /// let webhook = client.webhook_url("https://example.com/hook?a=1", &options)?;
    /// assert_eq!(
    ///     webhook.expose(),
    ///     "https://qstash.upstash.io/v2/publish/https://example.com/hook?a=1\
    ///      &qstash_token=eyJVc2VySUQi&upstash-retries=3&upstash-forward-x-from=shop",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The destination or an option would be refused by the service, `options` has a body or a media type, or all
    /// together is longer than 8,000 bytes.
    pub fn webhook_url(
        &self,
        destination: impl Into<String>,
        options: &Message,
    ) -> Result<WebhookUrl, InvalidMessage> {
        let destination = destination.into();
        destination::check(&destination)?;
        if options.has_body() {
            return Err(InvalidMessage::WebhookBody);
        }
        let options = options.clone().prepared_for("publish_message")?;

        let base = format!("{}/v2/publish/", self.base_url());
        let shown = format!("{base}{}", destination::origin(&destination));
        let text = base + &runtime::encode_spaces(destination);
        let mut url = Url::parse(&text).map_err(|_| InvalidMessage::WebhookTooLong)?;
        url.query_pairs_mut()
            .append_pair(Token::QUERY, self.state.settings.token.expose())
            .extend_pairs(
                options
                    .into_headers()
                    .map(|(name, value)| (name.to_ascii_lowercase(), value)),
            );
        let url = String::from(url);
        if url.len() > LONGEST {
            return Err(InvalidMessage::WebhookTooLong);
        }
        Ok(WebhookUrl { url, shown })
    }
}
