//! Sending a request, for all operations alike.

use progenitor_client::{ClientHooks, Error, OperationInfo, ResponseValue};
use reqwest::Request;

use super::super::Client;
use super::response::Answer;

/// Sends a request through the hooks of the client, and has `read` make something of the answer.
pub(crate) async fn exchange<T, E>(
    client: &Client,
    operation_id: &'static str,
    request: Result<Request, Error<E>>,
    read: fn(Answer) -> Result<ResponseValue<T>, Error<E>>,
) -> Result<ResponseValue<T>, Error<E>> {
    let info = OperationInfo { operation_id };
    // The request lives in a block of its own, so that the future of sending it takes its place.
    let result = {
        let mut request = request?;
        client.pre(&mut request, &info).await?;
        client.exec(request, &info)
    }
    .await;
    client.post(&result, &info).await?;
    let response = result.map_err(reqwest::Error::without_url)?;
    read(Answer::of(response).await)
}
