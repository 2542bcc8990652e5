//! One attempt to deliver a message.

use bytes::Bytes;

use super::signature::{Claims, sign};
use crate::clock::Millis;
use crate::state::{Message, State};

/// The seconds that an attempt may take if the message does not say.
const DEFAULT_TIMEOUT: u64 = 900;

/// Everything that one attempt needs, so that it needs no lock.
pub(crate) struct Attempt {
    pub(crate) number: u64,
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
    pub(super) deadline: Millis,
}

impl Attempt {
    /// Prepares an attempt, signed with the key of this moment.
    pub(super) fn new(state: &mut State, number: u64, now: Millis, region: &str) -> Option<Self> {
        let jwt_id = state.ids.signature();
        let key = state.signing_keys.current.clone();
        let message = state.start(number, now)?;
        let draft = &message.draft;
        let mut headers: Vec<(String, String)> = draft
            .options
            .forward
            .iter()
            .filter(|(name, _)| !is_of_the_connection(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let claims = Claims::at(now / 1000, jwt_id);
        let signature = sign(&key, &draft.url, &draft.body, &claims);
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

/// Returns whether a header says how a delivery is framed or where it goes, which is no affair of the message.
fn is_of_the_connection(name: &str) -> bool {
    const NAMES: [&str; 11] = [
        "Connection",
        "Content-Length",
        "Expect",
        "Host",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
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
