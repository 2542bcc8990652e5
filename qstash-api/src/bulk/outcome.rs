//! The outcome of a message.

use std::fmt;
use std::sync::Arc;

use crate::error::Error;
use crate::message::BatchMessage;
use crate::types::BatchEntry;

/// A message of a [`Bulk`](crate::Bulk), and what became of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BulkResult {
    /// The position of the message, beginning at 0.
    pub index: usize,
    /// The message.
    pub message: BatchMessage,
    /// The service's answer, which holds the ids: see [`BatchEntry::messages`]. Or why there is none.
    pub outcome: Result<BatchEntry, BulkFailure>,
}

/// The reason that a message of a [`Bulk`](crate::Bulk) was not accepted, or is not known to be.
#[derive(Clone, Debug)]
pub struct BulkFailure(pub(super) Reason);

#[derive(Clone, Debug)]
pub(super) enum Reason {
    /// The service refused this message alone, in its own words, or it was not sent for what is wrong with it.
    Refused(Arc<str>),
    /// The request failed in which the message was.
    Request(Arc<Error>),
    /// The answer has no entry for the message.
    Unaccounted { sent: usize, answered: usize },
}

impl BulkFailure {
    /// Returns whether the service may have accepted the message all the same: its answer was lost, could not be read,
    /// or told of another number of messages than were sent. To publish such a message again may deliver it twice,
    /// unless it has a deduplication id.
    #[must_use]
    pub fn may_have_been_accepted(&self) -> bool {
        match &self.0 {
            Reason::Refused(_) => false,
            Reason::Unaccounted { .. } => true,
            Reason::Request(error) => error.may_have_been_done(),
        }
    }

    /// Returns the error of the request in which the message was, shared by all messages in it; nothing where this
    /// message alone was refused.
    #[must_use]
    pub fn request_error(&self) -> Option<&Error> {
        match &self.0 {
            Reason::Request(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for BulkFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Refused(problem) => f.write_str(problem),
            Reason::Request(error) => error.fmt(f),
            Reason::Unaccounted { sent, answered } => write!(
                f,
                "the service answered for {answered} of the {sent} messages of a batch, and this one is unaccounted \
                 for; look for it in the logs before it is published again"
            ),
        }
    }
}

impl std::error::Error for BulkFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.request_error()
            .map(|error| error as &(dyn std::error::Error + 'static))
    }
}

/// The number of results of a [`Bulk`](crate::Bulk) that were read so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BulkProgress {
    /// Messages that the service has accepted.
    pub accepted: usize,
    /// Messages that it has not accepted.
    pub refused: usize,
    /// Messages of which nobody knows whether it has.
    pub unknown: usize,
}

impl BulkProgress {
    pub(super) fn count(&mut self, result: &BulkResult) {
        let counter = match &result.outcome {
            Ok(_) => &mut self.accepted,
            Err(failure) if failure.may_have_been_accepted() => &mut self.unknown,
            Err(_) => &mut self.refused,
        };
        *counter += 1;
    }
}
