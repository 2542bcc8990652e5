//! Delivery: what is due, the attempt, and what follows from its answer.

mod attempt;
mod dispatch;
mod expression;
mod report;
mod retry;
mod settle;
mod signature;

pub(crate) use attempt::{Attempt, Sender};
pub(crate) use dispatch::{next_wake, take_due};
pub(crate) use expression::Expression;
pub(crate) use settle::settle;
