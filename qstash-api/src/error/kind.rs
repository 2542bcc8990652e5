//! The kinds of errors.

use std::fmt;

use http::StatusCode;

use crate::rate_limit::RateLimit;

/// The kind of an error, for callers to match on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built from what it was given: a variable is not set, a base URL has a path.
    Configuration,
    /// The request is wrong: refused here before it was sent (there is no status then), or by the service.
    InvalidRequest,
    /// The service does not take the token, or takes it in another region only.
    Credentials,
    /// There is no such thing, or no longer.
    NotFound,
    /// A limit on the number of requests or messages was hit; which one, and until when.
    RateLimit(RateLimit),
    /// The plan does not include what was asked for.
    PlanLimit,
    /// The service failed, or answered with a status that nobody expects of it.
    Service,
    /// The connection could not be made, or broke.
    Transport,
    /// No answer came in time.
    Timeout,
    /// An answer of success could not be read.
    Decode,
    /// A delivery is not accepted, or is not what it should be.
    Delivery,
    /// The signing keys were not rotated, and no request for it was sent.
    Rotation,
}

impl ErrorKind {
    /// The kind of error that an answer with this status is, other than 429.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            400 | 413 | 414 | 415 | 422 | 431 => Self::InvalidRequest,
            401 | 403 => Self::Credentials,
            404 | 410 => Self::NotFound,
            412 => Self::PlanLimit,
            _ => Self::Service,
        }
    }

    /// One word for logs and traces.
    #[cfg(feature = "tracing")]
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::InvalidRequest => "invalid_request",
            Self::Credentials => "credentials",
            Self::NotFound => "not_found",
            Self::RateLimit(_) => "rate_limit",
            Self::PlanLimit => "plan_limit",
            Self::Service => "service",
            Self::Transport => "transport",
            Self::Timeout => "timeout",
            Self::Decode => "decode",
            Self::Delivery => "delivery",
            Self::Rotation => "rotation",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration => f.write_str("the client cannot be configured"),
            Self::InvalidRequest => f.write_str("the request is not valid"),
            Self::Credentials => f.write_str("the service does not take the token"),
            Self::NotFound => f.write_str("there is no such thing"),
            Self::RateLimit(limit) => limit.fmt(f),
            Self::PlanLimit => f.write_str("the plan does not include this"),
            Self::Service => f.write_str("the service failed"),
            Self::Transport => f.write_str("no answer came from the service"),
            Self::Timeout => f.write_str("no answer came in time"),
            Self::Decode => f.write_str("the answer cannot be read"),
            Self::Delivery => f.write_str("the delivery is not accepted"),
            Self::Rotation => f.write_str("the signing keys were not rotated"),
        }
    }
}
