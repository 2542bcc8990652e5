//! From the errors of generated operations.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::SystemTime;

use http::{HeaderMap, StatusCode};
use progenitor_client::Error as Generated;

use super::excerpt::excerpt;
use super::{Error, ErrorKind};
use crate::generated::types;
use crate::rate_limit::{self, RateLimit};

impl From<Generated<types::Error>> for Error {
    #[inline]
    fn from(error: Generated<types::Error>) -> Self {
        from_generated(error, |body| excerpt(body.error.as_bytes()))
    }
}

impl From<Generated<()>> for Error {
    #[inline]
    fn from(error: Generated<()>) -> Self {
        from_generated(error, |()| String::new())
    }
}

fn from_generated<B>(error: Generated<B>, text: impl FnOnce(B) -> String) -> Error {
    match error {
        Generated::InvalidRequest(message) => Error::new(ErrorKind::InvalidRequest, message),
        // Only the gate makes these, and only for a client that it cannot work with.
        Generated::Custom(message) => Error::new(ErrorKind::Configuration, message),
        Generated::CommunicationError(error)
        | Generated::InvalidUpgrade(error)
        | Generated::ResponseBodyError(error) => transport(error),
        Generated::InvalidResponsePayload(_, error) => {
            Error::new(ErrorKind::Decode, error.to_string()).with_source(error)
        }
        Generated::ErrorResponse(answer) => {
            let (status, headers) = (answer.status(), answer.headers().clone());
            answered(status, &headers, text(answer.into_inner()))
        }
        Generated::UnexpectedResponse(response) => {
            let (status, headers) = (response.status(), response.headers().clone());
            answered(status, &headers, body_at_hand(response))
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

/// An error without an answer.
#[inline]
fn transport(error: reqwest::Error) -> Error {
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

impl Error {
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

/// The beginning of a body, if it has been read already, as the gate does with every answer.
#[inline]
fn body_at_hand(response: reqwest::Response) -> String {
    match pin!(response.bytes()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(body)) => excerpt(&body),
        Poll::Ready(Err(_)) | Poll::Pending => String::new(),
    }
}
