//! A loopback QStash server, and a destination for what it delivers.
//!
//! [`QStash`] speaks the service's 41 operations from a state of its own, checks credentials, refuses what the service
//! refuses, really delivers messages over loopback, signed, retried and reported, lives by a [`Clock`] that tests can
//! move, and fails where it is told to. It shares no code with the client. [`Receiver`] is a destination that records
//! what arrives.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use qstash_tests::{QStash, Receiver};
//!
//! let server = QStash::start().await?;
//! let receiver = Receiver::start().await?;
//! let publish = format!("{}/v2/publish/{}/hello", server.url(), receiver.url());
//! let client = reqwest::Client::builder().no_proxy().build()?;
//! let answer = client.post(publish).bearer_auth(server.token()).body("hi").send().await?;
//! assert_eq!(answer.status(), 201);
//!
//! server.settle().await;
//! assert_eq!(receiver.requests()[0].path(), "/hello");
//! # Ok(())
//! # }
//! ```

mod clock;
mod delivery;
mod fault;
mod filter;
mod operation;
mod operations;
mod options;
mod rate_limit;
mod receiver;
mod record;
mod refusal;
mod route;
mod server;
mod settings;
mod state;
mod view;
mod wire;

pub use clock::{Clock, Millis};
pub use fault::{Fault, Faults};
pub use operation::Operation;
pub use rate_limit::RateLimit;
pub use receiver::Receiver;
pub use record::RecordedRequest;
pub use server::{Builder, QStash};
pub use settings::{EndOfPages, Limits, LogMember, Shapes, UrlGroupAnswer};
pub use state::{Effect, SigningKeys, Snapshot};
pub use wire::{Answer, Gate, Reaction};

/// The examples of the README, compiled. They stand here, because the README is outside of the package that it is of.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
