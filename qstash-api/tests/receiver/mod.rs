//! The receiver and its keys from outside: what is accepted, what is not, and what never shows.

#![expect(
    clippy::string_slice,
    reason = "a test that cuts a token wrongly should stop"
)]

mod corpus;
mod deliveries;
mod environment;
mod message_id;
mod mint;
mod mutations;
mod properties;
mod rings;
mod rotation;
mod secrets;
mod streaming;
mod urls;
