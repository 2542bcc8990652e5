//! `cargo xtask codegen --accept` as a person calls it, in a workspace of its own.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "where the ground of a test cannot be laid, the test fails"
)]

mod circumstances;
mod command;
#[cfg(unix)]
mod kills;
mod merge;
#[path = "../mutate/random.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod random;
mod world;
