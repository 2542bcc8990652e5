//! The client: what it carries, and how one is made.

mod base_url;
mod builder;
mod endpoint;
mod hooks;
mod http;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ::http::{HeaderMap, HeaderValue};

pub use self::builder::ClientBuilder;
use self::hooks::Hooks;
pub use self::hooks::{AttemptOutcome, OutgoingRequest};
use crate::Error;
pub use crate::generated::Client;
use crate::retry::RetryPolicy;
use crate::token::{CredentialsIn, Token};

/// All that a client holds. Its clones share it.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) base_url: String,
    pub(crate) http: reqwest::Client,
    pub(crate) settings: Arc<Settings>,
    pub(crate) retry: RetryPolicy,
    pub(crate) timeout: Duration,
}

/// The part that a client shares with those that [`Client::with_retry`] and [`Client::with_timeout`] make of it.
pub(crate) struct Settings {
    pub(crate) token: Token,
    pub(crate) credentials: CredentialsIn,
    pub(crate) attempt_timeout: Duration,
    pub(crate) user_agent: HeaderValue,
    pub(crate) headers: HeaderMap,
    pub(crate) hooks: Hooks,
    /// The HTTP client was supplied by the user as it is: it may follow redirects, and has timeouts of its own.
    pub(crate) user_supplied: bool,
}

/// Shows the names of headers alone: a value may be a credential for a proxy.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("token", &self.token)
            .field("credentials", &self.credentials)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("user_agent", &self.user_agent)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("hooks", &self.hooks)
            .field("user_supplied", &self.user_supplied)
            .finish()
    }
}

impl Client {
    /// Creates a client for `https://qstash.upstash.io` with this token. It looks at no environment variable.
    ///
    /// ```
    /// use qstash_api::Client;
    ///
    /// let client = Client::new("eyJVc2VySUQi")?;
    /// assert_eq!(client.base_url(), "https://qstash.upstash.io");
    /// # Ok::<(), qstash_api::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The token is not one, or the TLS library cannot be used.
    pub fn new<T>(token: T) -> Result<Self, Error>
    where
        T: TryInto<Token>,
        T::Error: Into<Error>,
    {
        Self::builder().token(token).build()
    }

    /// Creates a client as the environment has it: `QSTASH_TOKEN`, `QSTASH_URL`, `QSTASH_REGION` with its prefixed variables,
    /// `QSTASH_DEV` and `QSTASH_DEV_PORT`. [`ClientBuilder::env`] tells which of them wins.
    ///
    /// ```no_run
    /// use qstash_api::Client;
    ///
    /// # async fn example() -> Result<(), qstash_api::Error> {
    /// let client = Client::from_env()?;
    /// let keys = client.get_signing_keys().send().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// A variable that is needed is not set, or has a value that cannot be right. The error names the variable.
    #[inline]
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().env().build()
    }

    /// Begins a client of which more is to be said than its token.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Returns the base URL, which has neither a path nor a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.state.base_url
    }

    /// Returns the same client with another retry policy, for a single call or for many. It shares the connections.
    ///
    /// ```no_run
    /// # async fn example(client: qstash_api::Client) -> Result<(), qstash_api::Error> {
    /// use qstash_api::RetryPolicy;
    ///
    /// let queues = client.with_retry(RetryPolicy::never()).list_queues().send().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_retry(&self, policy: RetryPolicy) -> Self {
        self.with(|state| state.retry = policy)
    }

    /// Returns the same client with another bound on the time that a call may take; see [`ClientBuilder::timeout`].
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        self.with(|state| state.timeout = timeout)
    }

    fn with(&self, change: impl FnOnce(&mut State)) -> Self {
        let mut state = State::clone(&self.state);
        change(&mut state);
        Self {
            state: Arc::new(state),
        }
    }
}
