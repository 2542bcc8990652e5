//! Requests that do not reach the handler.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use http::{Response, StatusCode};

use super::ResponseBody;
use crate::receiver::{Rejection, VerifyError, refused};

/// The reason that a request did not reach the handler.
///
/// It is in the extensions of the response that the layer answers with, for layers around it to
/// log or count.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// The delivery is not accepted: 401, or 413 where its body is too long.
    Rejected(Rejection),
    /// The body broke off or could not be read: 400.
    BodyBroken,
    /// The body did not end in time: 408.
    BodyTimeout,
    /// Nobody can tell whether the delivery is genuine, by a fault of ours: 500.
    Fault(Arc<dyn Error + Send + Sync>),
}

impl Refusal {
    /// Returns the status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Rejected(rejection) => rejection.status(),
            Self::BodyBroken => StatusCode::BAD_REQUEST,
            Self::BodyTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Returns the code in the body of the answer: that of [`Rejection::code`], `body-broken`,
    /// `body-timeout` or `fault`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rejected(rejection) => rejection.code(),
            Self::BodyBroken => "body-broken",
            Self::BodyTimeout => "body-timeout",
            Self::Fault(_) => "fault",
        }
    }

    /// The answer: the status, the code as plain text, and nothing else.
    pub(super) fn respond<R>(self) -> Response<ResponseBody<R>> {
        let code = self.code();
        let mut response = refused(self.status(), ResponseBody::of_refusal(code));
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

impl From<VerifyError> for Refusal {
    fn from(unverified: VerifyError) -> Self {
        match unverified {
            VerifyError::Rejected(rejection) => Self::Rejected(rejection),
            VerifyError::Fault(error) => Self::Fault(error),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rejected(rejection) => rejection.fmt(f),
            Self::BodyBroken => f.write_str("the body of the request broke off"),
            Self::BodyTimeout => f.write_str("the body of the request did not end in time"),
            Self::Fault(_) => f.write_str("whether the delivery is genuine could not be found out"),
        }
    }
}

impl Error for Refusal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Fault(error) => Some(&**error),
            _ => None,
        }
    }
}
