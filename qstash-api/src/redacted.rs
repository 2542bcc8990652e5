//! The placeholder that stands in place of a value that was redacted.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// The beginning of the placeholder of a redacted value.
const BEGIN: &str = "REDACTED:";

/// The placeholder that stands in answers where a value was [redacted](crate::Redact): `REDACTED:` and the SHA-256 of
/// the value in hexadecimal digits.
///
/// Redaction is one way. A message or a schedule that is read, and published or created again with a placeholder in
/// it, would deliver the placeholder; such a [`Message`](crate::Message) is refused.
///
/// ```
/// use qstash_api::Redacted;
///
/// let shown = "REDACTED:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
/// let redacted: Redacted = shown.parse()?;
/// assert!(redacted.is_of("hello"));
/// assert!("hello".parse::<Redacted>().is_err());
/// # Ok::<(), qstash_api::NotRedacted>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Redacted([u8; 32]);

impl Redacted {
    /// Returns whether this stands for `value`.
    ///
    /// Anybody who sees the placeholder can try values in this way: a short or a guessable value is not hidden by it.
    #[must_use]
    pub fn is_of(&self, value: impl AsRef<[u8]>) -> bool {
        Sha256::digest(value).as_slice() == self.0
    }

    /// Returns whether this text is a placeholder.
    #[cfg(feature = "client")]
    pub(crate) fn is(text: &[u8]) -> bool {
        text.starts_with(BEGIN.as_bytes())
            && std::str::from_utf8(text).is_ok_and(|text| text.parse::<Self>().is_ok())
    }
}

impl FromStr for Redacted {
    type Err = NotRedacted;

    fn from_str(text: &str) -> Result<Self, NotRedacted> {
        let digits = text.strip_prefix(BEGIN).ok_or(NotRedacted)?.as_bytes();
        let mut hash = [0; 32];
        if digits.len() != 2 * hash.len() {
            return Err(NotRedacted);
        }
        let digit = |byte: u8| {
            char::from(byte)
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        };
        for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            let &[high, low] = pair else {
                return Err(NotRedacted);
            };
            let (high, low) = digit(high).zip(digit(low)).ok_or(NotRedacted)?;
            *byte = 16 * high + low;
        }
        Ok(Self(hash))
    }
}

impl fmt::Display for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(BEGIN)?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redacted({self})")
    }
}

/// A text is no placeholder of a redacted value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotRedacted;

impl fmt::Display for NotRedacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not `REDACTED:` and a SHA-256 in hexadecimal digits, so it is the value itself")
    }
}

impl std::error::Error for NotRedacted {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_the_whole_text_and_nothing_like_it() {
        let hash = "2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824";
        let redacted: Redacted = format!("REDACTED:{hash}").parse().unwrap();
        assert!(redacted.is_of("hello") && !redacted.is_of("hallo"));
        assert_eq!(
            redacted.to_string(),
            format!("REDACTED:{}", hash.to_lowercase())
        );
        assert!(Redacted::is(redacted.to_string().as_bytes()));
        for text in [
            "",
            "REDACTED:",
            "REDACTED:2cf2",
            &format!("REDACTED:{hash}0"),
            &format!(" REDACTED:{hash}"),
            &format!("REDACTED:{}", "é".repeat(32)),
            &format!("REDACTED:+{}", hash.trim_start_matches('2')),
            hash,
        ] {
            assert_eq!(text.parse::<Redacted>(), Err(NotRedacted), "{text}");
        }
    }
}
