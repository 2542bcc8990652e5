//! Upstash QStash for Rust.

mod client;
#[rustfmt::skip]
mod generated;

pub use crate::generated::runtime::Secret;
pub use crate::generated::{Client, Error, ResponseValue, builder, operations, types};
