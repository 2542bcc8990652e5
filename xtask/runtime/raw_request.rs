//! Requests that no operation is for.

use std::convert::Infallible;

use bytes::Bytes;
use reqwest::Method;
use serde::Serialize;

use super::super::{Client, OperationError};
use super::{Operation, Parts, Payload, Response, ResponseFuture, Retry, exchange};

/// A request that the API description does not have, see [`Client::request`].
///
/// It goes the way of every other one: with the client's credentials, timeouts and errors. It is sent again only
/// after [`idempotent`](Self::idempotent).
#[derive(Clone, Debug)]
#[must_use = "a request is sent by `send`"]
pub struct RawRequest {
    client: Client,
    method: Method,
    path: String,
    idempotent: bool,
    parts: Parts,
    body: Option<Payload>,
}

impl RawRequest {
    pub(in super::super) fn new(client: Client, method: Method, path: String) -> Self {
        Self {
            client,
            method,
            path,
            idempotent: false,
            parts: Parts::default(),
            body: None,
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.parts.add_header(name.as_ref(), value.as_ref());
        self
    }

    /// Adds a parameter of the query.
    pub fn query(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.parts.add_query(name.as_ref(), value.as_ref());
        self
    }

    /// Sets the body, with its media type.
    pub fn body(mut self, media_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        self.body = Some(Payload::new(media_type.into(), body));
        self
    }

    /// Sets the body, as JSON.
    pub fn json<T: Serialize>(mut self, value: &T) -> Self {
        match Payload::json("application/json", value) {
            Ok(body) => self.body = Some(body),
            Err(problem) => self.parts.refuse(problem),
        }
        self
    }

    /// Says that sending the request twice does no harm, so that it may be sent again after a failure.
    pub fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// The path does not begin with a slash, a value that was set is wrong, no answer came, or the status of the
    /// answer is none of success.
    pub fn send(mut self) -> ResponseFuture<Bytes> {
        let request = self.prepare();
        let operation = if self.idempotent { &IDEMPOTENT } else { &ONCE };
        exchange::<_, Infallible, _>(self.client, operation, request, |received| {
            match received.status() {
                200..=299 => received.bytes(),
                _ => Err(received.unexpected()),
            }
        })
    }

    fn prepare(&mut self) -> Result<reqwest::Request, String> {
        if !self.path.starts_with('/') {
            return Err("the path of a request begins with a slash, below the base URL".to_owned());
        }
        let path = super::raw_path("path", std::mem::take(&mut self.path))?;
        let url = [self.client.state.base_url(), path.as_str()].concat();
        let body = self.body.take().map(Into::into);
        let mut parts = std::mem::take(&mut self.parts);
        parts.complete(None)?;
        parts.into_request(self.method.clone(), &url, body)
    }
}

static ONCE: Operation = operation(false);
static IDEMPOTENT: Operation = operation(true);

/// It can be awaited in place of the future of its [`send`](RawRequest::send).
impl IntoFuture for RawRequest {
    type Output = Result<Response<Bytes>, OperationError>;
    type IntoFuture = ResponseFuture<Bytes>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// The row that the table of operations would have for such a request.
const fn operation(idempotent: bool) -> Operation {
    Operation {
        id: "request",
        method: "",
        path: "",
        tag: "",
        summary: "",
        deprecated: false,
        idempotent,
        idempotency_headers: &[],
        retry: Retry::Never,
        needs_filter: &[],
        parameters: &[],
        header_families: &[],
        media_types: &[],
        body_required: false,
        success: &["2XX"],
        errors: &[],
    }
}
