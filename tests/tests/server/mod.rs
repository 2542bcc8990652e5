//! The loopback server, looked at from outside: plain requests and what became of them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod common;
mod credentials;
mod delivery;
mod faults;
mod kit;
mod limits;
mod operations;
mod page;
mod plans;
mod record;
mod refusals;
mod selection;
mod soak;
