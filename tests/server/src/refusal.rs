//! Requests that the service refuses.

use crate::wire::Answer;

/// The reason that a request is refused: a status and a message for the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) message: String,
}

impl Refusal {
    fn new(status: u16, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
        }
    }

    /// The request is wrong.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    /// The credentials are missing or wrong.
    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "unauthorized: the token is missing or not valid")
    }

    /// There is no such thing.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(404, message)
    }

    /// A limit of the plan is reached.
    pub(crate) fn plan_limit(what: &str, limit: usize) -> Self {
        Self::new(
            412,
            format!("quota exceeded: the plan allows {limit} {what}"),
        )
    }
}

impl Refusal {
    /// Something about a message is more than the plan allows.
    pub(crate) fn over_plan(what: &str, limit: &str) -> Self {
        Self::new(
            412,
            format!("quota exceeded: {what} may be at most {limit}"),
        )
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self::error(refusal.status, refusal.message)
    }
}

/// The outcome of reading or applying a request.
pub(crate) type Outcome<T> = Result<T, Refusal>;
