//! From the errors of generated operations.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::SystemTime;

use http::StatusCode;
use http::header::HeaderMap;
use serde_json::Value;

use super::excerpt::excerpt;
use super::{Error, ErrorKind};
use crate::generated::runtime::{Content, Error as Generated, FromError, Operation, Received};
use crate::generated::types;
use crate::rate_limit::{self, RateLimit};

impl FromError<types::Error> for Error {
    fn from_error(
        error: Generated<types::Error>,
        operation: &'static Operation,
        done_before: bool,
    ) -> Self {
        let error = from_generated(error, |body| excerpt(body.error.as_bytes()));
        error.with_operation(operation.id).done_before(done_before)
    }
}

/// The error of a request that no operation is for.
impl FromError<Infallible> for Error {
    fn from_error(
        error: Generated<Infallible>,
        operation: &'static Operation,
        done_before: bool,
    ) -> Self {
        from_generated(error, |never| match never {})
            .with_operation(operation.id)
            .done_before(done_before)
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
        Generated::Decode(answer, error) => {
            let message = match said(&answer) {
                Some(said) => format!("{error}; it says: {said}"),
                None => error.to_string(),
            };
            Error::new(ErrorKind::Decode, message).with_source(error)
        }
        Generated::Service(answer) => {
            let (status, headers) = (answer.status(), answer.headers().clone());
            answered(status, &headers, text(answer.into_inner()))
        }
        Generated::Unexpected(answer) => {
            // A body that has the form of an error is read as one, whatever operation it came from.
            let message = match answer.json::<types::Error>() {
                Ok(body) => excerpt(body.error.as_bytes()),
                Err(_) => excerpt(&answer),
            };
            answered(answer.status(), answer.headers(), message)
        }
    }
}

/// Returns whether a body of success may be quoted where it is not of the form that it should have: a page, or an
/// object that begins with an error. Other JSON may hold a secret, such as a signing key, be it whole or broken off.
pub(crate) fn is_quotable(body: &[u8]) -> bool {
    let body = body.trim_ascii_start();
    match body.strip_prefix(b"{") {
        Some(members) => members.trim_ascii_start().starts_with(b"\"error\""),
        None => body.starts_with(b"<"),
    }
}

/// Returns the text of an answer of success that is not of the form that it should have.
fn said(body: &[u8]) -> Option<String> {
    if !is_quotable(body) {
        return None;
    }
    let text = match serde_json::from_slice::<types::Error>(body) {
        Ok(body) => excerpt(body.error.as_bytes()),
        Err(_) if body.trim_ascii_start().starts_with(b"<") => excerpt(body),
        Err(_) => return None,
    };
    let is_secret = |word: &str| word.starts_with("sig_");
    let mut words =
        text.split(|character: char| !(character.is_ascii_alphanumeric() || character == '_'));
    (!text.is_empty() && !words.any(is_secret)).then_some(text)
}

/// Refuses an answer of success that is an error: an object that holds `error` and nothing else, which no operation
/// answers with. Of those that answer nothing, it would be taken for done otherwise.
pub(crate) fn check_success(answer: &Received) -> Result<(), Error> {
    let Content::Read(body) = &answer.content else {
        return Ok(());
    };
    if !answer.status.is_success() || !is_quotable(body) {
        return Ok(());
    }
    let members: BTreeMap<&str, Value> = serde_json::from_slice(body).unwrap_or_default();
    let error = members.get("error").and_then(Value::as_str);
    if members.len() > 1 || error.unwrap_or_default().is_empty() {
        return Ok(());
    }
    let mut message = "it is an error with a status of success".to_owned();
    if let Some(said) = said(body) {
        message.push_str("; it says: ");
        message.push_str(&said);
    }
    Err(Error::new(ErrorKind::Decode, message))
}

/// The advice about a connection that was not made. Without TLS, none to the service ever is.
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
    let read_only = status.is_client_error() && tells_of_read_only(&message);
    let kind = if wrong_region || read_only {
        ErrorKind::Credentials
    } else if status == StatusCode::TOO_MANY_REQUESTS {
        ErrorKind::RateLimit(RateLimit::from_headers(headers))
    } else {
        ErrorKind::of_status(status)
    };
    let message = match status.as_u16() {
        _ if !message.is_empty() => message,
        301 | 302 | 303 | 307 | 308 => {
            "a redirect, which is never followed; check the base URL".to_owned()
        }
        300..=399 => {
            "an answer that the service has no reason to give; look for a cache or proxy before it"
                .to_owned()
        }
        _ => message,
    };
    let mut error = Error::new(kind, message);
    error.0.status = Some(status);
    error.0.wrong_region = wrong_region;
    error.0.read_only = read_only;
    error.0.retry_after = rate_limit::retry_after(headers, SystemTime::now());
    error
}

/// Returns whether the service says that a token is for reading only.
fn tells_of_read_only(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    let spellings = ["read-only", "read only", "readonly"];
    message.contains("token") && spellings.iter().any(|spelling| message.contains(spelling))
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;
    use crate::generated::operations::OPERATIONS;

    #[tokio::test]
    async fn an_error_of_the_http_client_loses_its_url_when_it_becomes_ours() {
        let url = "ftp://127.0.0.1/?qstash_token=s3cr3t";
        let given = async || reqwest::Client::new().get(url).send().await.unwrap_err();
        assert!(given().await.to_string().contains("s3cr3t"));
        let generated = Generated::<types::Error>::Transport(given().await);
        let [operation, ..] = OPERATIONS else {
            panic!("no operations")
        };
        let ours = Error::from_error(generated, operation, false);
        for error in [Error::transport(given().await), ours] {
            let source = error.source().unwrap();
            let shown = format!("{error} {error:?} {source} {source:?}");
            assert!(!shown.contains("s3cr3t"), "{shown}");
        }
    }
}
