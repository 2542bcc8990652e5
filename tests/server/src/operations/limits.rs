//! Limits: by time, and those of plans.

use super::Call;
use crate::operation::Operation;
use crate::options::Options;
use crate::rate_limit::RateLimit;
use crate::refusal::{Outcome, Refusal};
use crate::settings::Limits;
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

/// Refuses a message beyond what the plan allows.
pub(super) fn check_message(
    limits: &Limits,
    options: &Options,
    body: usize,
    now: u64,
) -> Outcome<()> {
    let delay = options.first_wait(now);
    if let Some(limit) = limits.body.filter(|limit| body > *limit) {
        return Err(Refusal::over_plan(
            "the body of a message",
            &format!("{limit} bytes"),
        ));
    }
    if let Some(limit) = limits.delay.filter(|limit| delay > *limit) {
        let days = limit.as_secs() / (DAY / SECOND);
        return Err(Refusal::over_plan(
            "the delay of a message",
            &format!("{days} days"),
        ));
    }
    match (limits.retries, options.retries) {
        (Some(limit), Some(wanted)) if wanted > limit => Err(Refusal::over_plan(
            "the retries of a message",
            &limit.to_string(),
        )),
        _ => Ok(()),
    }
}

/// Refuses a queue beyond what the plan allows.
pub(super) fn check_queue(state: &State, call: &Call, name: &str) -> Outcome<()> {
    match call.at.limits.queues {
        Some(limit) if state.queues.len() >= limit && !state.queues.contains_key(name) => {
            Err(Refusal::plan_limit("queues", limit))
        }
        _ => Ok(()),
    }
}
