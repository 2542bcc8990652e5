//! Verifiers of deliveries: a receiver, or something that asks the service first.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use http::{Response, StatusCode};

use super::rejection::refused;
use super::{Delivery, Receiver, Rejection, Verifying};

/// Something that can say whether a delivery is genuine, and may take its time to find out.
///
/// A [`Receiver`] has the keys at hand and answers at once. A
/// [`RefreshingReceiver`](super::RefreshingReceiver) asks the service when a signature matches
/// none. Something of your own can stand in their place, such as in a tower layer, to count what
/// is refused or to get keys from elsewhere:
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicUsize, Ordering};
///
/// use qstash_api::receiver::{Delivery, Receiver, VerifyError, Verify, Verifying};
///
/// #[derive(Clone)]
/// struct Counting {
///     receiver: Receiver,
///     refused: Arc<AtomicUsize>,
/// }
///
/// impl Verify for Counting {
///     async fn begin(&self, delivery: Delivery<'_>) -> Result<Verifying, VerifyError> {
///         let begun = self.receiver.begin(delivery);
///         self.refused.fetch_add(usize::from(begun.is_err()), Ordering::Relaxed);
///         Ok(begun?)
///     }
/// }
/// ```
pub trait Verify {
    /// Checks everything but the body, which the answer takes in as it is read.
    ///
    /// This runs before any of the body is read, for genuine deliveries and forged ones alike.
    fn begin(
        &self,
        delivery: Delivery<'_>,
    ) -> impl Future<Output = Result<Verifying, VerifyError>> + Send;
}

impl Verify for Receiver {
    #[inline]
    fn begin(
        &self,
        delivery: Delivery<'_>,
    ) -> impl Future<Output = Result<Verifying, VerifyError>> + Send {
        std::future::ready(Self::begin(self, delivery).map_err(VerifyError::from))
    }
}

/// The reason that there is no verified delivery.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum VerifyError {
    /// The delivery is not accepted.
    Rejected(Rejection),
    /// Nobody can tell whether the delivery is genuine, and not for anything about it: a
    /// fault of ours, to be answered with 500, so that the service tries again later.
    Fault(Arc<dyn Error + Send + Sync>),
}

impl VerifyError {
    /// Creates a fault of ours.
    #[must_use]
    pub fn fault(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Fault(error.into().into())
    }

    /// Returns the reason for which the delivery is not accepted; `None` for a fault of ours.
    #[must_use]
    pub fn rejection(&self) -> Option<&Rejection> {
        match self {
            Self::Rejected(rejection) => Some(rejection),
            Self::Fault(_) => None,
        }
    }

    /// Returns the status to answer with: that of [`Rejection::status`], or 500 for a fault of ours.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.rejection()
            .map_or(StatusCode::INTERNAL_SERVER_ERROR, Rejection::status)
    }

    /// Returns a short name of the reason for logs and metrics: that of [`Rejection::code`], or `fault` for a fault of
    /// ours.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.rejection().map_or("fault", Rejection::code)
    }
}

impl From<Rejection> for VerifyError {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

/// The answer to a delivery that is not verified: the status, and the code as its body.
impl<B: From<&'static str>> From<VerifyError> for Response<B> {
    fn from(error: VerifyError) -> Self {
        refused(error.status(), B::from(error.code()))
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rejected(rejection) => rejection.fmt(f),
            Self::Fault(_) => f.write_str("whether the delivery is genuine could not be found out"),
        }
    }
}

impl Error for VerifyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Rejected(_) => None,
            Self::Fault(error) => Some(&**error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_verified_is_answered_with_its_status_and_code() {
        for (error, status, code) in [
            (VerifyError::from(Rejection::Expired), 401, "expired"),
            (Rejection::BodyTooLong.into(), 413, "body-too-long"),
            (VerifyError::fault("no keys"), 500, "fault"),
        ] {
            let answer = Response::<&str>::from(error);
            assert_eq!(answer.status(), status);
            assert_eq!(*answer.body(), code);
        }
    }
}
