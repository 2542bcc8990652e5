//! The receiver and its keys from outside: what is accepted, what is not, and what never shows.

#![expect(
    clippy::string_slice,
    reason = "a test that cuts a token wrongly should stop"
)]

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod deliveries;
#[cfg(test)]
mod environment;
#[cfg(test)]
mod message_id;
#[cfg(test)]
mod mint;
#[cfg(test)]
mod mutations;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod rings;
#[cfg(test)]
mod rotation;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod streaming;
#[cfg(test)]
mod urls;
