//! The requests that may be sent again, and the failures after which they may.

use http::StatusCode;
use reqwest::Request;

use super::deduplication::has_ids;
use super::is_transient;
use crate::generated::runtime::{Operation, Retry};

/// The requests that may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Safety {
    /// Nothing, whatever happened.
    Never,
    /// Those that surely never reached the service.
    NotSent,
    /// That, and what the service has refused for now.
    Refused,
    /// Everything: a second time does no harm.
    Always,
}

/// The failure of an attempt, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No connection was made.
    NotSent,
    /// The connection broke, or no answer came in time; nobody knows what the service has done.
    Lost,
    /// The service answered with a status that may change.
    Answered(StatusCode),
}

impl Safety {
    /// Returns whether no request of this operation may ever be sent twice.
    pub(crate) fn excludes(operation: &Operation) -> bool {
        operation.retry == Retry::Never && !operation.idempotent
    }

    /// Returns the safety of sending this request of this operation again.
    #[inline]
    pub(crate) fn of(operation: &Operation, request: &Request) -> Self {
        match operation.retry {
            _ if operation.idempotent => Self::Always,
            Retry::Never => Self::Never,
            _ if has_ids(operation, request) => Self::Always,
            Retry::Unsent => Self::NotSent,
            Retry::Refused => Self::Refused,
        }
    }

    /// Returns whether to send again after this failure.
    pub(crate) fn allows(self, failure: Failure) -> bool {
        match (self, failure) {
            (Self::Never, _) => false,
            (Self::Always, _) | (_, Failure::NotSent) => true,
            (Self::Refused, Failure::Answered(status)) => status == StatusCode::TOO_MANY_REQUESTS,
            (Self::Refused, Failure::Lost) | (Self::NotSent, _) => false,
        }
    }
}

impl Failure {
    /// Returns whether the service may have done what it was asked to.
    pub(crate) fn may_have_been_done(self) -> bool {
        match self {
            Self::NotSent => false,
            Self::Lost => true,
            Self::Answered(status) => status != StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// Returns the failure, or `None` where there is none, or where another attempt cannot help.
    #[inline]
    pub(crate) fn of(result: Result<StatusCode, &reqwest::Error>) -> Option<Self> {
        match result {
            Ok(status) => is_transient(status).then_some(Self::Answered(status)),
            Err(error) if error.is_builder() || error.is_redirect() => None,
            Err(error) if error.is_connect() => Some(Self::NotSent),
            Err(_) => Some(Self::Lost),
        }
    }
}
