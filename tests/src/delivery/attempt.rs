//! One attempt to deliver a message.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};

use super::signature::sign;
use crate::clock::{Clock, Millis};
use crate::options::HeaderList;
use crate::state::{Message, Response, State};

/// How long an attempt may take if the message does not say, in seconds.
const DEFAULT_TIMEOUT: u64 = 900;

/// Everything that one attempt needs, so that it needs no lock.
pub(crate) struct Attempt {
    pub(crate) number: u64,
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Bytes,
    deadline: Millis,
}

impl Attempt {
    /// Prepares an attempt, signed with the key of this moment.
    pub(super) fn new(state: &mut State, number: u64, now: Millis, region: &str) -> Option<Self> {
        let token_id = state.ids.signature();
        let key = state.signing_keys.current.clone();
        let message = state.start(number, now)?;
        let draft = &message.draft;
        let mut headers: Vec<(String, String)> = draft
            .options
            .forward
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let signature = sign(&key, &draft.url, &draft.body, now / 1000, &token_id);
        headers.extend(own_headers(message, region));
        headers.push(("Upstash-Signature".to_owned(), signature));
        let timeout = draft.options.timeout.unwrap_or(DEFAULT_TIMEOUT);
        Some(Self {
            number,
            method: message.method().to_owned(),
            url: draft.url.clone(),
            headers,
            body: draft.body.clone(),
            deadline: now.saturating_add(timeout.saturating_mul(1000)),
        })
    }
}

fn own_headers(message: &Message, region: &str) -> Vec<(String, String)> {
    let draft = &message.draft;
    let group = draft.origin.as_ref().map(|origin| origin.group.clone());
    let fixed = [
        ("User-Agent", Some("Upstash-QStash".to_owned())),
        ("Upstash-Message-Id", Some(message.id.clone())),
        ("Upstash-Retried", Some(message.retried.to_string())),
        ("Upstash-Caller-Ip", Some(draft.caller_ip.clone())),
        ("Upstash-Region", Some(region.to_ascii_uppercase())),
        ("Upstash-Schedule-Id", draft.schedule.clone()),
        ("Upstash-Topic-Name", group),
    ];
    fixed
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}

/// Sends attempts, to loopback addresses alone.
pub(crate) struct Sender {
    client: reqwest::Client,
    stand_ins: Vec<(String, String)>,
}

impl Sender {
    pub(crate) fn new(stand_ins: Vec<(String, String)>) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .build()?;
        Ok(Self { client, stand_ins })
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
        let method =
            Method::from_bytes(attempt.method.as_bytes()).map_err(|error| error.to_string())?;
        let request = self
            .client
            .request(method, url)
            .headers(header_map(&attempt.headers)?)
            .body(attempt.body);
        let response = request.send().await.map_err(|error| chain(&error))?;
        let status = response.status().as_u16();
        let headers = response.headers().iter().map(|(name, value)| {
            (
                name.to_string(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        });
        let headers: HeaderList = headers.collect();
        let body = response.bytes().await.map_err(|error| chain(&error))?;
        Ok(Response {
            status,
            headers,
            body,
            error: None,
        })
    }

    /// Finds where a URL really leads: to what stands in for its origin, or to itself if it is loopback.
    fn resolve(&self, url: &str) -> Result<Url, String> {
        let stand_in = self.stand_ins.iter().find_map(|(origin, place)| {
            let rest = url.strip_prefix(origin.as_str())?;
            let ends = rest.is_empty() || rest.starts_with(['/', '?', '#']);
            ends.then(|| format!("{place}{rest}"))
        });
        let url =
            Url::parse(stand_in.as_deref().unwrap_or(url)).map_err(|error| error.to_string())?;
        let host = url.host_str().unwrap_or_default();
        let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
        if host == "localhost" || address.is_ok_and(|address| address.is_loopback()) {
            return Ok(url);
        }
        Err(format!(
            "{host} is not a loopback address, and nothing stands in for it"
        ))
    }
}

fn header_map(headers: &[(String, String)]) -> Result<HeaderMap, String> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| error.to_string())?;
        let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|error| error.to_string())?;
        map.append(name, value);
    }
    Ok(map)
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
