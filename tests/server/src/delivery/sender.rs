//! Sends attempts, to loopback addresses alone.

use std::net::IpAddr;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::http::uri::InvalidUri;
use hyper::{Request, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use super::Attempt;
use crate::clock::Clock;
use crate::options::HeaderList;
use crate::state::Response;

/// No more of an answer is read.
const ANSWER_LIMIT: usize = 32 << 20;

/// The client side of deliveries. It follows no redirect, knows no proxy and rewrites no URL.
pub(crate) struct Sender {
    client: Client<HttpConnector, Full<Bytes>>,
    stand_ins: Vec<(String, String)>,
}

impl Sender {
    pub(crate) fn new(stand_ins: Vec<(String, String)>) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Self { client, stand_ins }
    }

    /// Makes an attempt. Without an answer, the status is 0 and the error says why.
    pub(crate) async fn send(&self, attempt: Attempt, clock: &Clock) -> Response {
        let deadline = attempt.deadline;
        let outcome = tokio::select! {
            outcome = self.exchange(attempt) => outcome,
            () = clock.sleep_until(deadline) => Err("the destination did not answer in time".to_owned()),
        };
        outcome.unwrap_or_else(|error| Response {
            error: Some(error),
            ..Response::default()
        })
    }

    async fn exchange(&self, attempt: Attempt) -> Result<Response, String> {
        let url = self.resolve(&attempt.url)?;
        let mut request = Request::builder().method(attempt.method.as_str()).uri(url);
        for (name, value) in &attempt.headers {
            request = request.header(name, value);
        }
        let request = request
            .body(Full::new(attempt.body))
            .map_err(|error| chain(&error))?;
        let response = self
            .client
            .request(request)
            .await
            .map_err(|error| chain(&error))?;
        read(response).await
    }

    /// Finds where a URL really leads: to what stands in for its origin, or to itself if it is loopback.
    fn resolve(&self, url: &str) -> Result<Uri, String> {
        let stand_in = self.stand_ins.iter().find_map(|(origin, place)| {
            let rest = url.strip_prefix(origin.as_str())?;
            let ends = rest.is_empty() || rest.starts_with(['/', '?', '#']);
            ends.then(|| format!("{place}{rest}"))
        });
        let uri = uri(stand_in.as_deref().unwrap_or(url))?;
        let host = uri.host().unwrap_or_default();
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        if host.eq_ignore_ascii_case("localhost")
            || address.is_ok_and(|address| address.is_loopback())
        {
            return Ok(uri);
        }
        Err(format!(
            "{host} is not a loopback address, and nothing stands in for it"
        ))
    }
}

/// Reads a URL as it stands, or percent-encoded where it holds what cannot stand on a request line.
fn uri(url: &str) -> Result<Uri, String> {
    if let Ok(uri) = url.parse() {
        return Ok(uri);
    }
    let encoded = url::Url::parse(url).map_err(|error| chain(&error))?;
    encoded
        .as_str()
        .parse()
        .map_err(|error| chain(&error as &InvalidUri))
}

async fn read(response: hyper::Response<Incoming>) -> Result<Response, String> {
    let status = response.status().as_u16();
    let headers = response.headers().iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.to_string(), value)
    });
    let headers: HeaderList = headers.collect();
    let body = Limited::new(response.into_body(), ANSWER_LIMIT)
        .collect()
        .await
        .map_err(|error| chain(error.as_ref()))?;
    Ok(Response {
        status,
        headers,
        body: body.to_bytes(),
        error: None,
    })
}

/// Writes an error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
