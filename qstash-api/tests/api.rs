//! The crate from outside: its client, its receiver and the bytes that it sends.

mod client;
mod receiver;
mod refresh;
mod wire;
