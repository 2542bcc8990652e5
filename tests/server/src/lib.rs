#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "client")]
mod client;
mod clock;
mod cron;
mod delivery;
mod destination;
mod environment;
mod event;
mod faults;
mod filter;
mod operation;
mod operations;
mod options;
mod page;
mod published;
mod rate_limit;
mod record;
mod refusal;
mod route;
mod server;
mod settings;
mod signing;
mod state;
mod view;
mod wire;

#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub use client::error_of;
pub use clock::{Clock, Millis};
pub use destination::Destination;
pub use environment::Environment;
pub use event::Event;
pub use faults::Faults;
pub use operation::Operation;
pub use published::Published;
pub use rate_limit::RateLimit;
pub use record::RecordedRequest;
pub use server::{Builder, QStash};
pub use settings::{EndOfPages, Limits, LogMember, Plan, Shapes, UrlGroupAnswer};
pub use signing::{Signature, Signer};
pub use state::{Effect, PublishedMessage, SigningKeys, Snapshot};
pub use wire::{Answer, Fault, Gate, Reaction};
