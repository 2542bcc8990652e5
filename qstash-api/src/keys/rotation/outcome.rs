//! Outcomes of rotations.

use std::fmt;

use crate::error::Error;
use crate::keys::pair::KeyPair;

/// The outcome of a rotation, as far as it can be known.
///
/// Neither its `Debug` nor its `Display` form shows a key.
#[derive(Debug)]
#[must_use = "the service may have other keys now"]
#[non_exhaustive]
pub enum RotationOutcome {
    /// The keys have been rotated once: the new current key is the old next one.
    ///
    /// Where the answer was lost, it may have been another process whose rotation is found, and
    /// this one's that has failed. It comes to the same.
    #[non_exhaustive]
    Rotated {
        /// The pair to distribute.
        pair: KeyPair,
    },
    /// The keys are as they were.
    #[non_exhaustive]
    NotRotated {
        /// The reason: the service has refused, or was not reached, or the answer was lost and the
        /// service has been found to have the keys of before.
        error: Error,
    },
    /// The new current key is not the old next one: somebody else has rotated at the same time.
    /// Verifiers that have not refreshed since refuse every delivery.
    #[non_exhaustive]
    RotatedByOthersToo {
        /// The pair that the service had afterwards.
        pair: KeyPair,
    },
    /// The answer was lost, and what the service has now cannot be read. It has rotated or not;
    /// the ring accepts its deliveries in both cases, and so do verifiers that hold the same pair.
    /// Do not rotate again before the keys have been read.
    #[non_exhaustive]
    Unknown {
        /// The reason that the answer is not known.
        lost: Error,
        /// The reason that the keys could not be read afterwards.
        reading: Error,
    },
}

impl RotationOutcome {
    /// Returns the pair to distribute, where the service is known to have a new one.
    #[must_use]
    pub fn pair(&self) -> Option<&KeyPair> {
        match self {
            Self::Rotated { pair } | Self::RotatedByOthersToo { pair } => Some(pair),
            Self::NotRotated { .. } | Self::Unknown { .. } => None,
        }
    }
}

impl fmt::Display for RotationOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rotated { .. } => f.write_str(
                "the signing keys were rotated; distribute the new pair to every verifier",
            ),
            Self::NotRotated { error } => {
                write!(f, "the signing keys were not rotated: {error}")
            }
            Self::RotatedByOthersToo { .. } => f.write_str(
                "the signing keys were rotated more than once, by somebody else too; distribute \
                 the pair that is valid now at once, and have every verifier refresh",
            ),
            Self::Unknown { lost, reading } => write!(
                f,
                "it is not known whether the signing keys were rotated; do not rotate again \
                 before they have been read. The answer: {lost}. Reading the keys: {reading}"
            ),
        }
    }
}
