//! The pipeline and its stages, in the process of the test.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod lower;
mod mutants;
mod seeds;
mod stages;
mod types;
mod write;
