//! The edge of the server: sockets, HTTP/1.1, requests as they arrive and answers as they leave.

mod answer;
mod connection;
mod fault;
mod listener;
mod outgoing;
mod reaction;
mod tap;

pub use answer::Answer;
pub use fault::Fault;
pub use reaction::{Gate, Reaction};

pub(crate) use listener::Listener;

use crate::record::RecordedRequest;

/// A service that answers the requests of a listener.
pub(crate) trait Service: Send + Sync + 'static {
    /// Returns the present moment in milliseconds since the Unix epoch.
    fn now(&self) -> u64;

    /// Returns what is to go wrong with a request of which only the head was read.
    fn fault(&self, head: &RecordedRequest) -> Option<Fault>;

    /// Keeps a request.
    fn record(&self, request: RecordedRequest);

    /// Lets a request take effect and says how to answer it.
    fn respond(&self, request: &RecordedRequest) -> Reaction;
}
