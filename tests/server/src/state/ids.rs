//! Ids and keys: unguessable enough for tests, and reproducible from a seed.

use std::hash::{BuildHasher, Hasher, RandomState};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sha2::{Digest, Sha256};

use crate::clock::Millis;

/// The source of everything that must not come twice.
pub(crate) struct Ids {
    seed: u64,
    drawn: u64,
}

impl Ids {
    /// Starts from a seed, or from the randomness that the standard library seeds its hash maps with.
    pub(crate) fn new(seed: Option<u64>) -> Self {
        let seed = seed.unwrap_or_else(|| RandomState::new().build_hasher().finish());
        Self { seed, drawn: 0 }
    }

    /// Returns a number that is larger than all before.
    pub(crate) fn number(&mut self) -> u64 {
        self.drawn += 1;
        self.drawn
    }

    pub(crate) fn message(&mut self) -> String {
        format!("msg_{}", self.letters(26))
    }

    pub(crate) fn schedule(&mut self) -> String {
        format!("scd_{}", self.letters(28))
    }

    pub(crate) fn signing_key(&mut self) -> String {
        format!("sig_{}", self.letters(28))
    }

    pub(crate) fn token(&mut self) -> String {
        self.letters(40)
    }

    pub(crate) fn signature(&mut self) -> String {
        format!("jwt_{}", self.letters(28))
    }

    pub(crate) fn dead_letter(now: Millis, number: u64) -> String {
        format!("{now}-{number}")
    }

    fn letters(&mut self, count: usize) -> String {
        let number = self.number();
        let digest = Sha256::new()
            .chain_update(self.seed.to_be_bytes())
            .chain_update(number.to_be_bytes())
            .finalize();
        // Two encodings of 32 bytes hold more than enough letters and digits.
        let text = STANDARD_NO_PAD.encode(digest) + &STANDARD_NO_PAD.encode(Sha256::digest(digest));
        text.chars()
            .filter(char::is_ascii_alphanumeric)
            .take(count)
            .collect()
    }
}
