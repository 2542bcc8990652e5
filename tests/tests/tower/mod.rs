//! The tower layer and what handlers read and answer, with a real axum server and a real hyper server, with
//! deliveries of the loopback QStash server and with forged ones.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod bodies;
mod deliveries;
mod events;
mod forgeries;
mod handlers;
mod subject;
mod verifiers;
mod world;
