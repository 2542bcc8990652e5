//! Bodies as they leave: at once, cut short, or drop by drop.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::Sleep;

/// A body that follows a script.
pub(super) struct Outgoing {
    script: VecDeque<Step>,
    sleep: Option<Pin<Box<Sleep>>>,
    exact: Option<u64>,
}

enum Step {
    Send(Bytes),
    /// Gives way once, so that hyper flushes what it has.
    Yield,
    Pause(Duration),
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
            sleep: None,
            exact,
        }
    }

    /// Sends the first bytes, then breaks the connection.
    pub(super) fn cut(body: &Bytes, keep: usize) -> Self {
        let kept = body.slice(..keep.min(body.len()));
        let script = VecDeque::from([Step::Send(kept), Step::Yield, Step::Break]);
        Self {
            script,
            sleep: None,
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
            sleep: None,
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
            if let Some(sleep) = self.sleep.as_mut() {
                if sleep.as_mut().poll(cx).is_pending() {
                    return Poll::Pending;
                }
                self.sleep = None;
            }
            match self.script.pop_front() {
                None => return Poll::Ready(None),
                Some(Step::Send(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Some(Step::Yield) => {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Some(Step::Pause(pause)) => self.sleep = Some(Box::pin(tokio::time::sleep(pause))),
                Some(Step::Break) => {
                    let cut = io::Error::new(io::ErrorKind::ConnectionAborted, "cut on purpose");
                    return Poll::Ready(Some(Err(cut)));
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.script.is_empty() && self.sleep.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        self.exact.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
