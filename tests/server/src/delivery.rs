//! Delivery: what is due, the attempt, and what follows from its answer.

mod attempt;
mod dispatch;
mod report;
mod retry;
mod sender;
mod settle;
mod signature;

pub(crate) use attempt::Attempt;
pub(crate) use dispatch::{next_wake, take_due};
pub(crate) use sender::Sender;
pub(crate) use settle::settle;
pub(crate) use signature::{Claims, sign};
