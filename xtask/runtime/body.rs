//! Bodies of requests.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Body, Request, Url};
use serde::Serialize;

use super::value::{self, Style};

/// A body in memory.
#[derive(Clone)]
pub(crate) struct Payload {
    media_type: Cow<'static, str>,
    bytes: Bytes,
}

/// A body that may be a stream, and so can be sent once.
pub(crate) struct Upload {
    media_type: Cow<'static, str>,
    body: Body,
}

impl Payload {
    /// A body as it is.
    pub(crate) fn new(
        media_type: impl Into<Cow<'static, str>>,
        bytes: impl Into<Bytes>,
    ) -> Self {
        Self {
            media_type: media_type.into(),
            bytes: bytes.into(),
        }
    }

    /// A body as JSON.
    pub(crate) fn json<T: Serialize>(media_type: &'static str, value: &T) -> Result<Self, String> {
        match serde_json::to_vec(value) {
            Ok(json) => Ok(Self::new(media_type, json)),
            Err(error) => Err(format!("the request body cannot be written as JSON: {error}")),
        }
    }

    /// A body as a form in the way of URLs.
    pub(crate) fn form<T: Serialize>(media_type: &'static str, value: &T) -> Result<Self, String> {
        let pairs = value::members("body", Style::Exploded, value)?;
        // A URL has the only writer of such pairs that is at hand.
        let mut url = Url::parse("form:").map_err(|error| error.to_string())?;
        url.query_pairs_mut().extend_pairs(pairs);
        Ok(Self::new(
            media_type,
            url.query().unwrap_or_default().to_owned(),
        ))
    }
}

impl Upload {
    /// A body as it is.
    pub(crate) fn new(media_type: impl Into<Cow<'static, str>>, body: impl Into<Body>) -> Self {
        Self {
            media_type: media_type.into(),
            body: body.into(),
        }
    }

    /// Gives `request` the body with its media type, unless it has a `Content-Type` already.
    #[inline]
    pub(super) fn set(self, request: &mut Request) -> Result<(), String> {
        if !request.headers().contains_key(CONTENT_TYPE) {
            let media_type = match self.media_type {
                Cow::Borrowed(media_type) => HeaderValue::from_static(media_type),
                Cow::Owned(media_type) => HeaderValue::try_from(media_type)
                    .map_err(|_| "the media type of the body cannot be a header".to_owned())?,
            };
            request.headers_mut().insert(CONTENT_TYPE, media_type);
        }
        *request.body_mut() = Some(self.body);
        Ok(())
    }
}

impl From<Payload> for Upload {
    fn from(payload: Payload) -> Self {
        Self::new(payload.media_type, payload.bytes)
    }
}

/// Shows no byte of the body, which may be a secret.
impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes of {}", self.bytes.len(), self.media_type)
    }
}

/// Shows no byte of the body, which may be a secret.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.media_type)
    }
}
