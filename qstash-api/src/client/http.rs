//! The HTTP client below a client.

use std::time::Duration;

use reqwest::redirect;

use crate::Error;
use crate::token::CredentialsIn;

/// The default of the time that making a connection may take.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The source of the HTTP client.
#[derive(Default)]
pub(super) enum Http {
    /// Made here, with the TLS that the features of this crate chose.
    #[default]
    Ours,
    /// Given as a builder, which is told what must not be left to it.
    Builder(Box<reqwest::ClientBuilder>),
    /// Given as it is.
    Client(reqwest::Client),
}

impl Http {
    /// Makes the client, or says why what was given cannot be it.
    #[inline]
    pub(super) fn build(
        self,
        connect_timeout: Option<Duration>,
        attempt_timeout: Duration,
        credentials: CredentialsIn,
    ) -> Result<reqwest::Client, Error> {
        let builder = match self {
            // With HTTP/2, which a feature that another crate turns on would bring, a server may refuse single requests.
            Self::Ours => reqwest::Client::builder()
                .http1_only()
                .connect_timeout(connect_timeout.unwrap_or(CONNECT_TIMEOUT)),
            Self::Builder(builder) => match connect_timeout {
                Some(timeout) => builder.connect_timeout(timeout),
                None => *builder,
            },
            Self::Client(_) if connect_timeout.is_some() => {
                return Err(Error::configuration(
                    "a connect timeout cannot be given to an HTTP client that is built already; build it with \
                     one, or give its builder with `http_client_builder(…)`",
                ));
            }
            Self::Client(_) if credentials == CredentialsIn::Query => {
                return Err(Error::configuration(
                    "with the token in the query, an HTTP client that is built already might send the token along \
                     when it follows a redirect; give its builder with `http_client_builder(…)`",
                ));
            }
            Self::Client(client) => return Ok(client),
        };
        // Every second attempt is the gate's to decide: reqwest would keep a copy of each request, and send again what
        // must never be.
        let no_retries = reqwest::retry::never().max_retries_per_request(0);
        let mut builder = builder
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(no_retries);
        if attempt_timeout < Duration::MAX {
            // Said here and not with each request, which would cost each three allocations.
            builder = builder.timeout(attempt_timeout);
        }
        builder.build().map_err(|error| {
            Error::configuration("the HTTP client cannot be built").with_source(error.without_url())
        })
    }
}
