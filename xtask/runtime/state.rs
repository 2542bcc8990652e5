//! A client without credentials, retries and the like of its own.

use reqwest::Request;

use super::{Operation, Received};

/// A base URL and an HTTP client.
#[derive(Debug)]
pub struct State {
    base_url: String,
    http: reqwest::Client,
}

impl State {
    pub(crate) fn new(base_url: &str, http: reqwest::Client) -> Self {
        Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            http,
        }
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Sends a request.
    pub(crate) async fn execute(
        &self,
        request: Request,
        _: &'static Operation,
    ) -> Result<Received, reqwest::Error> {
        self.http.execute(request).await.map(Received::unread)
    }
}
