//! Limits as the headers of an answer tell them.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;
use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

/// The first second that has no four-digit year, and so no HTTP date either.
const END_OF_TIME: u64 = 253_402_300_800;

/// A limit that a request has hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RateLimit {
    /// The limit.
    pub kind: RateLimitKind,
    /// The number of requests or messages that it allows in its period.
    pub limit: Option<u64>,
    /// The number that is left.
    pub remaining: Option<u64>,
    /// The time at which the period ends and everything is allowed again.
    pub reset: Option<Timestamp>,
}

/// The limits that the service has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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
                .and_then(|seconds| i64::try_from(seconds).ok())
                .map(Timestamp::from_unix_secs),
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
            write!(f, ", resets {}", reset)?;
        }
        Ok(())
    }
}

/// Returns the time that the `Retry-After` header asks to wait, in either of its forms: seconds, or a date.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&'static str]) -> HeaderMap {
        let pairs = lines.iter().filter_map(|line| line.split_once(": "));
        pairs
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    fn at(seconds: i64) -> Option<Timestamp> {
        Some(Timestamp::from_unix_secs(seconds))
    }

    #[test]
    fn the_limit_that_was_hit_is_told_by_the_headers() {
        use RateLimitKind::{Burst, Chat, Daily, Unknown};
        let burst = [
            "Burst-RateLimit-Limit: 100",
            "Burst-RateLimit-Remaining: 0",
            "Burst-RateLimit-Reset: 1760000001",
        ];
        let daily = [
            "RateLimit-Limit: 500",
            "RateLimit-Remaining: 0",
            "RateLimit-Reset: 1760050000",
        ];
        let daily_left = [
            "RateLimit-Limit: 500",
            "RateLimit-Remaining: 7",
            "RateLimit-Reset: 1760050000",
        ];
        let chat = [
            "x-ratelimit-limit-requests: 10",
            "x-ratelimit-remaining-requests: 0",
        ];
        let tokens = [
            "x-ratelimit-limit-tokens: 9000",
            "x-ratelimit-remaining-tokens: 0",
        ];
        for (lines, kind, limit, reset) in [
            (burst.to_vec(), Burst, Some(100), at(1_760_000_001)),
            (daily.to_vec(), Daily, Some(500), at(1_760_050_000)),
            (daily_left.to_vec(), Daily, Some(500), at(1_760_050_000)),
            (
                [burst, daily_left].concat(),
                Burst,
                Some(100),
                at(1_760_000_001),
            ),
            ([burst, daily].concat(), Daily, Some(500), at(1_760_050_000)),
            (chat.to_vec(), Chat, Some(10), None),
            (tokens.to_vec(), Chat, Some(9000), None),
            (vec![], Unknown, None, None),
            (vec!["RateLimit-Limit: many"], Daily, None, None),
            (
                vec!["RateLimit-Limit: 5", "Burst-RateLimit-Limit: 5"],
                Unknown,
                None,
                None,
            ),
            (
                vec!["RateLimit-Reset: 18446744073709551615"],
                Daily,
                None,
                None,
            ),
            (
                vec!["RateLimit-Reset: 253402300799"],
                Daily,
                None,
                at(253_402_300_799),
            ),
        ] {
            let told = RateLimit::from_headers(&headers(&lines));
            assert_eq!(
                (told.kind, told.limit, told.reset),
                (kind, limit, reset),
                "{lines:?}"
            );
            // Every date can be shown.
            assert!(!told.to_string().is_empty());
        }
    }

    #[test]
    fn a_limit_reads_as_a_phrase() {
        let limit = RateLimit::from_headers(&headers(&[
            "RateLimit-Limit: 500",
            "RateLimit-Reset: 784111777",
        ]));
        assert_eq!(
            limit.to_string(),
            "daily quota of 500, resets 1994-11-06T08:49:37Z"
        );
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (value, wait) in [
            ("retry-after: 7", Some(7)),
            ("retry-after:  7 ", Some(7)),
            ("retry-after: 0", Some(0)),
            ("retry-after: Sun, 06 Nov 1994 08:50:37 GMT", Some(60)),
            ("retry-after: Sun, 06 Nov 1994 08:49:30 GMT", Some(0)),
            ("retry-after: -1", None),
            ("retry-after: 1.5", None),
            ("retry-after: soon", None),
            ("other: 7", None),
        ] {
            let wait = wait.map(Duration::from_secs);
            assert_eq!(retry_after(&headers(&[value]), now), wait, "{value}");
        }
    }
}
