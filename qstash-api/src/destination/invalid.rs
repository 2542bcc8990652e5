//! Errors of destinations.

use std::{error, fmt};

use crate::receiver::MAX_DESTINATION_LEN;

/// A destination that the service would refuse, or that would not arrive there as it was written.
///
/// The destination itself is never part of it, because it may hold a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidDestination {
    /// It is empty.
    Empty,
    /// It is longer than one for which a delivery can be verified: [`MAX_DESTINATION_LEN`].
    TooLong,
    /// It is neither a URL nor the name of a URL Group.
    NoScheme,
    /// It is a percent-encoded URL.
    Encoded,
    /// It is a URL with another scheme than `http` and `https`.
    Scheme,
    /// It is a URL without a host.
    NoHost,
    /// It holds a `#`: what follows one is never sent.
    Fragment,
    /// It holds a backslash, which URL parsers take for a slash.
    Backslash,
    /// It holds a control character, such as a line break.
    Control,
    /// It has a segment `.` or `..`, which URL parsers fold, so that another operation would be called.
    DotSegment,
    /// Its query has the key in which the service reads credentials.
    Credentials,
    /// Its query has a key that the service reads as an option of the message.
    #[non_exhaustive]
    Configuration {
        /// The key.
        key: String,
    },
}

impl fmt::Display for InvalidDestination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "is empty; give a URL or the name of a URL Group",
            Self::TooLong => {
                return write!(
                    f,
                    "is longer than {MAX_DESTINATION_LEN} bytes as it would stand in the signature of its delivery, and \
                     no receiver could verify that; put what is long into the body of the message"
                );
            }
            Self::NoScheme => {
                "is neither a URL nor the name of a URL Group; begin a URL with `http://` or `https://`, and \
                 write a name with letters, digits, `.`, `_` and `-` alone"
            }
            Self::Encoded => "is a percent-encoded URL, which the service refuses; give it as it is",
            Self::Scheme => "has another scheme than `http` and `https`, and the service takes no other",
            Self::NoHost => "is a URL without a host; write one after `://`",
            Self::Fragment => {
                "holds a `#`, and what follows one is never sent; remove it, or write `%23` where it is data"
            }
            Self::Backslash => {
                "holds a backslash, which would be sent as a slash; write `%5C` where it is data"
            }
            Self::Control => "holds a control character such as a line break; remove it",
            Self::DotSegment => {
                "has a segment `.` or `..`, which would be folded on the way and could call another operation; \
                 write the path without it"
            }
            Self::Credentials => {
                "has the query key `qstash_token`, which the service would take for credentials; rename the key"
            }
            Self::Configuration { key } => {
                return write!(
                    f,
                    "has the query key `{}`, which the service would take for an option of the message; rename \
                     the key, or set the option on the message",
                    key.escape_debug()
                );
            }
        })
    }
}

impl error::Error for InvalidDestination {}
