//! Limits as the headers of an answer tell them.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;

/// The first second that has no four-digit year, and so no HTTP date either.
const END_OF_TIME: u64 = 253_402_300_800;

/// A limit that a request has hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Which limit it is.
    pub kind: RateLimitKind,
    /// How many requests or messages it allows in its period.
    pub limit: Option<u64>,
    /// How many are left.
    pub remaining: Option<u64>,
    /// When the period ends and everything is allowed again.
    pub reset: Option<SystemTime>,
}

/// The limits that the service has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RateLimitKind {
    /// Requests per second.
    Burst,
    /// Messages per day.
    Daily,
    /// Requests or tokens of the chat API.
    Chat,
    /// The headers do not say.
    Unknown,
}

/// The names of a limit's three headers.
struct Family {
    kind: RateLimitKind,
    limit: &'static str,
    remaining: &'static str,
    reset: &'static str,
}

const FAMILIES: [Family; 4] = [
    Family {
        kind: RateLimitKind::Burst,
        limit: "burst-ratelimit-limit",
        remaining: "burst-ratelimit-remaining",
        reset: "burst-ratelimit-reset",
    },
    Family {
        kind: RateLimitKind::Daily,
        limit: "ratelimit-limit",
        remaining: "ratelimit-remaining",
        reset: "ratelimit-reset",
    },
    Family {
        kind: RateLimitKind::Chat,
        limit: "x-ratelimit-limit-requests",
        remaining: "x-ratelimit-remaining-requests",
        reset: "x-ratelimit-reset-requests",
    },
    Family {
        kind: RateLimitKind::Chat,
        limit: "x-ratelimit-limit-tokens",
        remaining: "x-ratelimit-remaining-tokens",
        reset: "x-ratelimit-reset-tokens",
    },
];

impl RateLimit {
    const UNKNOWN: Self = Self {
        kind: RateLimitKind::Unknown,
        limit: None,
        remaining: None,
        reset: None,
    };

    /// The limit that was hit, by the headers of an answer of 429.
    ///
    /// An answer may tell of several limits. One of which nothing remains is the one that was hit, and of several
    /// such the one that lasts longest; with nothing said about what remains, the only one there is.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Self {
        let told: Vec<Self> = FAMILIES
            .iter()
            .filter_map(|family| family.read(headers))
            .collect();
        let exhausted = told
            .iter()
            .filter(|limit| limit.remaining == Some(0))
            .max_by_key(|limit| limit.reset);
        match (exhausted, told.as_slice()) {
            (Some(limit), _) | (None, [limit]) => *limit,
            _ => Self::UNKNOWN,
        }
    }
}

impl Family {
    fn read(&self, headers: &HeaderMap) -> Option<RateLimit> {
        let number = |name| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
        let told = [self.limit, self.remaining, self.reset]
            .iter()
            .any(|name| headers.contains_key(*name));
        told.then(|| RateLimit {
            kind: self.kind,
            limit: number(self.limit),
            remaining: number(self.remaining),
            reset: number(self.reset)
                .filter(|seconds| *seconds < END_OF_TIME)
                .and_then(|seconds| {
                    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
                }),
        })
    }
}

impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            RateLimitKind::Burst => "limit of requests per second",
            RateLimitKind::Daily => "daily quota",
            RateLimitKind::Chat => "chat limit",
            RateLimitKind::Unknown => "rate limit",
        })?;
        if let Some(limit) = self.limit {
            write!(f, " of {limit}")?;
        }
        if let Some(reset) = self.reset {
            write!(f, ", resets {}", httpdate::HttpDate::from(reset))?;
        }
        Ok(())
    }
}

/// How long the `Retry-After` header asks to wait, in either of its forms: seconds, or a date.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
