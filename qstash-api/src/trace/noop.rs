//! Stand-ins without the feature `tracing`.

use std::time::Duration;

use http::StatusCode;
use reqwest::Request;

pub(crate) struct Attempt;

impl Attempt {
    pub(crate) fn begin(_: &'static str, _: &Request, _: u32) -> Self {
        Self
    }

    pub(crate) fn within<F: Future>(&self, future: F) -> F {
        future
    }

    pub(crate) fn end(&self, _: Result<StatusCode, &reqwest::Error>) {}
}

pub(crate) fn pausing(_: &'static str, _: u32, _: Duration) {}
