//! The reasons that a rotation is not tried.

use std::fmt;

use crate::error::Error;
use crate::keys::challenge::Unproven;
use crate::keys::pair::KeyPair;

/// The reason that a rotation is not tried. The request to rotate was not sent.
///
/// Neither its `Debug` nor its `Display` form shows a key.
#[derive(Debug)]
#[non_exhaustive]
pub enum RotationRefused {
    /// The service has other keys than the plan and the ring: somebody has rotated.
    #[non_exhaustive]
    OtherKeys {
        /// The pair of the service. [`KeyRing::adopt`](crate::keys::KeyRing::adopt) takes it, once
        /// you know why.
        service: KeyPair,
    },
    /// The service's keys could not be read.
    Unreadable(Error),
    /// Verifiers do not hold the key that the rotation would put to use, or hold another next one.
    #[non_exhaustive]
    NotAdopted {
        /// Their names.
        verifiers: Vec<String>,
    },
    /// Verifiers have not proven that they hold the service's pair.
    #[non_exhaustive]
    NotProven {
        /// Their names, and what their answers say.
        verifiers: Vec<(String, Unproven)>,
    },
    /// No verifier has answered.
    NobodyConfirmed,
}

impl fmt::Display for RotationRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherKeys { .. } => f.write_str(
                "the service has other signing keys than the ring, or than the plan was made \
                 with: somebody has rotated; refresh the ring and every verifier, then plan anew",
            ),
            Self::Unreadable(error) => {
                write!(f, "the service's signing keys could not be read: {error}")
            }
            Self::NotAdopted { verifiers } => write!(
                f,
                "these verifiers do not hold the service's pair of signing keys, and would refuse \
                 deliveries after a rotation: {}; have them refresh, then ask them again",
                verifiers.join(", ")
            ),
            Self::NotProven { verifiers } => {
                f.write_str(
                    "these verifiers have not proven that they hold the service's pair of signing keys: ",
                )?;
                for (number, (name, why)) in verifiers.iter().enumerate() {
                    let comma = if number == 0 { "" } else { ", " };
                    write!(f, "{comma}{name} ({why})")?;
                }
                f.write_str("; have them refresh, then ask them again")
            }
            Self::NobodyConfirmed => f.write_str(
                "no verifier has said that it holds the service's pair of signing keys; ask them, \
                 or say that there is none with `for_this_ring_alone`",
            ),
        }
    }
}

impl std::error::Error for RotationRefused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}
