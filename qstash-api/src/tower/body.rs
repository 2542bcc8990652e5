//! Bodies on both sides of the service in the layer.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

/// The body of a request that was verified: all of it, in which each byte is as it arrived.
#[derive(Clone, Debug, Default)]
pub struct RequestBody(Bytes);

impl RequestBody {
    pub(super) fn new(bytes: Bytes) -> Self {
        Self(bytes)
    }

    /// Returns the bytes, which need no reading.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = std::mem::take(&mut self.0);
        Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(u64::try_from(self.0.len()).unwrap_or(u64::MAX))
    }
}

pin_project! {
    /// The body of a response: that of the service in the layer, or the code of a refusal.
    #[derive(Debug)]
    pub struct ResponseBody<B> {
        #[pin]
        inner: Option<B>,
        code: RequestBody,
    }
}

impl<B> ResponseBody<B> {
    pub(super) fn of_service(body: B) -> Self {
        Self {
            inner: Some(body),
            code: RequestBody::default(),
        }
    }

    pub(super) fn of_refusal(code: &'static str) -> Self {
        Self {
            inner: None,
            code: RequestBody(Bytes::from_static(code.as_bytes())),
        }
    }
}

impl<B: Body<Data = Bytes>> Body for ResponseBody<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let this = self.project();
        match this.inner.as_pin_mut() {
            Some(body) => body.poll_frame(context),
            None => Pin::new(this.code)
                .poll_frame(context)
                .map_err(|never| match never {}),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Some(body) => body.is_end_stream(),
            None => self.code.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Some(body) => body.size_hint(),
            None => self.code.size_hint(),
        }
    }
}
