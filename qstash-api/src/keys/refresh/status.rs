//! The outcomes of requests for keys.

use std::sync::Arc;

use crate::error::Error;
use crate::keys::Adoption;
use crate::timestamp::Timestamp;

/// The outcomes of the requests of a [`KeyRefresh`](super::KeyRefresh) so far.
#[derive(Clone, Debug, Default)]
pub struct RefreshStatus {
    succeeded_at: Option<Timestamp>,
    adoption: Option<Adoption>,
    failure: Option<RefreshFailure>,
    failures: u32,
}

impl RefreshStatus {
    /// Returns the time at which keys were last read.
    #[must_use]
    pub fn succeeded_at(&self) -> Option<Timestamp> {
        self.succeeded_at
    }

    /// Returns the ring's adoption of the keys that were read last.
    #[must_use]
    pub fn adoption(&self) -> Option<Adoption> {
        self.adoption
    }

    /// Returns the last failure, be it before or after the last success.
    #[must_use]
    pub fn last_failure(&self) -> Option<&RefreshFailure> {
        self.failure.as_ref()
    }

    /// Returns the number of requests that have failed since the last success.
    #[must_use]
    pub fn consecutive_failures(&self) -> u32 {
        self.failures
    }

    pub(super) fn succeeded(&mut self, now: Timestamp, adoption: Adoption) {
        self.succeeded_at = Some(now);
        self.adoption = Some(adoption);
        self.failures = 0;
    }

    pub(super) fn failed(&mut self, failure: RefreshFailure) {
        self.failure = Some(failure);
        self.failures = self.failures.saturating_add(1);
    }
}

/// A request for keys that failed.
#[derive(Clone, Debug)]
pub struct RefreshFailure {
    at: Timestamp,
    error: Arc<Error>,
}

impl RefreshFailure {
    pub(super) fn new(at: Timestamp, error: &Arc<Error>) -> Self {
        Self {
            at,
            error: Arc::clone(error),
        }
    }

    /// Returns the time at which it failed.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Returns the error.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }
}
