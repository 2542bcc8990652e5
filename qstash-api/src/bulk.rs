//! Many messages, in batches.

mod cut;
mod outcome;
mod send;

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use futures_util::{StreamExt, stream};

use self::cut::Cut;
pub use self::outcome::{BulkFailure, BulkProgress, BulkResult};
use crate::generated::Client;
use crate::message::BatchMessage;

/// The most messages of a batch if nothing is said.
pub const DEFAULT_BATCH_MESSAGES: usize = 100;

/// The most bytes of a batch if nothing is said: the largest message of the smallest plan is 1 MB, and a batch is
/// bounded as a message is.
pub const DEFAULT_BATCH_BYTES: usize = 900_000;

/// The most bytes that a deduplication id adds to an item: its header, and the member for headers where it is the first.
const ID_BYTES: usize = r#","headers":{"Upstash-Deduplication-Id":""}"#.len() + 32;

/// The most batches that are under way at once if nothing is said.
pub const DEFAULT_IN_FLIGHT: usize = 4;

/// Messages to be published in batches; [`Client::publish_all`] begins it.
///
/// Batches are cut by the number of their messages and by their bytes, and several are under way at once. The
/// results promise:
///
/// - There is one for each message, in the order of the messages, with the message itself.
/// - A message is in one request, and that request is sent again only where the client's
///   [`RetryPolicy`](crate::RetryPolicy) may: where the first surely never arrived, or all messages in it have
///   deduplication ids.
/// - Where the service refuses a whole batch, it has accepted none of it; the batch is halved until the message that
///   was refused stands alone, and the others are accepted.
/// - Where nobody knows whether the service has accepted a message, because the answer was lost or told of fewer
///   messages than were sent, the result says so: [`BulkFailure::may_have_been_accepted`].
///
/// ```no_run
/// use qstash_api::{Client, Message};
///
/// # async fn example(client: &Client) {
/// let orders = (0..10_000).map(|n| Message::text(format!("order {n}")).to("https://example.com/orders"));
/// let mut results = client.publish_all(orders).in_flight(8).send();
/// while let Some(result) = results.next().await {
///     match result.outcome {
///         Ok(_) => {}
///         Err(failure) if failure.may_have_been_accepted() => eprintln!("{}: look, then decide", result.index),
///         Err(failure) => eprintln!("{}: {failure}", result.index),
///     }
/// }
/// println!("{:?}", results.progress());
/// # }
/// ```
#[must_use = "nothing is sent before the results are read"]
pub struct Bulk<S> {
    client: Client,
    messages: S,
    batch_messages: usize,
    batch_bytes: usize,
    in_flight: usize,
}

impl Client {
    /// Publishes many messages, in batches of which several are under way at once: see [`Bulk`].
    pub fn publish_all<I>(&self, messages: I) -> Bulk<impl Stream<Item = BatchMessage> + use<I>>
    where
        I: IntoIterator<Item = BatchMessage>,
    {
        self.publish_stream(stream::iter(messages))
    }

    /// Publishes the messages of a stream, in batches: see [`Bulk`].
    ///
    /// A batch goes out when it is full, and with what it has when the stream has nothing more at the moment and
    /// fewer batches are under way than may be.
    pub fn publish_stream<S>(&self, messages: S) -> Bulk<S>
    where
        S: Stream<Item = BatchMessage>,
    {
        Bulk {
            client: self.clone(),
            messages,
            batch_messages: DEFAULT_BATCH_MESSAGES,
            batch_bytes: DEFAULT_BATCH_BYTES,
            in_flight: DEFAULT_IN_FLIGHT,
        }
    }
}

impl<S> Bulk<S>
where
    S: Stream<Item = BatchMessage> + Send + 'static,
{
    /// Sets the most messages of a batch, at least 1. Defaults to [`DEFAULT_BATCH_MESSAGES`].
    pub fn batch_messages(mut self, count: usize) -> Self {
        self.batch_messages = count.max(1);
        self
    }

    /// Sets the most bytes of a batch as JSON. Defaults to [`DEFAULT_BATCH_BYTES`]. A message that is larger by
    /// itself is a batch of its own.
    pub fn batch_bytes(mut self, bytes: usize) -> Self {
        self.batch_bytes = bytes;
        self
    }

    /// Sets the most batches that are under way at once, at least 1. Defaults to [`DEFAULT_IN_FLIGHT`].
    ///
    /// With more than one, batches reach the service in no certain order, though their results have one.
    pub fn in_flight(mut self, batches: usize) -> Self {
        self.in_flight = batches.max(1);
        self
    }

    /// Sends the messages: returns the results as a stream, in the order of the messages.
    ///
    /// Messages are taken and sent while it is read. Dropping it takes no further messages; batches that are under
    /// way then may be accepted, without a result that says so.
    pub fn send(self) -> BulkResults {
        let client = self.client;
        let room = if client.state.retry.deduplicates() {
            ID_BYTES
        } else {
            0
        };
        let cut = Cut::new(self.messages, self.batch_messages, self.batch_bytes).with_room(room);
        let batches = cut
            .map(move |batch| send::send(client.clone(), batch))
            .buffered(self.in_flight);
        BulkResults {
            batches: Box::pin(batches),
            ready: VecDeque::new(),
            progress: BulkProgress::default(),
        }
    }
}

impl<S> fmt::Debug for Bulk<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk")
            .field("batch_messages", &self.batch_messages)
            .field("batch_bytes", &self.batch_bytes)
            .field("in_flight", &self.in_flight)
            .finish_non_exhaustive()
    }
}

/// The outcome of each message of a [`Bulk`], in order.
///
/// It is a [`Stream`]; [`next`](Self::next) reads it where no other crate for streams is at hand. Requests go on only
/// while it is read.
#[must_use = "nothing is sent before the results are read"]
pub struct BulkResults {
    batches: Pin<Box<dyn Stream<Item = Vec<BulkResult>> + Send>>,
    ready: VecDeque<BulkResult>,
    progress: BulkProgress,
}

impl BulkResults {
    /// Returns the next result, or nothing at the end.
    ///
    /// Dropping the future before it is ready loses nothing: the next call goes on where it was.
    pub async fn next(&mut self) -> Option<BulkResult> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Counts the results that were read so far.
    #[must_use]
    pub fn progress(&self) -> BulkProgress {
        self.progress
    }
}

impl Stream for BulkResults {
    type Item = BulkResult;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<BulkResult>> {
        loop {
            if let Some(result) = self.ready.pop_front() {
                self.progress.count(&result);
                return Poll::Ready(Some(result));
            }
            match ready!(self.batches.as_mut().poll_next(context)) {
                Some(batch) => self.ready.extend(batch),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl fmt::Debug for BulkResults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkResults")
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}
