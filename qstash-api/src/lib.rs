//! Upstash QStash for Rust.

mod answer;
mod callback;
mod client;
mod destination;
mod flow_control;
#[rustfmt::skip]
mod generated;
mod invalid;
mod message;
mod paging;
mod redact;
mod wire;

pub use crate::generated::runtime::Secret;
pub use crate::answer::{Accepted, AcceptedMessages};
pub use crate::callback::Callback;
pub use crate::destination::{Destination, InvalidDestination};
pub use crate::flow_control::FlowControl;
pub use crate::generated::{Client, Error, ResponseValue, builder, operations, types};
pub use crate::invalid::{InvalidMessage, ValueProblem};
pub use crate::message::{BatchMessage, Message};
pub use crate::paging::Paged;
pub use crate::redact::Redact;
