//! A loopback QStash server, and a destination for what it delivers.
//!
//! [`QStash`] speaks the service's 41 operations from a state of its own, checks credentials, refuses what the service
//! refuses, really delivers messages over loopback, signed, retried and reported, lives by a [`Clock`] that tests can
//! move, and fails where it is told to. It shares no code with the client. [`Destination`] is a destination that records
//! what arrives.
//!
//! ```
//! # #[cfg(feature = "client")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use qstash_api::Message;
//! use qstash_api::receiver::Delivery;
//! use qstash_dev_server::{Destination, QStash};
//!
//! let server = QStash::start().await?;
//! let destination = Destination::start().await?;
//! let url = format!("{}/hello", destination.url());
//! let client = server.client()?;
//! client.publish_message().destination(&url).message(Message::text("hi")).send().await?;
//!
//! server.settle().await;
//! let delivered = &destination.requests()[0];
//! let delivery = Delivery::new(delivered.header("Upstash-Signature")).with_url(&url);
//! assert!(server.receiver()?.verify(delivery, delivered.body()).is_ok());
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "client"))]
//! # fn main() {}
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "client")]
mod client;
mod clock;
mod cron;
mod delivery;
mod destination;
mod environment;
mod fault;
mod filter;
mod operation;
mod operations;
mod options;
mod rate_limit;
mod record;
mod refusal;
mod route;
mod server;
mod settings;
mod state;
mod view;
mod wire;

pub use clock::{Clock, Millis};
pub use destination::Destination;
pub use environment::Environment;
pub use fault::{Fault, Faults};
pub use operation::Operation;
pub use rate_limit::RateLimit;
pub use record::RecordedRequest;
pub use server::{Builder, QStash};
pub use settings::{EndOfPages, Limits, LogMember, Shapes, UrlGroupAnswer};
pub use state::{Effect, SigningKeys, Snapshot};
pub use wire::{Answer, Gate, Reaction};
