//! The one gate that every request goes through: credentials, retries and traces.

mod answer;
mod attempt;
mod dress;
mod spare;

use progenitor_client::{ClientHooks, Error as Generated, OperationInfo};
use reqwest::{Request, Response};

use crate::client::State;
use crate::generated::Client;

impl ClientHooks<State> for Client {
    /// Gives the request its credentials and headers.
    async fn pre<E>(
        &self,
        request: &mut Request,
        info: &OperationInfo,
    ) -> Result<(), Generated<E>> {
        dress::dress(&self.inner, request, info.operation_id).map_err(Generated::InvalidRequest)
    }

    /// Sends the request, and again where that is safe and helps.
    fn exec(
        &self,
        request: Request,
        info: &OperationInfo,
    ) -> impl Future<Output = reqwest::Result<Response>> {
        attempt::send(self, request, info.operation_id)
    }

    /// Refuses what came by a redirect.
    async fn post<E>(
        &self,
        result: &reqwest::Result<Response>,
        _: &OperationInfo,
    ) -> Result<(), Generated<E>> {
        match result {
            Ok(response) if answer::was_redirected(response) => Err(Generated::Custom(
                "the HTTP client followed a redirect, so the answer is of somebody else; build it with \
                 `reqwest::redirect::Policy::none()`, or give its builder with `http_client_builder(…)`"
                    .to_owned(),
            )),
            _ => Ok(()),
        }
    }
}
