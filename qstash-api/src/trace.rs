//! A span for each request, with the feature `tracing`; without it, nothing.
//!
//! `docs/features.md` has the fields of the span, and the events.

#[cfg(feature = "tracing")]
mod destination;
#[cfg(feature = "tracing")]
mod requests;
#[cfg(feature = "tracing")]
pub(crate) use self::requests::{Attempt, pausing};

#[cfg(not(feature = "tracing"))]
mod noop;
#[cfg(not(feature = "tracing"))]
pub(crate) use self::noop::{Attempt, pausing};
