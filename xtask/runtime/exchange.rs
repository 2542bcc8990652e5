//! Sending a request, for all operations alike.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use reqwest::Request;

use super::super::{Client, OperationError};
use super::{Error, Operation, Received, Response};

/// The future of the answer to a request.
///
/// It owns all that it needs, so that it can be spawned, stored and sent to another thread.
#[must_use = "nothing is sent before it is awaited"]
pub struct ResponseFuture<T, E = OperationError>(Exchange<T, E>);

type Exchange<T, E> = Pin<Box<dyn Future<Output = Result<Response<T>, E>> + Send>>;

impl<T, E> Future for ResponseFuture<T, E> {
    type Output = Result<Response<T>, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T, E> fmt::Debug for ResponseFuture<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}

/// An error that operations end with.
pub(crate) trait FromError<D>: Sized {
    /// Makes it of the error of this operation. An attempt before the last one may have done what was asked for.
    fn from_error(error: Error<D>, operation: &'static Operation, done_before: bool) -> Self;
}

impl<D> FromError<D> for Error<D> {
    fn from_error(error: Self, _: &'static Operation, _: bool) -> Self {
        error
    }
}

/// Sends a request by way of the client's state, and has `read` make something of the answer.
pub(crate) fn exchange<T: 'static, D: 'static, E: FromError<D> + 'static>(
    client: Client,
    operation: &'static Operation,
    request: Result<Request, String>,
    read: fn(Received) -> Result<Response<T>, Error<D>>,
) -> ResponseFuture<T, E> {
    exchange_streamed(client, operation, request, |_| false, read)
}

/// The same for an operation that leaves the body of some answers to the caller, by their status.
pub(crate) fn exchange_streamed<T: 'static, D: 'static, E: FromError<D> + 'static>(
    client: Client,
    operation: &'static Operation,
    request: Result<Request, String>,
    streamed: fn(u16) -> bool,
    read: fn(Received) -> Result<Response<T>, Error<D>>,
) -> ResponseFuture<T, E> {
    // All that does not depend on the types of the operation is in the future of `receive`, which is compiled once.
    let receiving = receive(client, operation, request, streamed);
    ResponseFuture(Box::pin(async move {
        let (answer, done_before) = match receiving.await {
            Ok(received) => {
                let done_before = received.done_before;
                (read(received), done_before)
            }
            Err(error) => (Err(error.described()), false),
        };
        answer.map_err(|error| E::from_error(error, operation, done_before))
    }))
}

async fn receive(
    client: Client,
    operation: &'static Operation,
    request: Result<Request, String>,
    streamed: fn(u16) -> bool,
) -> Result<Received, Error> {
    // The request lives in a block of its own, so that the future of sending it takes its place.
    let received = {
        let request = request.map_err(Error::InvalidRequest)?;
        client.state.execute(request, operation)
    }
    .await?;
    if streamed(received.status()) {
        Ok(received)
    } else {
        Ok(received.whole().await)
    }
}
