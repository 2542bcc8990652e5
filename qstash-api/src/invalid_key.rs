//! Errors of signing keys. No message repeats a key.

use std::error::Error;
use std::fmt;

/// A string that is no signing key, or two keys that are no pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvalidKey {
    /// The key is empty. A MAC under an empty key is one that anybody can compute.
    Empty,
    /// The key has white space, a quote, a control character or a character beyond ASCII in it.
    Character,
    /// The current and the next key are the same.
    Repeated,
}

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the signing key is empty; copy it from the QStash console",
            Self::Character => {
                "the signing key has white space, a quote or another character in it that no \
                 signing key has; copy the key alone, without line breaks and quotes"
            }
            Self::Repeated => {
                "the current and the next signing key are the same; copy each from its own field, \
                 or ask for a ring of one key with `KeyRing::from_current`"
            }
        })
    }
}

impl Error for InvalidKey {}
