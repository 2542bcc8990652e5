//! What can verify deliveries: a receiver, or something that asks the service first.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use super::{Delivery, Receiver, Rejection, Verifying};

/// Something that can say whether a delivery is genuine, and may take its time to find out.
///
/// A [`Receiver`] has the keys at hand and answers at once. What fetches keys from the service
/// when a signature matches none can implement this too, and stand wherever a receiver can, such
/// as in a tower layer.
///
/// ```
/// use qstash_api::receiver::{Delivery, Receiver, Rejection, Unverified, Verify, Verifying};
///
/// #[derive(Clone)]
/// struct Patient(Receiver);
///
/// impl Verify for Patient {
///     async fn begin(&self, delivery: Delivery<'_>) -> Result<Verifying, Unverified> {
///         match self.0.begin(delivery) {
///             Err(Rejection::UnknownKey) if self.0.is_plausible(delivery) => {
///                 // Ask the service for its keys here, and adopt them.
///                 Ok(self.0.begin(delivery)?)
///             }
///             outcome => Ok(outcome?),
///         }
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
    ) -> impl Future<Output = Result<Verifying, Unverified>> + Send;
}

impl Verify for Receiver {
    fn begin(
        &self,
        delivery: Delivery<'_>,
    ) -> impl Future<Output = Result<Verifying, Unverified>> + Send {
        std::future::ready(Self::begin(self, delivery).map_err(Unverified::from))
    }
}

/// Why there is no verified delivery.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Unverified {
    /// The delivery is not accepted.
    Rejected(Rejection),
    /// Whether the delivery is genuine could not be found out, and not for anything about it: a
    /// fault of ours, to be answered with 500, so that the service tries again later.
    Fault(Arc<dyn Error + Send + Sync>),
}

impl Unverified {
    /// A fault of ours.
    #[must_use]
    pub fn fault(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Fault(error.into().into())
    }
}

impl From<Rejection> for Unverified {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

impl fmt::Display for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rejected(rejection) => rejection.fmt(f),
            Self::Fault(_) => f.write_str("whether the delivery is genuine could not be found out"),
        }
    }
}

impl Error for Unverified {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Rejected(_) => None,
            Self::Fault(error) => Some(&**error),
        }
    }
}
