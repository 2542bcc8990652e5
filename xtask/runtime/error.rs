//! The error of an operation.

use std::convert::Infallible;
use std::{error, fmt};

use bytes::Bytes;
use reqwest::StatusCode;
use serde::de::Error as _;

use super::Response;

/// An error of an operation; `E` is the error that the service describes.
///
/// Neither `Display` nor `Debug` shows a URL or a body, which may hold secrets.
#[non_exhaustive]
pub enum Error<E = Infallible> {
    /// A value that was set is wrong or missing. Nothing was sent.
    InvalidRequest(String),
    /// The request could not be sent, or no whole answer came.
    Transport(reqwest::Error),
    /// The service answered with an error of the form that its description has.
    Service(Response<E>),
    /// The service answered with a status, or an error of a form, that its description does not have.
    Unexpected(Response<Bytes>),
    /// The service answered with success, and with a body of another form than its description has.
    Decode(Response<Bytes>, serde_json::Error),
    /// The client itself refused.
    Client(Box<dyn error::Error + Send + Sync>),
}

impl<E> Error<E> {
    /// Returns the status of the answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Service(response) => Some(response.status()),
            Self::Unexpected(response) | Self::Decode(response, _) => Some(response.status()),
            Self::Transport(error) => error.status(),
            Self::InvalidRequest(_) | Self::Client(_) => None,
        }
    }

    /// The error for a body that is not of the form that the description gives it.
    ///
    /// It does not quote the body, as the message of `serde_json` does: that may be a secret.
    pub(super) fn undecodable(response: Response<Bytes>, error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let expected = message
            .rfind(", expected")
            .and_then(|at| message.get(at..));
        let message = match (message.split_once(':'), expected) {
            (
                Some((kind @ ("invalid type" | "invalid value" | "invalid length"), _)),
                Some(expected),
            ) => {
                format!("{kind}{expected}")
            }
            (Some((kind @ ("invalid type" | "invalid value"), _)), None) => kind.to_owned(),
            _ if message.starts_with("unknown variant") || message.starts_with("unknown field") => {
                "unknown variant or field".to_owned()
            }
            _ => message,
        };
        Self::Decode(response, serde_json::Error::custom(message))
    }
}

impl Error {
    /// The same among the errors of an operation whose errors the service describes.
    pub(super) fn described<E>(self) -> Error<E> {
        match self {
            Self::InvalidRequest(problem) => Error::InvalidRequest(problem),
            Self::Transport(error) => Error::Transport(error),
            Self::Service(response) => match *response {},
            Self::Unexpected(response) => Error::Unexpected(response),
            Self::Decode(response, error) => Error::Decode(response, error),
            Self::Client(error) => Error::Client(error),
        }
    }
}

impl<E> From<reqwest::Error> for Error<E> {
    fn from(error: reqwest::Error) -> Self {
        Self::Transport(error.without_url())
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(problem) => write!(f, "the request is not valid: {problem}"),
            Self::Transport(_) => f.write_str("the service was not reached, or did not answer"),
            Self::Service(response) => write!(f, "the service answered {}", response.status()),
            Self::Unexpected(response) => write!(
                f,
                "the service answered {}, which its description does not have in this form",
                response.status()
            ),
            Self::Decode(response, _) => {
                write!(f, "the answer of {} cannot be read", response.status())
            }
            Self::Client(error) => error.fmt(f),
        }
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(problem) => f.debug_tuple("InvalidRequest").field(problem).finish(),
            Self::Transport(error) => f.debug_tuple("Transport").field(error).finish(),
            Self::Service(response) => f.debug_tuple("Service").field(&response.status()).finish(),
            Self::Unexpected(response) => {
                f.debug_tuple("Unexpected").field(&response.status()).finish()
            }
            Self::Decode(response, error) => f
                .debug_tuple("Decode")
                .field(&response.status())
                .field(error)
                .finish(),
            Self::Client(error) => f.debug_tuple("Client").field(error).finish(),
        }
    }
}

impl<E> error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::Decode(_, error) => Some(error),
            Self::Client(error) => error.source(),
            Self::InvalidRequest(_) | Self::Service(_) | Self::Unexpected(_) => None,
        }
    }
}
