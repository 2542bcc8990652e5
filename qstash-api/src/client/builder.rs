//! The builder of a client.

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::endpoint::{self, Given};
use super::hooks::{AttemptOutcome, Hooks, OutgoingRequest};
use super::http::{CONNECT_TIMEOUT, Http};
use super::{Client, Settings, State};
use crate::Error;
use crate::region::Region;
use crate::retry::RetryPolicy;
use crate::token::{CredentialsIn, Token};

const CALL_TIMEOUT: Duration = Duration::from_secs(60);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
const AGENT: &str = concat!("qstash-api/", env!("CARGO_PKG_VERSION"));

/// A client in the making. [`ClientBuilder::build`] tells of any part that is wrong.
///
/// ```
/// use std::time::Duration;
///
/// use qstash_api::{Client, Region, RetryPolicy};
///
/// let client = Client::builder()
///     .token("eyJVc2VySUQi")
///     .region(Region::UsEast1)
///     .timeout(Duration::from_secs(20))
///     .retry(RetryPolicy::default().max_attempts(6))
///     .build()?;
/// assert_eq!(client.base_url(), "https://qstash-us-east-1.upstash.io");
/// # Ok::<(), qstash_api::Error>(())
/// ```
#[must_use = "a client is made by `build`"]
#[derive(Default)]
pub struct ClientBuilder {
    given: Given,
    lookup: Option<Variables>,
    credentials: CredentialsIn,
    retry: RetryPolicy,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    headers: HeaderMap,
    hooks: Hooks,
    http: Http,
    /// The first thing that was wrong.
    problem: Option<Error>,
}

/// A lookup of variables.
type Variables = Box<dyn FnMut(&str) -> Option<OsString> + Send>;

impl ClientBuilder {
    /// Sets the token. It wins over every environment variable.
    pub fn token<T>(mut self, token: T) -> Self
    where
        T: TryInto<Token>,
        T::Error: Into<Error>,
    {
        match token.try_into() {
            Ok(token) => self.given.token = Some(token),
            Err(error) => self.refuse(error.into()),
        }
        self
    }

    /// Sets the base URL: scheme, host and perhaps a port, such as `https://qstash.upstash.io`. It wins over every
    /// environment variable.
    ///
    /// It has no path, query or user name. One slash at its end is taken off.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.given.base_url = Some(base_url.into());
        self
    }

    /// Sets the region, in place of a base URL. With [`ClientBuilder::env`], it also says which prefixed variable the
    /// token comes from, and wins over `QSTASH_REGION`.
    pub fn region(mut self, region: Region) -> Self {
        self.given.region = Some(region);
        self
    }

    /// Takes plain `http` to another machine. Everybody on the way can then read the token and the messages.
    ///
    /// Plain `http` to this machine needs no permission.
    pub fn allow_http(mut self) -> Self {
        self.given.allow_http = true;
        self
    }

    /// Reads from the environment of the process what is not given to the builder.
    ///
    /// The base URL and the token are decided one by one, each by the first line that has something to say:
    ///
    /// | | base URL | token |
    /// |---|---|---|
    /// | given to the builder | [`base_url`](Self::base_url), or [`region`](Self::region) and so the region's own | [`token`](Self::token) |
    /// | `QSTASH_DEV` is `1` or `true` | `http://127.0.0.1:` and `QSTASH_DEV_PORT`, or 8080 | the dev server's published token |
    /// | [`region`](Self::region), or else `QSTASH_REGION` | `<REGION>_QSTASH_URL` | `<REGION>_QSTASH_TOKEN` |
    /// | otherwise | `QSTASH_URL`, or `https://qstash.upstash.io` | `QSTASH_TOKEN`, or an error |
    ///
    /// `<REGION>` is `US_EAST_1` or `EU_CENTRAL_1`. The prefixed variables count only if all that is needed of them
    /// is set, so that the URL of one region never meets the token of another. An empty variable is an unset one. A
    /// variable that is not needed is not looked at.
    pub fn env(self) -> Self {
        self.env_from_lookup(|name| std::env::var_os(name))
    }

    /// Does the same as [`ClientBuilder::env`], with variables that come from elsewhere than the process, such as the bindings
    /// of a worker or a test.
    ///
    /// ```
    /// use qstash_api::Client;
    ///
    /// let client = Client::builder()
    ///     .env_from_lookup(|name| (name == "QSTASH_DEV").then(|| "1".into()))
    ///     .build()?;
    /// assert_eq!(client.base_url(), "http://127.0.0.1:8080");
    /// # Ok::<(), qstash_api::Error>(())
    /// ```
    pub fn env_from_lookup(
        mut self,
        lookup: impl FnMut(&str) -> Option<OsString> + Send + 'static,
    ) -> Self {
        self.lookup = Some(Box::new(lookup));
        self
    }

    /// Sets where the token goes; into the header by default.
    pub fn credentials(mut self, place: CredentialsIn) -> Self {
        self.credentials = place;
        self
    }

    /// Sets when a request is sent again, and how often.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the time that a call may take in all, with every attempt, every pause between two of them, and reading the
    /// answer. One minute if nothing is said; [`Duration::MAX`] for no bound.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the time that one attempt may take, from connecting to the last byte of the answer. Half a minute if nothing is
    /// said; [`Duration::MAX`] for no bound. Every bound wins over the timeout of an HTTP client that is given.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the time that making a connection may take, TLS included. Ten seconds if nothing is said.
    ///
    /// It cannot be said about a [`reqwest::Client`] that is built already.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Adds a header to every request. A header that a request has by itself wins over it.
    ///
    /// `Authorization`, and headers that HTTP itself depends on, are refused.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header(name.as_ref(), value.as_ref()) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(problem) => self.refuse(Error::configuration(problem)),
        }
        self
    }

    /// Sets the `User-Agent`, in place of `qstash-api/` and its version.
    pub fn user_agent(self, agent: impl AsRef<str>) -> Self {
        self.header(USER_AGENT, agent)
    }

    /// Adds a hook that sees each request before it is sent, and may change its headers: to pass on the context of a
    /// trace, or to name a tenant. It sees every attempt.
    ///
    /// ```
    /// use http::HeaderValue;
    /// use qstash_api::Client;
    ///
    /// let client = Client::builder()
    ///     .token("a-token")
    ///     .on_request(|request| {
    ///         request.headers_mut().insert("x-tenant", HeaderValue::from_static("acme"));
    ///     })
    ///     .build()?;
    /// # drop(client);
    /// # Ok::<(), qstash_api::Error>(())
    /// ```
    pub fn on_request(
        mut self,
        hook: impl Fn(&mut OutgoingRequest<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.hooks.add_on_request(hook);
        self
    }

    /// Adds a hook that sees how each attempt at a request ended, for metrics. It is called before the call goes on,
    /// so it should be quick.
    ///
    /// ```
    /// use qstash_api::Client;
    ///
    /// let client = Client::builder()
    ///     .token("a-token")
    ///     .on_attempt(|outcome| println!("{} took {:?}", outcome.operation, outcome.duration))
    ///     .build()?;
    /// # drop(client);
    /// # Ok::<(), qstash_api::Error>(())
    /// ```
    pub fn on_attempt(mut self, hook: impl Fn(&AttemptOutcome) + Send + Sync + 'static) -> Self {
        self.hooks.add_on_attempt(hook);
        self
    }

    /// Sets a builder of the HTTP client to use, with a proxy, certificates or a resolver of its own.
    ///
    /// Its policy for redirects is overruled: they are never followed, and no `Referer` is sent. Credentials must
    /// not travel to where a redirect points. So is what it says of retries, which are those of the [`RetryPolicy`]
    /// alone. The connect timeout stays what it is unless [`ClientBuilder::connect_timeout`] is said.
    ///
    /// This is also the way to HTTP/2, with the feature `http2` of `reqwest`: without a builder from outside, requests
    /// go by HTTP/1.1, whichever features of `reqwest` the rest of the program turns on.
    pub fn http_client_builder(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http = Http::Builder(Box::new(builder));
        self
    }

    /// Sets the HTTP client to use, so that it and others share their connections.
    ///
    /// Build it with [`reqwest::redirect::Policy::none`]. That cannot be seen from outside, and so:
    ///
    /// - A redirect that it follows all the same is an error afterwards. Until then, `reqwest` takes the
    ///   `Authorization` header off when the redirect points to another host, but sends other headers, and the body
    ///   of the message, along.
    /// - With [`CredentialsIn::Query`] it is refused, because `reqwest` would send the whole URL to the other host as
    ///   `Referer`. [`ClientBuilder::http_client_builder`] has neither problem.
    /// - What it sends again by itself is beyond the [`RetryPolicy`]. `reqwest` does so with what an HTTP/2 server
    ///   says that it has not looked at.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Http::Client(client);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// Something that was given is wrong, a variable is missing or malformed, or the TLS library cannot be used.
    /// The error names the variable, and never shows the token.
    ///
    /// # Panics
    ///
    /// As `reqwest` does: with the feature `rustls-no-provider` alone, if the process has not installed a provider of
    /// cryptography by then. See [the features](crate::guide::features).
    #[inline]
    pub fn build(mut self) -> Result<Client, Error> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let timeout = at_least_something("timeout", self.timeout, CALL_TIMEOUT)?;
        let attempt_timeout =
            at_least_something("attempt timeout", self.attempt_timeout, ATTEMPT_TIMEOUT)?;
        at_least_something("connect timeout", self.connect_timeout, CONNECT_TIMEOUT)?;
        let user_supplied = matches!(self.http, Http::Client(_));
        let client = self
            .http
            .build(self.connect_timeout, attempt_timeout, self.credentials)?;
        let lookup = self.lookup.as_mut();
        let endpoint = endpoint::resolve(self.given, lookup.map(|lookup| lookup.as_mut() as _))?;
        let settings = Settings {
            token: endpoint.token,
            credentials: self.credentials,
            attempt_timeout,
            user_agent: self
                .headers
                .remove(USER_AGENT)
                .unwrap_or(HeaderValue::from_static(AGENT)),
            headers: self.headers,
            hooks: self.hooks,
            user_supplied,
        };
        let state = State {
            base_url: endpoint.base_url,
            http: client,
            settings: Arc::new(settings),
            retry: self.retry,
            timeout,
        };
        Ok(Client {
            state: Arc::new(state),
        })
    }

    fn refuse(&mut self, problem: Error) {
        self.problem.get_or_insert(problem);
    }
}

fn at_least_something(
    what: &str,
    given: Option<Duration>,
    default: Duration,
) -> Result<Duration, Error> {
    match given {
        Some(Duration::ZERO) => Err(Error::configuration(format!(
            "the {what} is zero, so that no request can succeed; give a longer one, or `Duration::MAX` for no bound"
        ))),
        other => Ok(other.unwrap_or(default)),
    }
}

/// A header for every request, or what is wrong with it. The value, which may be secret, is never repeated.
fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        format!(
            "`{}` is not the name of a header; use letters, digits and hyphens",
            name.escape_debug()
        )
    })?;
    if name == AUTHORIZATION {
        return Err(
            "`Authorization` takes the token and nothing else; give the token with `token(…)`"
                .to_owned(),
        );
    }
    if [CONTENT_LENGTH, HOST, TRANSFER_ENCODING].contains(&name) {
        return Err(format!(
            "the header `{name}` is HTTP's own and cannot be set; leave it out"
        ));
    }
    let mut value = HeaderValue::from_str(value).map_err(|_| {
        format!("the value of the header `{name}` holds a control character such as a line break; remove it")
    })?;
    value.set_sensitive(name != USER_AGENT);
    Ok((name, value))
}

/// Shows neither the token nor the values of headers.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("token", &self.given.token)
            .field("region", &self.given.region)
            .field("credentials", &self.credentials)
            .field("retry", &self.retry)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}
