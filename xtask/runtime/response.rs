//! Bodies of requests, and reading responses so that errors keep what is useful and drop what is secret.

use std::mem;

use bytes::Bytes;
use progenitor_client::{Error, ResponseValue};
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Body, Request, Response};
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
        .or_insert(HeaderValue::from_static(media_type));
    *request.body_mut() = Some(body);
}

/// Gives `request` a JSON body, or says why `body` cannot be written as JSON.
pub(crate) fn set_json_body<T: Serialize>(request: &mut Request, body: &T) -> Result<(), String> {
    let json = serde_json::to_vec(body)
        .map_err(|error| format!("the request body cannot be written as JSON: {error}"))?;
    set_body(request, "application/json", json.into());
    Ok(())
}

/// Reads the body of a response of success.
pub(crate) async fn decode<T, E>(mut response: Response) -> Result<ResponseValue<T>, Error<E>>
where
    T: DeserializeOwned,
{
    let (status, headers) = (response.status(), mem::take(response.headers_mut()));
    let body = body(response).await?;
    match serde_json::from_slice(&body) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(error) => Err(undecodable(&error)),
    }
}

/// Reads the body of a response of success that is a collection, and takes `null` as an empty one.
pub(crate) async fn decode_collection<T, E>(mut response: Response) -> Result<ResponseValue<T>, Error<E>>
where
    T: DeserializeOwned + Default,
{
    let (status, headers) = (response.status(), mem::take(response.headers_mut()));
    let body = body(response).await?;
    match serde_json::from_slice::<Option<T>>(&body) {
        Ok(value) => Ok(ResponseValue::new(
            value.unwrap_or_default(),
            status,
            headers,
        )),
        Err(error) => Err(undecodable(&error)),
    }
}

/// Reads the body of a response that says what went wrong.
///
/// A body of another form (HTML of a proxy, plain text, nothing) does not hide the status: it is then an
/// unexpected response, with its status, headers and body.
pub(crate) async fn decode_error<E: DeserializeOwned>(mut response: Response) -> Error<E> {
    let (status, headers) = (response.status(), mem::take(response.headers_mut()));
    let body = match body(response).await {
        Ok(body) => body,
        Err(error) => return error,
    };
    match serde_json::from_slice(&body) {
        Ok(value) => Error::ErrorResponse(ResponseValue::new(value, status, headers)),
        Err(_) => {
            let mut response = http::Response::new(body);
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            Error::UnexpectedResponse(response.into())
        }
    }
}

/// A response that the description does not have, without the URL of the request, which may hold a secret.
pub(crate) fn unexpected<E>(mut response: Response) -> Error<E> {
    let read = response.extensions_mut().remove::<ReadBody>();
    let mut response: http::Response<Body> = response.into();
    response.extensions_mut().clear();
    if let Some(ReadBody(body)) = read {
        *response.body_mut() = body.into();
    }
    Error::UnexpectedResponse(response.into())
}

async fn body<E>(mut response: Response) -> Result<Bytes, Error<E>> {
    if let Some(ReadBody(body)) = response.extensions_mut().remove() {
        return Ok(body);
    }
    response
        .bytes()
        .await
        .map_err(|error| Error::ResponseBodyError(error.without_url()))
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
