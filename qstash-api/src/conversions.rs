//! From the other errors of this crate, so that `?` takes them where an [`Error`] is returned.

use crate::destination::InvalidDestination;
use crate::environment::EnvironmentError;
use crate::error::{Error, ErrorKind};
use crate::inbound::{InvalidPayload, Reply};
use crate::invalid::InvalidMessage;
use crate::invalid_key::InvalidKey;
use crate::keys::rotation::RotationRefused;
use crate::receiver::{Rejection, VerifyError};
use crate::region::UnknownRegion;
use crate::timestamp::InvalidTimestamp;

/// From each of these errors one of this kind, which has its words, and the error as its source.
macro_rules! from_error {
    ($($(#[$attribute:meta])* $error:ty => $kind:ident,)+) => {$(
        $(#[$attribute])*
        impl From<$error> for Error {
            fn from(problem: $error) -> Self {
                Self::new(ErrorKind::$kind, problem.to_string()).with_source(problem)
            }
        }
    )+};
}

from_error! {
    /// A string that is no signing key, or a pair that is none.
    InvalidKey => Configuration,
    /// Variables from which no signing keys could be read.
    EnvironmentError => Configuration,
    /// The name of a region that came from a configuration.
    UnknownRegion => Configuration,
    /// The beginning of the URLs that a tower layer expects.
    #[cfg(feature = "tower")]
    crate::tower::InvalidExpectedUrl => Configuration,
    /// A message that was checked before it was given to an operation.
    InvalidMessage => InvalidRequest,
    /// A destination that was checked before it was given to an operation.
    InvalidDestination => InvalidRequest,
    /// A text that is no time.
    InvalidTimestamp => InvalidRequest,
    /// A delivery that is not accepted.
    Rejection => Delivery,
    /// A delivery that is no callback.
    InvalidPayload => Delivery,
}

/// A delivery that is not accepted, or of which nobody knows whether it is genuine.
impl From<VerifyError> for Error {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Rejected(rejection) => rejection.into(),
            fault => Self::new(ErrorKind::Delivery, fault.to_string()).with_source(fault),
        }
    }
}

/// A rotation that was not tried. Keys that could not be read are the error of reading them.
impl From<RotationRefused> for Error {
    fn from(refused: RotationRefused) -> Self {
        match refused {
            RotationRefused::Unreadable(error) => error,
            refused => Self::new(ErrorKind::Rotation, refused.to_string()).with_source(refused),
        }
    }
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// The answer of a handler that could not do its work, which tells the service to deliver again: for a delivery that is
/// not accepted that of its [`Rejection`], otherwise 503 with `Retry-After` where it is known how long to wait, or 500.
/// The body is the code of the rejection or the kind of the error, and nothing of what was sent or answered.
impl<B: From<String>> From<Error> for http::Response<B> {
    fn from(error: Error) -> Self {
        let source = std::error::Error::source(&error);
        if let Some(rejection) = source.and_then(|source| source.downcast_ref::<Rejection>()) {
            return http::Response::<&str>::from(rejection.clone())
                .map(|code| B::from(code.to_owned()));
        }
        let reply = error
            .retry_after()
            .map_or_else(Reply::retry, Reply::retry_after);
        reply.with_reason(error.kind()).into()
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;
    use crate::keys::KeyRing;
    use crate::region::Region;

    #[test]
    fn what_comes_from_a_configuration_keeps_its_words_and_its_source() {
        let environment = KeyRing::from_lookup(|_| None).unwrap_err();
        let key = KeyRing::new("", "sig_b").unwrap_err();
        let region = "mars".parse::<Region>().unwrap_err();
        for (said, error) in [
            (environment.to_string(), Error::from(environment)),
            (key.to_string(), Error::from(key)),
            (region.to_string(), Error::from(region)),
        ] {
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert_eq!(error.message(), said);
            assert_eq!(error.source().map(ToString::to_string), Some(said));
        }
    }

    #[cfg(feature = "tower")]
    #[test]
    fn an_expected_url_that_is_none_is_an_error_of_the_configuration() {
        let problem = crate::tower::ExpectedUrl::under("example.com").unwrap_err();
        let error = Error::from(problem);
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.message(), problem.to_string());
    }
}
