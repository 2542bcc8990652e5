//! Keys that rotate: refreshing them, rotating them with lost answers, and no delivery refused.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod at_once;
mod common;
mod leak;
mod load;
mod losses;
mod outcomes;
mod refresh;
mod waiting;
