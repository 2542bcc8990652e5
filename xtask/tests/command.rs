//! The command as a person calls it, and what its stages say of what they read.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod accept;
mod circumstances;
mod cli;
mod config;
mod diff;
#[cfg(unix)]
mod kills;
#[path = "mutate/random.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod random;
