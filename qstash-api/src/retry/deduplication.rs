//! Deduplication ids, which make it safe to send a message again.

use std::fmt::Write as _;

use http::HeaderValue;
use http::header::HeaderName;
use reqwest::{Body, Request};

use crate::generated::types::BatchItem;

/// Operations that deliver messages, and know no limit that passes within seconds.
pub(super) const DELIVERIES: [&str; 3] = ["publish_message", "enqueue_message", "batch_messages"];

const ID: HeaderName = HeaderName::from_static("upstash-deduplication-id");
const BY_CONTENT: HeaderName = HeaderName::from_static("upstash-content-based-deduplication");
const BATCH: &str = "batch_messages";
const SCHEDULE: &str = "create_schedule";
const SCHEDULE_ID: HeaderName = HeaderName::from_static("upstash-schedule-id");

/// Returns whether everything that the request makes is something that the service recognises when it comes again.
#[inline]
pub(super) fn has_ids(operation: &str, request: &Request) -> bool {
    match operation {
        // A schedule with the id of another one replaces it.
        SCHEDULE => value(request, &SCHEDULE_ID).is_some_and(|id| !id.is_empty()),
        BATCH => items(request)
            .is_some_and(|items| items.iter().all(|item| is_recognised(&item_headers(item)))),
        _ => DELIVERIES.contains(&operation) && is_recognised(&request_headers(request)),
    }
}

/// Gives a random id to every message in the request that has none.
///
/// A body that is a stream, or no batch, stays as it is: such a request is not sent again anyway.
#[inline]
pub(crate) fn add_ids(operation: &str, request: &mut Request) -> Result<(), String> {
    if !DELIVERIES.contains(&operation)
        || request.body().is_some_and(|body| body.as_bytes().is_none())
    {
        return Ok(());
    }
    if operation != BATCH {
        if !is_recognised(&request_headers(request)) {
            let id = HeaderValue::try_from(random_id()?).map_err(|error| error.to_string())?;
            request.headers_mut().insert(ID, id);
        }
        return Ok(());
    }
    let Some(mut items) = items(request) else {
        return Ok(());
    };
    for item in &mut items {
        if !is_recognised(&item_headers(item)) {
            item.headers
                .insert("Upstash-Deduplication-Id".to_owned(), random_id()?.into());
        }
    }
    let body = serde_json::to_vec(&items)
        .map_err(|error| format!("the batch cannot be written as JSON: {error}"))?;
    *request.body_mut() = Some(Body::from(body));
    Ok(())
}

#[inline]
fn items(request: &Request) -> Option<Vec<BatchItem>> {
    serde_json::from_slice(request.body()?.as_bytes()?).ok()
}

/// The values of the two headers that matter: the id, and whether the content is one.
type Deduplication<'a> = (Option<&'a [u8]>, Option<&'a [u8]>);

fn is_recognised((id, by_content): &Deduplication<'_>) -> bool {
    id.is_some_and(|id| !id.is_empty())
        || by_content.is_some_and(|value| value.eq_ignore_ascii_case(b"true"))
}

fn request_headers(request: &Request) -> Deduplication<'_> {
    (value(request, &ID), value(request, &BY_CONTENT))
}

fn value<'a>(request: &'a Request, name: &HeaderName) -> Option<&'a [u8]> {
    request.headers().get(name).map(HeaderValue::as_bytes)
}

fn item_headers(item: &BatchItem) -> Deduplication<'_> {
    let value = |wanted: &HeaderName| {
        let mut headers = item.headers.iter();
        headers
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted.as_str()))
            .map(|(_, value)| value.expose().as_bytes())
    };
    (value(&ID), value(&BY_CONTENT))
}

/// 128 random bits of the operating system: two messages that share an id lose one of them.
#[inline]
fn random_id() -> Result<String, String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| format!("no random deduplication id could be made: {error}"))?;
    let mut id = String::with_capacity(32);
    for byte in bytes {
        write!(id, "{byte:02x}").map_err(|error| error.to_string())?;
    }
    Ok(id)
}
