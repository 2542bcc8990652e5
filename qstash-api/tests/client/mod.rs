//! The client against tiny servers on the loopback interface that do what they are told.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy allows these in functions that are tests, and not in those that tests share"
)]

mod configuration;
mod errors;
mod hooks;
mod owned;
mod retries;
mod secrets;
mod server;
#[cfg(feature = "tracing")]
mod spans;
mod values;
