//! Deduplication ids, which make it safe to send a message again.

use std::fmt::Write as _;

use http::HeaderValue;
use http::header::HeaderName;
use reqwest::{Body, Request};

use crate::generated::runtime::Operation;
use crate::generated::types::BatchItem;

const ID: HeaderName = HeaderName::from_static("upstash-deduplication-id");
const BY_CONTENT: HeaderName = HeaderName::from_static("upstash-content-based-deduplication");

/// Returns whether the service recognises everything that the request makes when it comes again, by the headers that
/// the operation table names.
#[inline]
pub(super) fn has_ids(operation: &Operation, request: &Request) -> bool {
    let wanted = operation.idempotency_headers;
    if is_in_items(operation) {
        return items(request).is_some_and(|items| {
            items
                .iter()
                .all(|item| is_recognised(wanted, item_header(item)))
        });
    }
    is_recognised(wanted, |name| request_header(request, name))
}

/// Gives a random id to every message in the request that has none.
///
/// A body that is a stream, or no batch, stays as it is: such a request is not sent again anyway.
#[inline]
pub(crate) fn add_ids(operation: &Operation, request: &mut Request) -> Result<(), String> {
    let wanted = operation.idempotency_headers;
    if !wanted.iter().any(|name| ID == **name)
        || request.body().is_some_and(|body| body.as_bytes().is_none())
    {
        return Ok(());
    }
    if !is_in_items(operation) {
        if !is_recognised(wanted, |name| request_header(request, name)) {
            let id = HeaderValue::try_from(random_id()?).map_err(|error| error.to_string())?;
            request.headers_mut().insert(ID, id);
        }
        return Ok(());
    }
    let Some(mut items) = items(request) else {
        return Ok(());
    };
    for item in &mut items {
        if let Some(id) = id_for(operation, item)? {
            set_id(item, &id);
        }
    }
    let body = serde_json::to_vec(&items)
        .map_err(|error| format!("the batch cannot be written as JSON: {error}"))?;
    *request.body_mut() = Some(Body::from(body));
    Ok(())
}

/// Returns a random id for an item of a batch that has none.
pub(crate) fn id_for(operation: &Operation, item: &BatchItem) -> Result<Option<String>, String> {
    match is_recognised(operation.idempotency_headers, item_header(item)) {
        true => Ok(None),
        false => random_id().map(Some),
    }
}

/// Sets the id of an item of a batch.
pub(crate) fn set_id(item: &mut BatchItem, id: &str) {
    let header = "Upstash-Deduplication-Id".to_owned();
    item.headers.insert(header, id.to_owned().into());
}

/// Returns whether the headers stand in the items of the body, as the operation itself has none of them.
fn is_in_items(operation: &Operation) -> bool {
    let has = |name: &str| operation.parameters.iter().any(|it| it.name == name);
    !operation.idempotency_headers.iter().any(|name| has(name))
}

#[inline]
fn items(request: &Request) -> Option<Vec<BatchItem>> {
    serde_json::from_slice(request.body()?.as_bytes()?).ok()
}

/// Returns whether one of these headers says that a repeat is to be recognised.
fn is_recognised<'a>(wanted: &[&str], value: impl Fn(&str) -> Option<&'a [u8]>) -> bool {
    wanted.iter().any(|name| {
        value(name).is_some_and(|value| {
            if BY_CONTENT == **name {
                value.eq_ignore_ascii_case(b"true")
            } else {
                !value.is_empty()
            }
        })
    })
}

fn request_header<'a>(request: &'a Request, name: &str) -> Option<&'a [u8]> {
    request.headers().get(name).map(HeaderValue::as_bytes)
}

fn item_header<'a>(item: &'a BatchItem) -> impl Fn(&str) -> Option<&'a [u8]> {
    move |wanted| {
        let mut headers = item.headers.iter();
        headers
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.expose().as_bytes())
    }
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
