//! A span for each request, with the feature `tracing`; without it, nothing.
//!
//! `docs/features.md` has the fields of the span, and the events.

#[cfg(feature = "tracing")]
mod destination;
#[cfg(feature = "tracing")]
mod spans;
#[cfg(feature = "tracing")]
pub(crate) use self::spans::{Attempt, keys_not_refreshed, keys_refreshed, pausing};

#[cfg(not(feature = "tracing"))]
mod nothing;
#[cfg(not(feature = "tracing"))]
pub(crate) use self::nothing::{Attempt, keys_not_refreshed, keys_refreshed, pausing};
