//! Spans by `tracing`.

use std::time::Duration;

use http::StatusCode;
use reqwest::Request;
use tokio::time::Instant;
use tracing::field::{Empty, display};
use tracing::{Instrument as _, Span, debug, info_span};

use super::destination;
use crate::error::Error;

/// One request, from the moment it is sent until its answer is read.
pub(crate) struct Attempt {
    span: Span,
    begun: Instant,
}

impl Attempt {
    /// Opens the span. Nothing of the URL goes into it but hosts: the rest may hold secrets.
    pub(crate) fn begin(operation: &'static str, request: &Request, number: u32) -> Self {
        let span = info_span!(
            "qstash.request",
            operation,
            method = request.method().as_str(),
            host = Empty,
            destination = Empty,
            attempt = number,
            status = Empty,
            error = Empty,
            duration_ms = Empty,
        );
        if !span.is_disabled() {
            let url = request.url();
            let host = url.host_str().unwrap_or_default();
            match url.port() {
                Some(port) => span.record("host", display(format_args!("{host}:{port}"))),
                None => span.record("host", host),
            };
            if let Some(destination) = destination::of(operation, url.path()) {
                span.record("destination", destination);
            }
        }
        Self {
            span,
            begun: Instant::now(),
        }
    }

    pub(crate) fn within<F: Future>(&self, future: F) -> impl Future<Output = F::Output> {
        future.instrument(self.span.clone())
    }

    /// Completes the span. It has the kind of a failure and not its message, which may hold a secret.
    pub(crate) fn end(&self, result: Result<StatusCode, &reqwest::Error>) {
        let milliseconds = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.record("duration_ms", milliseconds);
        match result {
            Ok(status) => self.span.record("status", status.as_u16()),
            Err(error) => self
                .span
                .record("error", Error::kind_of_transport(error).word()),
        };
    }
}

/// Tells of a pause before a request is sent again.
pub(crate) fn pausing(operation: &'static str, number: u32, pause: Duration) {
    let pause = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
    debug!(
        operation,
        attempt = number,
        pause_ms = pause,
        "the request will be sent again"
    );
}
