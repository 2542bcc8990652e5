//! Cutting a stream of messages into batches.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::invalid::InvalidMessage;
use crate::message::BatchMessage;
use crate::types::BatchItem;

/// A message, and what of it is sent.
pub(super) struct Entry {
    pub(super) index: usize,
    pub(super) message: BatchMessage,
    pub(super) item: Result<BatchItem, InvalidMessage>,
}

/// Batches of what a stream gives.
pub(super) struct Cut<S> {
    messages: Option<Pin<Box<S>>>,
    most_messages: usize,
    most_bytes: usize,
    /// The most that the client adds to an item.
    added_bytes: usize,
    next_index: usize,
    batch: Vec<Entry>,
    /// Of the batch, as JSON.
    bytes: usize,
}

/// The brackets of a batch, less the comma that the last item has none behind it.
const EMPTY: usize = 1;

impl<S: Stream<Item = BatchMessage>> Cut<S> {
    pub(super) fn new(messages: S, most_messages: usize, most_bytes: usize) -> Self {
        Self {
            messages: Some(Box::pin(messages)),
            most_messages,
            most_bytes,
            added_bytes: 0,
            next_index: 0,
            batch: Vec::new(),
            bytes: EMPTY,
        }
    }

    /// Leaves room for as many bytes in each item.
    pub(super) fn with_room(mut self, bytes: usize) -> Self {
        self.added_bytes = bytes;
        self
    }

    /// Takes a message in, and gives the batch before it where it does not fit into that any more.
    fn take(&mut self, message: BatchMessage) -> Option<Vec<Entry>> {
        let item = message.clone().into_item();
        let bytes = item
            .as_ref()
            .map_or(0, |item| length(item) + self.added_bytes);
        let is_full = !self.batch.is_empty() && self.bytes + bytes > self.most_bytes;
        let full = is_full.then(|| self.give());
        self.bytes += bytes;
        self.batch.push(Entry {
            index: self.next_index,
            message,
            item,
        });
        self.next_index += 1;
        full
    }

    fn give(&mut self) -> Vec<Entry> {
        self.bytes = EMPTY;
        std::mem::take(&mut self.batch)
    }
}

impl<S: Stream<Item = BatchMessage>> Stream for Cut<S> {
    type Item = Vec<Entry>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Vec<Entry>>> {
        while let Some(messages) = &mut self.messages {
            match messages.as_mut().poll_next(context) {
                Poll::Ready(Some(message)) => {
                    if let Some(full) = self.take(message) {
                        return Poll::Ready(Some(full));
                    }
                    if self.batch.len() >= self.most_messages {
                        return Poll::Ready(Some(self.give()));
                    }
                }
                Poll::Ready(None) => self.messages = None,
                Poll::Pending if self.batch.is_empty() => return Poll::Pending,
                Poll::Pending => break,
            }
        }
        Poll::Ready((!self.batch.is_empty()).then(|| self.give()))
    }
}

/// Returns the length of an item as JSON, with the comma behind it.
fn length(item: &BatchItem) -> usize {
    struct Count(usize);
    impl io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(1);
    match serde_json::to_writer(&mut count, item) {
        Ok(()) => count.0,
        // The request says what is wrong.
        Err(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use futures_util::{StreamExt, stream};

    use super::*;
    use crate::Message;

    fn message(length: usize) -> BatchMessage {
        Message::text("x".repeat(length)).to("group")
    }

    /// The positions of the messages in each batch.
    async fn cut(lengths: &[usize], most_messages: usize, most_bytes: usize) -> Vec<Vec<usize>> {
        let messages: Vec<_> = lengths.iter().map(|length| message(*length)).collect();
        let cut = Cut::new(stream::iter(messages), most_messages, most_bytes);
        cut.map(|batch| batch.iter().map(|entry| entry.index).collect())
            .collect()
            .await
    }

    #[tokio::test]
    async fn batches_are_cut_by_messages_and_by_bytes() {
        let item = message(0).into_item().unwrap();
        let two = serde_json::to_vec(&[&item, &item]).unwrap().len();
        for (lengths, most_messages, most_bytes, expected) in [
            (&[][..], 2, 1000, vec![]),
            (&[0, 0, 0], 2, 10_000, vec![vec![0, 1], vec![2]]),
            (&[0, 0, 0, 0], 2, 10_000, vec![vec![0, 1], vec![2, 3]]),
            (&[0, 0, 0], 9, two, vec![vec![0, 1], vec![2]]),
            (&[0, 0], 9, two - 1, vec![vec![0], vec![1]]),
            (&[0, 0, 1], 9, two, vec![vec![0, 1], vec![2]]),
            (
                &[500, 0, 0, 500],
                9,
                two,
                vec![vec![0], vec![1, 2], vec![3]],
            ),
            (&[0, 0], 9, 0, vec![vec![0], vec![1]]),
        ] {
            let batches = cut(lengths, most_messages, most_bytes).await;
            assert_eq!(
                batches, expected,
                "{lengths:?} {most_messages} {most_bytes}"
            );
        }
    }

    #[tokio::test]
    async fn a_stream_that_has_nothing_at_the_moment_makes_nobody_wait() {
        let mut polls = 0;
        let messages = stream::poll_fn(move |context| {
            polls += 1;
            match polls {
                3 => {
                    context.waker().wake_by_ref();
                    Poll::Pending
                }
                1..=5 => Poll::Ready(Some(message(0))),
                _ => Poll::Ready(None),
            }
        });
        let cut = Cut::new(messages, 9, 10_000);
        let sizes: Vec<usize> = cut.map(|batch| batch.len()).collect().await;
        assert_eq!(sizes, [2, 2]);
    }
}
