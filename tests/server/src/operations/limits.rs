//! Limits by time: per second, per day, and those of chat.

use super::Call;
use crate::operation::Operation;
use crate::rate_limit::RateLimit;
use crate::state::{State, Window};
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
    let burst = limits.per_second.filter(|_| !sends);
    let daily = limits.per_day.filter(|_| sends);
    let mut headers = count(RateLimit::Burst, &mut usage.second, burst, SECOND, call)?;
    headers.extend(count(RateLimit::Daily, &mut usage.day, daily, DAY, call)?);
    headers.extend(count(
        RateLimit::Chat,
        &mut usage.chat,
        limits.chat,
        DAY,
        call,
    )?);
    Ok(headers)
}

fn count(
    kind: RateLimit,
    window: &mut Window,
    limit: Option<u64>,
    length: u64,
    call: &Call,
) -> Result<Headers, Answer> {
    let Some(limit) = limit else {
        return Ok(Headers::new());
    };
    let reading = window.count(call.now(), length, limit);
    if reading.is_exceeded {
        return Err(kind.exceeded(limit, reading.reset));
    }
    Ok(kind.headers(limit, reading.remaining, reading.reset).into())
}
