//! Limits by time: per second, per day, and those of chat, each with its own headers.

use super::Call;
use crate::operation::Operation;
use crate::state::{Reading, State, Window};
use crate::wire::Answer;

const SECOND: u64 = 1000;
const DAY: u64 = 24 * 60 * 60 * SECOND;

type Headers = Vec<(String, String)>;

/// Counts a request against the limits. Returns the headers for its answer, or the answer of a limit that is exceeded.
pub(super) fn check(state: &mut State, call: &Call) -> Result<Headers, Answer> {
    let limits = call.at.limits;
    let sends = matches!(
        call.route.operation,
        Operation::PublishMessage | Operation::EnqueueMessage | Operation::BatchMessages
    );
    let usage = &mut state.usage;
    let checks = [
        (
            limits.per_second.filter(|_| !sends),
            &mut usage.second,
            SECOND,
            &BURST,
        ),
        (
            limits.per_day.filter(|_| sends),
            &mut usage.day,
            DAY,
            &DAILY,
        ),
        (limits.chat, &mut usage.chat, DAY, &CHAT),
    ];
    let mut headers = Headers::new();
    for (limit, window, length, family) in checks {
        if let Some(limit) = limit {
            headers.extend(count(window, call.now(), length, limit, family)?);
        }
    }
    Ok(headers)
}

/// The headers that report a limit, and what an exceeded one is called.
struct Family {
    limit: &'static str,
    remaining: &'static str,
    reset: &'static str,
    exceeded: &'static str,
}

const BURST: Family = Family {
    limit: "Burst-RateLimit-Limit",
    remaining: "Burst-RateLimit-Remaining",
    reset: "Burst-RateLimit-Reset",
    exceeded: "exceeded burst rate limit",
};

const DAILY: Family = Family {
    limit: "RateLimit-Limit",
    remaining: "RateLimit-Remaining",
    reset: "RateLimit-Reset",
    exceeded: "exceeded daily rate limit",
};

const CHAT: Family = Family {
    limit: "x-ratelimit-limit-requests",
    remaining: "x-ratelimit-remaining-requests",
    reset: "x-ratelimit-reset-requests",
    exceeded: "exceeded chat rate limit",
};

fn count(
    window: &mut Window,
    now: u64,
    length: u64,
    limit: u64,
    family: &Family,
) -> Result<Headers, Answer> {
    let reading = window.count(now, length, limit);
    let headers = report(reading, family);
    if reading.is_exceeded {
        let answer = Answer::error(429, family.exceeded);
        return Err(headers.into_iter().fold(answer, |answer, (name, value)| {
            answer.with_header(name, value)
        }));
    }
    Ok(headers)
}

fn report(reading: Reading, family: &Family) -> Headers {
    vec![
        (family.limit.to_owned(), reading.limit.to_string()),
        (family.remaining.to_owned(), reading.remaining.to_string()),
        (family.reset.to_owned(), reading.reset.to_string()),
    ]
}
