//! A span for each request, with the feature `tracing`; without it, nothing.
//!
//! A span has the name `qstash.request`, the level `INFO` and the fields
//!
//! | field | what it is |
//! |---|---|
//! | `operation` | the `operationId` |
//! | `method` | the HTTP method |
//! | `host` | the host of the base URL, with its port where it is not the usual one |
//! | `destination` | the origin of a message's destination, or the name of its URL Group |
//! | `attempt` | 1 for the first request of a call, 2 for the next one |
//! | `status` | the status of the answer |
//! | `error` | the kind of error, where there was no answer |
//! | `duration_ms` | how long the request took, with reading the answer |
//!
//! And events: a pause before a request is sent again (`DEBUG`), signing keys that a ring did not have (`INFO`), and
//! signing keys that could not be read (`WARN`).

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
