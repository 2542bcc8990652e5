//! Sending without an executor.

use std::future::IntoFuture;
use std::io;
use std::sync::{Mutex, PoisonError};

use tokio::runtime::{Builder, Handle, Runtime};

use crate::bulk::{BulkResult, BulkResults};
use crate::error::Error;
use crate::paging::Paged;

/// Sends requests in programs that have no asynchronous runtime.
///
/// Every builder of an operation has it, [`RawRequest`](crate::RawRequest) included:
///
/// ```no_run
/// use qstash_api::{Client, Error, Message, SendBlocking};
///
/// fn main() -> Result<(), Error> {
///     let client = Client::from_env()?;
///     let published = client
///         .publish_message()
///         .destination("https://example.com/hook")
///         .message(Message::text("hello"))
///         .send_blocking()?;
///     println!("{:?}", published.message_id());
///     Ok(())
/// }
/// ```
///
/// The connections of all clients are then kept by one thread of this crate, which starts with the first call.
pub trait SendBlocking: IntoFuture<Output = Result<Self::Answer, Error>> + Sized {
    /// The answer.
    type Answer;

    /// Sends the request, and waits for the answer.
    ///
    /// # Errors
    ///
    /// Those of `send`. In a thread of a tokio runtime, where waiting could keep tasks from running, nothing is sent,
    /// and the error says to use `send().await`.
    fn send_blocking(self) -> Result<Self::Answer, Error> {
        block_on(self.into_future())?
    }
}

impl<R, T> SendBlocking for R
where
    R: IntoFuture<Output = Result<T, Error>>,
{
    type Answer = T;
}

impl<T> Paged<T> {
    /// Returns an iterator over the same, for programs that have no asynchronous runtime.
    ///
    /// As with [`SendBlocking`], an item is an error in a thread of a tokio runtime.
    pub fn into_blocking(mut self) -> impl Iterator<Item = Result<T, Error>> {
        std::iter::from_fn(move || block_on(self.next()).unwrap_or_else(|error| Some(Err(error))))
    }
}

impl BulkResults {
    /// Returns an iterator over the same, for programs that have no asynchronous runtime.
    ///
    /// # Errors
    ///
    /// As with [`SendBlocking`], an item is an error in a thread of a tokio runtime; nothing is sent then.
    pub fn into_blocking(mut self) -> impl Iterator<Item = Result<BulkResult, Error>> {
        std::iter::from_fn(move || block_on(self.next()).transpose())
    }
}

/// The runtime of all calls. It stays, because connections live in it that later calls use again.
static RUNTIME: Mutex<Option<Runtime>> = Mutex::new(None);

fn block_on<F: Future>(future: F) -> Result<F::Output, Error> {
    if Handle::try_current().is_ok() {
        return Err(Error::configuration(
            "a call that blocks was made in a thread of an asynchronous runtime, where it could keep tasks from \
             running; use `send().await` there, or make the call in a thread of its own",
        ));
    }
    let handle = runtime().map_err(|error| {
        Error::configuration("the runtime for calls that block cannot be started")
            .with_source(error)
    })?;
    Ok(handle.block_on(future))
}

fn runtime() -> io::Result<Handle> {
    let mut runtime = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(runtime) = runtime.as_ref() {
        return Ok(runtime.handle().clone());
    }
    let started = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("qstash-api")
        .enable_all()
        .build()?;
    Ok(runtime.insert(started).handle().clone())
}
