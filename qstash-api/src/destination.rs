//! Destinations of messages, and texts that are none.

mod check;
mod invalid;

use std::fmt;

pub(crate) use self::check::{check, is_absolute_url, is_identifier, length_in_token, origin};
pub use self::invalid::InvalidDestination;
use crate::generated::runtime;
use crate::text::{from_text, to_text};

/// A checked destination: an absolute URL, or the name of a URL Group.
///
/// The operations check what they are given by themselves, so a plain string will do there. This type is for
/// finding out early, when a destination comes from a user or from a configuration.
///
/// A URL is kept byte for byte, because the service signs each delivery for the string that it was sent:
/// `https://example.com` and `https://example.com/` are two destinations. Only what cannot stand in a request
/// is percent-encoded on the way: a space, `"`, `<`, `>` and everything outside of ASCII, in the path `` ` ``,
/// `{` and `}`, and in the query `'`.
///
/// ```
/// use qstash_api::{Destination, InvalidDestination};
///
/// let destination: Destination = "https://example.com/hook?x=1".parse()?;
/// assert!(destination.is_url());
/// assert_eq!(
///     "https://example.com/a/../b".parse::<Destination>(),
///     Err(InvalidDestination::DotSegment),
/// );
/// # Ok::<(), InvalidDestination>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Destination(String);

impl Destination {
    /// Checks a destination.
    ///
    /// # Errors
    ///
    /// When it is neither an absolute URL that can be sent as it is nor the name of a URL Group.
    pub fn new(destination: impl Into<String>) -> Result<Self, InvalidDestination> {
        let destination = destination.into();
        check(&destination)?;
        Ok(Self(destination))
    }

    /// Returns the destination as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether this is a URL, and not the name of a URL Group.
    #[must_use]
    pub fn is_url(&self) -> bool {
        self.0.contains("://")
    }
}

/// The value of a path parameter that goes into the path as it is; generated operations call this.
pub(crate) fn raw_path(name: &str, value: String) -> Result<String, String> {
    check(&value).map_err(|problem| format!("`{name}` {problem}"))?;
    Ok(runtime::encode_spaces(value))
}

/// Shows the origin of a URL only: what follows it, and what stands before its host, may be secret.
impl fmt::Debug for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Destination({})", origin(&self.0))
    }
}

from_text!(Destination, InvalidDestination, Destination::new);
to_text!(Destination);

impl From<Destination> for String {
    fn from(destination: Destination) -> Self {
        destination.0
    }
}
