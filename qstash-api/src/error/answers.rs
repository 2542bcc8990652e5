//! From the errors of generated operations.

use std::convert::Infallible;
use std::time::SystemTime;

use http::{HeaderMap, StatusCode};

use super::excerpt::excerpt;
use super::{Error, ErrorKind};
use crate::generated::runtime::Error as Generated;
use crate::generated::types;
use crate::rate_limit::{self, RateLimit};

impl From<Generated<types::Error>> for Error {
    #[inline]
    fn from(error: Generated<types::Error>) -> Self {
        from_generated(error, |body| excerpt(body.error.as_bytes()))
    }
}

/// The error of a request that no operation is for.
impl From<Generated<Infallible>> for Error {
    fn from(error: Generated<Infallible>) -> Self {
        from_generated(error, |never| match never {})
    }
}

/// An error of the gate on its way through a generated operation.
impl<E> From<Error> for Generated<E> {
    #[inline]
    fn from(error: Error) -> Self {
        Self::Client(Box::new(error))
    }
}

fn from_generated<B>(error: Generated<B>, text: impl FnOnce(B) -> String) -> Error {
    match error {
        Generated::InvalidRequest(message) => Error::new(ErrorKind::InvalidRequest, message),
        Generated::Client(error) => match error.downcast::<Error>() {
            Ok(error) => *error,
            Err(other) => Error::new(ErrorKind::Transport, "").with_source(other),
        },
        Generated::Transport(error) => Error::transport(error),
        Generated::Decode(_, error) => {
            Error::new(ErrorKind::Decode, error.to_string()).with_source(error)
        }
        Generated::Service(answer) => {
            let (status, headers) = (answer.status(), answer.headers().clone());
            answered(status, &headers, text(answer.into_inner()))
        }
        Generated::Unexpected(answer) => {
            // What has the form of an error is read as one, whatever operation it came from.
            let message = match answer.json::<types::Error>() {
                Ok(body) => excerpt(body.error.as_bytes()),
                Err(_) => excerpt(&answer),
            };
            answered(answer.status(), answer.headers(), message)
        }
    }
}

/// What to do about a connection that was not made. Without TLS, none to the service ever is.
const NOT_CONNECTED: &str = if cfg!(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
)) {
    "no connection could be made; check the base URL and the network"
} else {
    "no connection could be made; check the base URL and the network, and for `https` enable one of the features \
     `rustls`, `rustls-no-provider` and `native-tls`"
};

impl Error {
    /// An error without an answer.
    #[inline]
    pub(crate) fn transport(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let kind = Error::kind_of_transport(&error);
        let message = match kind {
            ErrorKind::InvalidRequest => {
                "no request can be made of its values; the source of this error says which"
            }
            ErrorKind::Transport if error.is_connect() => NOT_CONNECTED,
            ErrorKind::Transport => {
                "the connection broke, and the service may have done what it was asked to"
            }
            _ => "",
        };
        Error::new(kind, message).with_source(error)
    }

    /// The kind of an error without an answer.
    pub(crate) fn kind_of_transport(error: &reqwest::Error) -> ErrorKind {
        if error.is_builder() {
            ErrorKind::InvalidRequest
        } else if error.is_timeout() {
            ErrorKind::Timeout
        } else {
            ErrorKind::Transport
        }
    }
}

/// An answer that is not the expected one.
#[inline]
fn answered(status: StatusCode, headers: &HeaderMap, message: String) -> Error {
    let wrong_region = status == StatusCode::NOT_FOUND
        && message
            .to_ascii_lowercase()
            .contains("not found in this region");
    let kind = if wrong_region {
        ErrorKind::Credentials
    } else if status == StatusCode::TOO_MANY_REQUESTS {
        ErrorKind::RateLimit(RateLimit::from_headers(headers))
    } else {
        ErrorKind::of_status(status)
    };
    let message = if message.is_empty() && status.is_redirection() {
        "a redirect, which is never followed; check the base URL".to_owned()
    } else {
        message
    };
    let mut error = Error::new(kind, message);
    error.0.status = Some(status);
    error.0.wrong_region = wrong_region;
    error.0.retry_after = rate_limit::retry_after(headers, SystemTime::now());
    error
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[tokio::test]
    async fn an_error_of_the_http_client_loses_its_url_when_it_becomes_ours() {
        let url = "ftp://127.0.0.1/?qstash_token=s3cr3t";
        let given = async || reqwest::Client::new().get(url).send().await.unwrap_err();
        assert!(given().await.to_string().contains("s3cr3t"));
        let generated = Generated::<types::Error>::Transport(given().await);
        for error in [Error::transport(given().await), Error::from(generated)] {
            let source = error.source().unwrap();
            let shown = format!("{error} {error:?} {source} {source:?}");
            assert!(!shown.contains("s3cr3t"), "{shown}");
        }
    }
}
