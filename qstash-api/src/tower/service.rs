//! The service: what happens to each request.

use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

use super::read::read;
use super::{Refusal, RequestBody, ResponseBody, VerifyLayer};
use crate::receiver::{Delivery, Rejection, Verified, Verify, Verifying};

/// A service that verifies deliveries before the service in it sees them.
///
/// [`VerifyLayer`] makes it.
#[derive(Clone, Debug)]
pub struct VerifyService<S, V> {
    pub(super) inner: S,
    pub(super) layer: VerifyLayer<V>,
}

impl<S, V, B, R> Service<Request<B>> for VerifyService<S, V>
where
    S: Service<Request<RequestBody>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    V: Verify + Clone + Send + Sync + 'static,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Response = Response<ResponseBody<R>>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The one that is ready goes into the future, and a clone of it stays.
        let fresh = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, fresh);
        let layer = self.layer.clone();
        Box::pin(async move {
            match layer.admit(request).await {
                Ok(request) => inner
                    .call(request)
                    .await
                    .map(|response| response.map(ResponseBody::of_service)),
                Err(refusal) => {
                    trace(&refusal);
                    Ok(refusal.respond())
                }
            }
        })
    }
}

impl<V: Verify> VerifyLayer<V> {
    /// The request with its body in memory and with what was verified, or why it is refused.
    async fn admit<B>(&self, request: Request<B>) -> Result<Request<RequestBody>, Refusal>
    where
        B: Body,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let (mut parts, body) = request.into_parts();
        // The length that the request announces, where it does.
        if body.size_hint().lower() > self.body_limit {
            return Err(Rejection::BodyTooLong.into());
        }
        let mut verifying = self.begin(&parts).await?;
        let reading = read(body, &mut verifying, self.body_limit);
        let body = in_time(self.body_timeout, reading).await?;
        let verified: Verified = verifying.finish()?;
        parts.extensions.insert(verified);
        Ok(Request::from_parts(parts, RequestBody::new(body)))
    }

    /// Verifies everything but the body.
    async fn begin(&self, parts: &Parts) -> Result<Verifying, Refusal> {
        let urls = self.url.of(parts);
        let mut delivery = Delivery::from_headers(&parts.headers);
        if let Some((url, other)) = &urls {
            delivery = delivery.with_url(url);
            if let Some(other) = other {
                delivery = delivery.or_url(other);
            }
        }
        Ok(self.verifier.begin(delivery).await?)
    }
}

/// Ends the reading of a body after this while, where there is a runtime that can tell.
#[cfg(feature = "client")]
async fn in_time(
    timeout: Option<Duration>,
    reading: impl Future<Output = Result<Bytes, Refusal>>,
) -> Result<Bytes, Refusal> {
    match timeout {
        Some(timeout) if tokio::runtime::Handle::try_current().is_ok() => {
            let read = tokio::time::timeout(timeout, reading).await;
            read.unwrap_or(Err(Refusal::BodyTimeout))
        }
        _ => reading.await,
    }
}

#[cfg(not(feature = "client"))]
async fn in_time(
    _: Option<Duration>,
    reading: impl Future<Output = Result<Bytes, Refusal>>,
) -> Result<Bytes, Refusal> {
    reading.await
}

/// Tells of a refusal, with the code that metrics count by.
#[cfg(feature = "tracing")]
fn trace(refusal: &Refusal) {
    let cause = Error::source(refusal).map(tracing::field::display);
    tracing::warn!(
        code = refusal.code(),
        status = refusal.status().as_u16(),
        cause,
        "a delivery was refused: {refusal}"
    );
}

#[cfg(not(feature = "tracing"))]
fn trace(_: &Refusal) {}
