//! Sending a request, for all operations alike.

use reqwest::Request;

use super::super::Client;
use super::{Error, Operation, Received, Response};

/// Sends a request by way of the client's state, and has `read` make something of the answer.
pub(crate) async fn exchange<T, E>(
    client: Client,
    operation: &'static Operation,
    request: Result<Request, String>,
    read: fn(Received) -> Result<Response<T>, Error<E>>,
) -> Result<Response<T>, Error<E>> {
    // The request lives in a block of its own, so that the future of sending it takes its place.
    let received = {
        let request = request.map_err(Error::InvalidRequest)?;
        client.state.execute(request, operation)
    }
    .await?;
    read(received.whole().await)
}

/// The same for an operation that leaves the body of some answers to the caller, by their status.
pub(crate) async fn exchange_streamed<T, E>(
    client: Client,
    operation: &'static Operation,
    request: Result<Request, String>,
    streamed: fn(u16) -> bool,
    read: fn(Received) -> Result<Response<T>, Error<E>>,
) -> Result<Response<T>, Error<E>> {
    let received = {
        let request = request.map_err(Error::InvalidRequest)?;
        client.state.execute(request, operation)
    }
    .await?;
    if streamed(received.status()) {
        read(received)
    } else {
        read(received.whole().await)
    }
}
