//! The client, the receiver and the server for tests: what speaks to a service.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod blocking;
mod client;
mod decode;
mod operations;
mod rotation;
mod server;
mod tower;
