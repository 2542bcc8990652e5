//! Bodies of requests, and reading responses so that errors keep what is useful and drop what is secret.

use std::mem;

use bytes::Bytes;
use progenitor_client::{Error, ResponseValue};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Body, Request, Response, StatusCode};
use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};

/// A body that a hook of the client has read already, as an extension of its response.
///
/// A hook that judges answers has to read them, and a response cannot be given its body back without making
/// another one.
#[derive(Clone)]
pub(crate) struct ReadBody(pub(crate) Bytes);

/// Gives `request` a body with a media type, unless it has a `Content-Type` already.
pub(crate) fn set_body(request: &mut Request, media_type: &'static str, body: Body) {
    request
        .headers_mut()
        .entry(CONTENT_TYPE)
        .or_insert_with(|| HeaderValue::from_static(media_type));
    *request.body_mut() = Some(body);
}

/// Gives `request` a JSON body, or says why `body` cannot be written as JSON.
pub(crate) fn set_json_body<T: Serialize>(request: &mut Request, body: &T) -> Result<(), String> {
    let json = serde_json::to_vec(body)
        .map_err(|error| format!("the request body cannot be written as JSON: {error}"))?;
    set_body(request, "application/json", json.into());
    Ok(())
}

/// A response and all of its body.
pub(crate) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    /// Why it could not be read matters only to those who need it.
    body: reqwest::Result<Bytes>,
}

impl Answer {
    /// Reads the body of a response, unless that has been done already.
    pub(crate) async fn of(mut response: Response) -> Self {
        Self {
            status: response.status(),
            headers: mem::take(response.headers_mut()),
            body: match response.extensions_mut().remove() {
                Some(ReadBody(body)) => Ok(body),
                None => response.bytes().await,
            },
        }
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// A success without anything to read.
    pub(crate) fn empty(self) -> ResponseValue<()> {
        ResponseValue::new((), self.status, self.headers)
    }

    /// What the body of a success holds.
    pub(crate) fn decode<T: DeserializeOwned, E>(self) -> Result<ResponseValue<T>, Error<E>> {
        self.read(|value: T| value)
    }

    /// What the body of a success holds that is a collection, and an empty one for `null`.
    pub(crate) fn decode_collection<T, E>(self) -> Result<ResponseValue<T>, Error<E>>
    where
        T: DeserializeOwned + Default,
    {
        self.read(Option::<T>::unwrap_or_default)
    }

    fn read<T: DeserializeOwned, U, E>(self, value: fn(T) -> U) -> Result<ResponseValue<U>, Error<E>> {
        match serde_json::from_slice(&self.body.map_err(unreadable)?) {
            Ok(read) => Ok(ResponseValue::new(value(read), self.status, self.headers)),
            Err(error) => Err(undecodable(&error)),
        }
    }

    /// The error that the body tells of.
    ///
    /// A body of another form (HTML of a proxy, plain text, nothing) does not hide the status: it is then an
    /// unexpected response, with its status, headers and body.
    pub(crate) fn error<E: DeserializeOwned>(self) -> Error<E> {
        let body = match self.body {
            Ok(body) => body,
            Err(error) => return unreadable(error),
        };
        match serde_json::from_slice(&body) {
            Ok(value) => Error::ErrorResponse(ResponseValue::new(value, self.status, self.headers)),
            Err(_) => Self { body: Ok(body), ..self }.unexpected(),
        }
    }

    /// A response that the description does not have, without the URL of the request, which may hold a secret.
    pub(crate) fn unexpected<E>(self) -> Error<E> {
        let mut response = http::Response::new(self.body.unwrap_or_default());
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        Error::UnexpectedResponse(response.into())
    }
}

fn unreadable<E>(error: reqwest::Error) -> Error<E> {
    Error::ResponseBodyError(error.without_url())
}

/// The error for a body that is not of the form that the description gives it.
///
/// The body itself is left out, and so is what the message of `serde_json` quotes of it: it may be a secret.
fn undecodable<E>(error: &serde_json::Error) -> Error<E> {
    let message = error.to_string();
    let expected = message.rfind(", expected").and_then(|at| message.get(at..));
    let message = match (message.split_once(':'), expected) {
        (Some((kind @ ("invalid type" | "invalid value" | "invalid length"), _)), Some(expected)) => {
            format!("{kind}{expected}")
        }
        (Some((kind @ ("invalid type" | "invalid value"), _)), None) => kind.to_owned(),
        _ if message.starts_with("unknown variant") || message.starts_with("unknown field") => {
            "unknown variant or field".to_owned()
        }
        _ => message,
    };
    Error::InvalidResponsePayload(Bytes::new(), serde_json::Error::custom(message))
}
