//! Bodies as they leave: at once, cut short, or drop by drop.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

use super::Gate;

/// A body that follows a script.
pub(super) struct Outgoing {
    script: VecDeque<Step>,
    /// The event that is waited for before the next step.
    pause: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    exact: Option<u64>,
}

enum Step {
    Send(Bytes),
    /// Gives way once, so that hyper flushes what it has.
    Yield,
    Pause(Duration),
    /// Waits for a gate.
    Hold(Gate),
    Break,
}

impl Outgoing {
    /// Sends everything at once.
    pub(super) fn whole(body: Bytes) -> Self {
        let exact = Some(body.len() as u64);
        let script = if body.is_empty() {
            VecDeque::new()
        } else {
            VecDeque::from([Step::Send(body)])
        };
        Self {
            script,
            pause: None,
            exact,
        }
    }

    /// Sends the first bytes, then breaks the connection.
    pub(super) fn cut(body: &Bytes, keep: usize) -> Self {
        let kept = body.slice(..keep.min(body.len()));
        let script = VecDeque::from([Step::Send(kept), Step::Yield, Step::Break]);
        Self {
            script,
            pause: None,
            exact: None,
        }
    }

    /// Sends the first bytes, and the rest when the gate is opened.
    pub(super) fn held(body: &Bytes, keep: usize, gate: Gate) -> Self {
        let mut kept = body.clone();
        let rest = kept.split_off(keep.min(body.len()));
        let script = if body.is_empty() {
            VecDeque::new()
        } else {
            VecDeque::from([Step::Send(kept), Step::Hold(gate), Step::Send(rest)])
        };
        Self {
            script,
            pause: None,
            exact: None,
        }
    }

    /// Sends a few bytes at a time.
    pub(super) fn drip(body: &Bytes, bytes: usize, pause: Duration) -> Self {
        let script = body
            .chunks(bytes.max(1))
            .flat_map(|drop| [Step::Send(Bytes::copy_from_slice(drop)), Step::Pause(pause)])
            .collect();
        Self {
            script,
            pause: None,
            exact: None,
        }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        loop {
            if let Some(pause) = self.pause.as_mut() {
                if pause.as_mut().poll(cx).is_pending() {
                    return Poll::Pending;
                }
                self.pause = None;
            }
            match self.script.pop_front() {
                None => return Poll::Ready(None),
                Some(Step::Send(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Some(Step::Yield) => {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Some(Step::Pause(pause)) => self.pause = Some(Box::pin(tokio::time::sleep(pause))),
                Some(Step::Hold(gate)) => {
                    self.pause = Some(Box::pin(async move { gate.wait().await }));
                }
                Some(Step::Break) => {
                    let cut = io::Error::new(io::ErrorKind::ConnectionAborted, "cut on purpose");
                    return Poll::Ready(Some(Err(cut)));
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.script.is_empty() && self.pause.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        self.exact.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
