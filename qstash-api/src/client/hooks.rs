//! Hooks of a client: what sees each request before it is sent, and what sees how each ended.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use crate::error::ErrorKind;

type OnRequest = dyn Fn(&mut OutgoingRequest<'_>) + Send + Sync;
type OnAttempt = dyn Fn(&AttemptOutcome) + Send + Sync;

/// The hooks of a client, in the order in which they were added.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    on_request: Vec<Arc<OnRequest>>,
    on_attempt: Vec<Arc<OnAttempt>>,
}

impl Hooks {
    pub(super) fn add_on_request(
        &mut self,
        hook: impl Fn(&mut OutgoingRequest<'_>) + Send + Sync + 'static,
    ) {
        self.on_request.push(Arc::new(hook));
    }

    pub(super) fn add_on_attempt(
        &mut self,
        hook: impl Fn(&AttemptOutcome) + Send + Sync + 'static,
    ) {
        self.on_attempt.push(Arc::new(hook));
    }

    /// Shows a request to the hooks, which may change its headers.
    pub(crate) fn request(
        &self,
        operation: &'static str,
        attempt: u32,
        request: &mut reqwest::Request,
    ) {
        for hook in &self.on_request {
            hook(&mut OutgoingRequest {
                operation,
                attempt,
                request,
            });
        }
    }

    /// Returns whether anybody wants to know how an attempt ended.
    pub(crate) fn want_outcomes(&self) -> bool {
        !self.on_attempt.is_empty()
    }

    pub(crate) fn outcome(&self, outcome: &AttemptOutcome) {
        for hook in &self.on_attempt {
            hook(outcome);
        }
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hooks")
            .field("on_request", &self.on_request.len())
            .field("on_attempt", &self.on_attempt.len())
            .finish()
    }
}

/// A request that is about to be sent, for [`ClientBuilder::on_request`](super::ClientBuilder::on_request).
pub struct OutgoingRequest<'a> {
    operation: &'static str,
    attempt: u32,
    request: &'a mut reqwest::Request,
}

impl OutgoingRequest<'_> {
    /// Returns the `operationId`, such as `publish_message`; `request` for one that no operation is for.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns which attempt of the call it is: 1 for the first.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// Returns the path, which for a publish holds the destination, and so may hold secrets of others.
    #[must_use]
    pub fn path(&self) -> &str {
        self.request.url().path()
    }

    /// Returns the headers, with the credentials among them unless these are in the query.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// Returns the headers, to be changed. Those of this attempt alone are: the next one begins with what the call
    /// had.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.request.headers_mut()
    }
}

/// Leaves out the path and the values of headers.
impl fmt::Debug for OutgoingRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingRequest")
            .field("operation", &self.operation)
            .field("attempt", &self.attempt)
            .field("method", self.method())
            .finish_non_exhaustive()
    }
}

/// The end of one attempt at a request, for [`ClientBuilder::on_attempt`](super::ClientBuilder::on_attempt).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AttemptOutcome {
    /// The `operationId`, such as `publish_message`; `request` for one that no operation is for.
    pub operation: &'static str,
    /// The number of the attempt at the call, beginning at 1.
    pub attempt: u32,
    /// The status of the answer, where there was one.
    pub status: Option<StatusCode>,
    /// The kind of error, where there was no answer.
    pub error: Option<ErrorKind>,
    /// The time from sending the request to the last byte of the answer.
    pub duration: Duration,
}
