//! The time at which a message that was not delivered is tried again.

use std::time::UNIX_EPOCH;

use crate::clock::Millis;
use crate::options::HeaderList;
use crate::state::{Message, Response};

/// No retry waits longer than a day, in milliseconds.
const LONGEST: Millis = 86_400_000;

/// The consequence of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Delivered,
    Again(Millis),
    GiveUp,
}

/// Judges the answer of a destination.
pub(super) fn judge(message: &Message, response: &Response, now: Millis) -> Verdict {
    if (200..300).contains(&response.status) {
        return Verdict::Delivered;
    }
    let says_never = response.headers.get("Upstash-NonRetryable-Error") == Some("true");
    if (response.status == 489 && says_never) || message.retried >= message.retries() {
        return Verdict::GiveUp;
    }
    let due =
        asked_for(&response.headers, now).unwrap_or_else(|| now.saturating_add(delay(message)));
    Verdict::Again(due.clamp(now, now.saturating_add(LONGEST)))
}

fn delay(message: &Message) -> Millis {
    match &message.draft.options.retry_delay {
        Some(expression) => expression.milliseconds(message.retried),
        None => backoff(message.retried + 1),
    }
}

/// Returns e^(2.5 n) seconds in milliseconds, at most a day.
fn backoff(attempt: u32) -> Millis {
    let seconds = (2.5 * f64::from(attempt)).exp().min(86_400.0);
    (seconds * 1000.0) as Millis
}

/// Reads when a destination asks to be tried again.
fn asked_for(headers: &HeaderList, now: Millis) -> Option<Millis> {
    if let Some(value) = headers.get("Retry-After") {
        return retry_after(value, now);
    }
    if let Some(value) = headers.get("X-RateLimit-Reset") {
        let seconds: u64 = value.parse().ok()?;
        return Some(seconds.saturating_mul(1000));
    }
    let after = ["X-RateLimit-Reset-Requests", "X-RateLimit-Reset-Tokens"];
    after
        .iter()
        .filter_map(|name| duration(headers.get(name)?))
        .max()
        .map(|after| now.saturating_add(after))
}

/// Reads seconds or an HTTP date.
fn retry_after(value: &str, now: Millis) -> Option<Millis> {
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(now.saturating_add(seconds.saturating_mul(1000)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    let since = date.duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_millis()).ok()
}

/// Reads a duration such as `6m5s` or `1.5s` in milliseconds.
fn duration(text: &str) -> Option<Millis> {
    let mut total = 0.0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at_checked(digits)?;
        let end = after
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(after.len());
        let (unit, next) = after.split_at_checked(end)?;
        let factor = match unit {
            "ms" => 1.0,
            "s" => 1_000.0,
            "m" => 60_000.0,
            "h" => 3_600_000.0,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * factor;
        rest = next;
    }
    Some(total as Millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_backoff_grows_to_a_day() {
        let waits: Vec<u64> = (1..=6).map(|attempt| backoff(attempt) / 1000).collect();
        assert_eq!(waits, [12, 148, 1_808, 22_026, 86_400, 86_400]);
    }

    #[test]
    fn destinations_can_say_when() {
        let now = 1_767_225_600_000;
        for (name, value, expected) in [
            ("Retry-After", "30", Some(now + 30_000)),
            (
                "Retry-After",
                "Thu, 01 Jan 2026 00:01:00 GMT",
                Some(now + 60_000),
            ),
            ("Retry-After", "soon", None),
            ("X-RateLimit-Reset", "1767225700", Some(now + 100_000)),
            ("X-RateLimit-Reset-Requests", "6m5s", Some(now + 365_000)),
            ("X-RateLimit-Reset-Tokens", "1.5s", Some(now + 1_500)),
            ("X-Other", "1", None),
        ] {
            let mut headers = HeaderList::default();
            headers.push(name, value);
            assert_eq!(asked_for(&headers, now), expected, "{name}: {value}");
        }
    }
}
