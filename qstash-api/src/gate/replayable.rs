//! The part of a request that is kept to send it again.

use http::header::{HeaderName, HeaderValue};
use http::{HeaderMap, Method};
use reqwest::{Body, Request, Url};

/// The most bytes of a body that are copied; the bytes of a larger one are shared.
///
/// Sharing costs an allocation as copying does, and then every access counts its users.
const COPIED: usize = 16 * 1024;

/// The parts of a request, in less room than another request takes: most are never sent again.
pub(super) struct Replayable {
    method: Method,
    url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<Body>,
}

impl Replayable {
    /// The parts of a request that may be sent again, or nothing where the body is a stream.
    #[inline]
    pub(super) fn of(request: &Request) -> Option<Self> {
        let body = match request.body() {
            Some(body) => match body.as_bytes()? {
                bytes if bytes.len() <= COPIED => Some(bytes.to_vec().into()),
                // Only a whole request shares its body.
                _ => Some(request.try_clone()?.body_mut().take()?),
            },
            None => None,
        };
        let headers = request.headers().iter();
        Some(Self {
            method: request.method().clone(),
            url: request.url().clone(),
            headers: headers
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            body,
        })
    }

    /// The request again. Its timeout is another one each time, and set by whoever sends it.
    #[inline]
    pub(super) fn into_request(self) -> Request {
        let mut request = Request::new(self.method, self.url);
        *request.headers_mut() = HeaderMap::from_iter(self.headers);
        *request.body_mut() = self.body;
        request
    }
}
