//! Collections that come in pages, and bulk operations that take several rounds.

mod cancel;
mod follow;
mod requests;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::{StreamExt, TryStreamExt, stream};

use self::follow::{Entries, Request, follow};
use crate::generated::builder;
use crate::types::{
    CancelMessagesResponse, DeleteDlqMessagesResponse, DlqMessage, DlqPage, LogEntry, LogPage,
    RetryDlqMessagesResponse,
};

/// The error of a stream of pages.
type Error = crate::Error;

/// Entries, pages or rounds, one after the other, each fetched when it is asked for.
///
/// It is a [`Stream`]; [`next`](Self::next) reads it where no other crate for streams is at hand. It ends after
/// the first error. Nothing is sent before it is read, and dropping it ends it.
///
/// A cursor of the service is followed until there is none. A service that answers with a cursor for a second
/// time, or that goes on for long without giving or doing anything, ends the stream with an error, so that no
/// loop over it is endless.
#[must_use = "nothing is sent before the stream is read"]
pub struct Paged<T> {
    stream: Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>,
}

impl<T> Paged<T> {
    fn new(stream: impl Stream<Item = Result<T, Error>> + Send + 'static) -> Self {
        Self {
            stream: Box::pin(stream),
        }
    }

    /// Sets the next one, or nothing at the end.
    ///
    /// Dropping the future before it is ready loses nothing: the next call goes on with the same request.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.stream.as_mut().poll_next(context)).await
    }
}

impl<T> Stream for Paged<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.stream.as_mut().poll_next(context)
    }
}

impl<T> fmt::Debug for Paged<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Paged")
    }
}

/// The entries of all pages.
fn entries<R>(request: R) -> Paged<<R::Page as Entries>::Entry>
where
    R: Request + 'static,
    R::Page: Entries,
{
    Paged::new(
        follow(request)
            .map_ok(|page| stream::iter(page.entries()).map(Ok))
            .try_flatten(),
    )
}

impl builder::ListLogs {
    /// Returns all entries that the filters select, over all pages, beginning at the cursor if one was set.
    /// An entry that cannot be read is in `extra` of its [page](Self::pages) alone.
    ///
    /// ```no_run
    /// use qstash_api::Client;
    ///
    /// # async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut entries = client.list_logs().queue_name("invoices").stream();
    /// while let Some(entry) = entries.next().await {
    ///     println!("{:?}", entry?.state);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn stream(self) -> Paged<LogEntry> {
        entries(self)
    }

    /// Returns the pages themselves, with the cursors from which one can go on another time.
    ///
    /// ```no_run
    /// use qstash_api::{Client, Error};
    ///
    /// # async fn example(client: &Client, stored: &str) -> Result<(), Error> {
    /// let mut pages = client.list_logs().cursor(stored).count(100).pages();
    /// while let Some(page) = pages.next().await {
    ///     let page = page?;
    ///     println!("{} entries, then from {:?}", page.logs.len(), page.cursor);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn pages(self) -> Paged<LogPage> {
        Paged::new(follow(self))
    }
}

impl builder::ListDlqMessages {
    /// Returns all messages that the filters select, over all pages, beginning at the cursor if one was set.
    /// A message that cannot be read is in `extra` of its [page](Self::pages) alone.
    ///
    /// ```no_run
    /// use qstash_api::{Client, Error};
    ///
    /// # async fn example(client: &Client) -> Result<(), Error> {
    /// let mut messages = client.list_dlq_messages().label(["invoices"]).stream();
    /// while let Some(message) = messages.next().await {
    ///     println!("{}", message?.dlq_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn stream(self) -> Paged<DlqMessage> {
        entries(self)
    }

    /// Returns the pages themselves, with the cursors from which one can go on another time.
    #[inline]
    pub fn pages(self) -> Paged<DlqPage> {
        Paged::new(follow(self))
    }
}

impl builder::DeleteDlqMessages {
    /// Deletes in rounds until nothing is left of what the filters select. Each item is what one round did.
    ///
    /// As for a single request, a filter or [`all`](Self::all) is needed.
    ///
    /// ```no_run
    /// use qstash_api::Client;
    ///
    /// # async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut rounds = client.delete_dlq_messages().label(["old"]).rounds();
    /// while let Some(round) = rounds.next().await {
    ///     println!("{} deleted", round?.deleted.unwrap_or(0));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn rounds(self) -> Paged<DeleteDlqMessagesResponse> {
        Paged::new(follow(self))
    }
}

impl builder::RetryDlqMessages {
    /// Retries in rounds until nothing is left of what the filters select. Each item is what one round did.
    ///
    /// As for a single request, a filter or [`all`](Self::all) is needed.
    #[inline]
    pub fn rounds(self) -> Paged<RetryDlqMessagesResponse> {
        Paged::new(follow(self))
    }
}

impl builder::CancelMessages {
    /// Cancels in rounds until a round finds nothing to cancel. Each item is what one round did.
    ///
    /// As for a single request, a filter or [`all`](Self::all) is needed. The rounds go on for as long as new
    /// messages arrive faster than they are cancelled.
    #[inline]
    pub fn rounds(self) -> Paged<CancelMessagesResponse> {
        Paged::new(cancel::rounds(self))
    }
}
