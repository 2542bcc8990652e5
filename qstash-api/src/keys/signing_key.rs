//! One signing key.

use std::fmt;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::invalid_key::InvalidKey;
use crate::text::from_text;

/// A signing key that never prints and never verifies anything when it is empty, because an empty
/// one cannot be made.
///
/// Clones share one copy of the key, and the last one to go wipes it from memory. Two keys are
/// equal when they make the same MACs; the comparison takes the same time whatever they are.
#[derive(Clone)]
pub struct SigningKey(Arc<Secret>);

/// On cache lines of its own: next to it the number of its users is kept, which every change of a ring
/// writes while others verify.
#[repr(align(64))]
struct Secret {
    text: Zeroizing<String>,
    /// The MAC with the key already absorbed, which halves the work for a short token. It is worth
    /// as much as the key, and `sha2` and `hmac` wipe it likewise.
    mac: Hmac<Sha256>,
}

impl SigningKey {
    /// Creates a key from its text, whose bytes are used as they are.
    ///
    /// # Errors
    ///
    /// Refuses an empty key, and one with white space, quotes, control characters or characters
    /// beyond ASCII: a line break that came along with the key would make a ring that refuses
    /// every delivery and never says why.
    pub fn new(key: impl Into<String>) -> Result<Self, InvalidKey> {
        let text = Zeroizing::new(key.into());
        if text.trim().is_empty() {
            return Err(InvalidKey::Empty);
        }
        if !text.bytes().all(is_key_byte) {
            return Err(InvalidKey::Character);
        }
        let mac = keyed(text.as_bytes());
        Ok(Self(Arc::new(Secret { text, mac })))
    }

    /// Returns the key itself, for whoever has to store or send it. Do not log it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0.text
    }

    /// Returns whether this is a clone of `other`, or the other way round; not whether the two are equal.
    pub(super) fn is_clone_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The MAC of these parts, one after the other, under this key.
    pub(super) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.keyed(parts).finalize().into_bytes().into()
    }

    /// Returns whether `tag` is that MAC, by the comparison of [`SigningKey::verifies`].
    pub(super) fn verifies_all(&self, parts: &[&[u8]], tag: &[u8; 32]) -> bool {
        self.keyed(parts).verify_slice(tag).is_ok()
    }

    fn keyed(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = self.0.mac.clone();
        parts.iter().for_each(|part| mac.update(part));
        mac
    }

    /// Returns whether `tag` is the MAC of `message` under this key.
    ///
    /// The comparison is `hmac`'s `verify_slice`: word by word over the whole tag with conditional
    /// moves, so neither branches nor memory accesses depend on where the two differ.
    pub(crate) fn verifies(&self, message: &[u8], tag: &[u8; 32]) -> bool {
        verifies(&self.0.mac, message, tag)
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    #[expect(
        clippy::expect_used,
        reason = "HMAC is defined for keys of every length"
    )]
    Hmac::new_from_slice(key).expect("a key of any length")
}

fn verifies(keyed: &Hmac<Sha256>, message: &[u8], tag: &[u8; 32]) -> bool {
    let mut mac = keyed.clone();
    mac.update(message);
    mac.verify_slice(tag).is_ok()
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`')
}

impl PartialEq for SigningKey {
    fn eq(&self, other: &Self) -> bool {
        // Outputs of a MAC compare in constant time.
        self.0.mac.clone().finalize() == other.0.mac.clone().finalize()
    }
}

impl Eq for SigningKey {}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

from_text!(SigningKey, InvalidKey, SigningKey::new);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_cannot_be_a_key_becomes_one() {
        for (text, error) in [
            ("", InvalidKey::Empty),
            (" ", InvalidKey::Empty),
            ("\r\n\t", InvalidKey::Empty),
            ("sig_a\n", InvalidKey::Character),
            (" sig_a", InvalidKey::Character),
            ("sig a", InvalidKey::Character),
            ("\"sig_a\"", InvalidKey::Character),
            ("'sig_a'", InvalidKey::Character),
            ("sig_a\0", InvalidKey::Character),
            ("sig_\u{e4}", InvalidKey::Character),
            ("sig_a\u{200b}", InvalidKey::Character),
        ] {
            assert_eq!(SigningKey::new(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn keys_are_equal_when_their_texts_are() {
        let [a, again, b] = ["sig_a", "sig_a", "sig_b"].map(|key| SigningKey::new(key).unwrap());
        assert_eq!(a, again);
        assert_ne!(a, b);
        assert_eq!(a.expose(), "sig_a");
    }

    /// RFC 4231 without its case 5, whose tag is cut short, and RFC 7515 appendix A.1. Their keys
    /// are bytes, so they are tried below the check that keeps such keys out.
    #[test]
    fn macs_are_those_of_the_rfcs() {
        let vectors = include_str!("../../tests/data/macs.json");
        let vectors: Vec<Vector> = serde_json::from_str(vectors).unwrap();
        assert_eq!(vectors.len(), 7);
        for vector in vectors {
            let [key, message, tag] = [vector.key, vector.message, vector.tag].map(|s| bytes(&s));
            let mut tag: [u8; 32] = tag.try_into().unwrap();
            let mac = keyed(&key);
            assert!(verifies(&mac, &message, &tag), "{}", vector.name);
            for bit in 0..256 {
                tag[bit / 8] ^= 1 << (bit % 8);
                assert!(!verifies(&mac, &message, &tag), "{} bit {bit}", vector.name);
                tag[bit / 8] ^= 1 << (bit % 8);
            }
        }
    }

    #[derive(serde::Deserialize)]
    struct Vector {
        name: String,
        key: String,
        message: String,
        tag: String,
    }

    fn bytes(hex: &str) -> Vec<u8> {
        hex.as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }
}
