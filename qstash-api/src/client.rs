//! The client's state and hooks. Provisional: another part of the work has the real one.

use http::Method;
use http::header::{CONTENT_LENGTH, HeaderValue};
use progenitor_client::{ClientHooks, Error, OperationInfo};

use crate::generated::Client;

/// The state that a client carries.
#[derive(Clone, Debug)]
pub struct State {}

impl ClientHooks<State> for Client {
    async fn pre<E>(
        &self,
        request: &mut reqwest::Request,
        _: &OperationInfo,
    ) -> Result<(), Error<E>> {
        // hyper names the length of a body only where there is one, and some proxies answer a POST without a
        // length with 411.
        let is_empty = request
            .body()
            .is_none_or(|body| body.as_bytes().is_some_and(<[u8]>::is_empty));
        if request.method() == Method::POST && is_empty {
            let headers = request.headers_mut();
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(())
    }
}

#[doc(hidden)]
impl Client {
    pub fn provisional(base_url: &str) -> Self {
        Self::new_with_client(base_url, reqwest::Client::new(), State {})
    }
}
