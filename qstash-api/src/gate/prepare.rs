//! Headers and credentials that every request gets before it is sent.

use http::Method;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderValue, USER_AGENT};
use reqwest::Request;

use super::alone;
use crate::client::State;
use crate::generated::runtime::Operation;
use crate::retry;
use crate::token::{CredentialsIn, Token};

/// Adds the headers of the client and its credentials, and deduplication ids where the policy says so.
#[inline]
pub(super) fn prepare(
    state: &State,
    request: &mut Request,
    operation: &'static Operation,
) -> Result<(), String> {
    // The query of a destination is the query of the request. A token in it would be taken for ours, or ours for it.
    if request
        .url()
        .query_pairs()
        .any(|(name, _)| name == Token::QUERY)
    {
        return Err(format!(
            "the query holds a `{}`, which the service would take for the credentials of the request; take it out \
             of the destination",
            Token::QUERY
        ));
    }
    if request.headers().contains_key(AUTHORIZATION) {
        return Err(
            "the header `Authorization` takes the token of the client; give what the destination is to get with \
             `forward`"
                .to_owned(),
        );
    }
    alone::check(operation, request.url())?;
    if state.retry.deduplicates() {
        retry::add_ids(operation, request)?;
    }
    name_empty_length(request);
    let settings = &state.settings;
    let headers = request.headers_mut();
    for (name, value) in &settings.headers {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    headers
        .entry(USER_AGENT)
        .or_insert_with(|| settings.user_agent.clone());
    match settings.credentials {
        CredentialsIn::Header => {
            headers.insert(AUTHORIZATION, settings.token.bearer());
        }
        CredentialsIn::Query => {
            request
                .url_mut()
                .query_pairs_mut()
                .append_pair(Token::QUERY, settings.token.expose());
        }
    }
    Ok(())
}

/// Says that a request which may have a body has none.
///
/// hyper names the length of a body only where there is one, and some proxies answer a `POST` without a length with
/// 411. The official clients send the zero as well. A body that is streamed has no length to name.
fn name_empty_length(request: &mut Request) {
    let may_have_body = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    let is_empty = request
        .body()
        .is_none_or(|body| body.as_bytes().is_some_and(<[u8]>::is_empty));
    if may_have_body && is_empty {
        let zero = HeaderValue::from_static("0");
        request.headers_mut().insert(CONTENT_LENGTH, zero);
    }
}
