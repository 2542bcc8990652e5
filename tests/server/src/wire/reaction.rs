//! Reactions on the connection once a request is understood.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::Answer;

/// A reaction on the connection instead of, or besides, answering.
#[derive(Clone, Debug)]
pub enum Reaction {
    /// The answer, complete.
    Answer(Answer),
    /// The connection is reset; no byte of an answer is sent.
    Reset,
    /// The head and the first bytes of the body are sent, then the connection is closed.
    Truncate {
        /// The answer that is cut.
        answer: Answer,
        /// The number of bytes of its body that are sent.
        keep: usize,
    },
    /// Nothing happens until the gate is opened; then the answer is sent.
    Stall {
        /// The answer that is sent in the end.
        answer: Answer,
        /// The gate that holds it back.
        gate: Gate,
    },
    /// The head and the first bytes of the body are sent; the rest follows when the gate is opened.
    Hold {
        /// The answer that is sent in the end.
        answer: Answer,
        /// The number of bytes of its body that are sent before.
        keep: usize,
        /// The gate that holds the rest back.
        gate: Gate,
    },
    /// The body is sent a few bytes at a time.
    Drip {
        /// The answer that is sent.
        answer: Answer,
        /// The number of bytes that are sent at a time.
        bytes: usize,
        /// The time that the server waits between them, in real time.
        pause: Duration,
    },
}

impl From<Answer> for Reaction {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

/// A gate that holds answers back until it is opened; clones share one gate.
#[derive(Clone, Debug)]
pub struct Gate {
    state: Arc<watch::Sender<State>>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    is_open: bool,
    /// The number of answers that have come to it.
    reached: usize,
}

impl Gate {
    /// Returns a closed gate.
    pub fn closed() -> Self {
        let state = State {
            is_open: false,
            reached: 0,
        };
        Self {
            state: Arc::new(watch::Sender::new(state)),
        }
    }

    /// Opens the gate, for what waits and for what comes later.
    pub fn open(&self) {
        self.state.send_modify(|state| state.is_open = true);
    }

    /// Waits until the gate is open.
    pub async fn wait(&self) {
        self.state.send_modify(|state| state.reached += 1);
        self.until(|state| state.is_open).await;
    }

    /// Waits until so many answers have come to the gate, those included that have gone again.
    pub async fn reached(&self, count: usize) {
        self.until(|state| state.reached >= count).await;
    }

    /// Counts the answers that have come to the gate.
    pub fn count(&self) -> usize {
        self.state.borrow().reached
    }

    async fn until(&self, is_so: impl Fn(&State) -> bool) {
        let mut state = self.state.subscribe();
        // The sender lives as long as `self`, so this waits for the value alone.
        let _ = state.wait_for(is_so).await;
    }
}
