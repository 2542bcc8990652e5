//! Upstash QStash for Rust.

mod answer;
mod base_url;
mod callback;
mod client;
mod destination;
mod environment;
mod error;
mod flow_control;
mod gate;
#[rustfmt::skip]
mod generated;
mod invalid;
pub mod keys;
mod message;
mod paging;
mod rate_limit;
pub mod receiver;
mod redact;
mod region;
mod retry;
mod token;
mod trace;
mod wire;

pub use crate::answer::{Accepted, AcceptedMessages};
pub use crate::callback::Callback;
pub use crate::client::{Client, ClientBuilder};
pub use crate::destination::{Destination, InvalidDestination};
pub use crate::error::{Error, ErrorKind};
pub use crate::flow_control::FlowControl;
pub use crate::generated::runtime::Secret;
pub use crate::generated::{ResponseValue, builder, operations, types};
pub use crate::invalid::{InvalidMessage, ValueProblem};
pub use crate::message::{BatchMessage, Message};
pub use crate::paging::Paged;
pub use crate::rate_limit::{RateLimit, RateLimitKind};
pub use crate::redact::Redact;
pub use crate::region::{Region, UnknownRegion};
pub use crate::retry::RetryPolicy;
pub use crate::token::{CredentialsIn, Token};

/// The error of a generated operation. It turns into an [`Error`] by `?`.
pub use crate::generated::Error as OperationError;
