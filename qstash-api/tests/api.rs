//! The crate from outside: its client, its receiver and the bytes that it sends.

mod client;
#[cfg(test)]
mod receiver;
mod refresh;
#[cfg(test)]
mod wire;
