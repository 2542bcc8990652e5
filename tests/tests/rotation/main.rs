//! Keys that rotate, and receivers that follow.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod common;
mod refresh;
mod waiting;
