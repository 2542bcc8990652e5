//! Sending a request, once or more often.

use std::time::{Duration, SystemTime};

use http::StatusCode;
use reqwest::Request;
use tokio::time::Instant;

use super::answer;
use super::replayable::Replayable;
use crate::Error;
use crate::client::{AttemptOutcome, Settings, State};
use crate::generated::runtime::{Operation, Received};
use crate::rate_limit::{self, RateLimit};
use crate::retry::{Failure, Safety};
use crate::trace;

/// Sends a request as often as the policy of the client allows and the failures call for.
///
/// The last answer comes back, or the last failure.
pub(super) async fn send(
    state: &State,
    mut request: Request,
    operation: &'static Operation,
) -> Result<Received, Error> {
    let State {
        retry: policy,
        timeout,
        settings,
        ..
    } = state;
    let (begun, mut elapsed) = (Instant::now(), Duration::ZERO);
    let mut pauses = policy.pauses();
    let mut number = 1;
    let mut may_have_been_done = false;
    loop {
        let longest = pauses.next().filter(|_| !Safety::excludes(operation));
        // Sending consumes the request, so what may be sent again is copied before.
        let kept = longest.and_then(|longest| Some((Replayable::of(&request)?, longest)));
        if let Some(timeout) = timeout_beside(settings, left(*timeout, elapsed)) {
            *request.timeout_mut() = Some(timeout);
        }
        let result = once(state, request, operation.id, number).await;
        let (Some((kept, longest)), Some(failure)) = (kept, Failure::of(status(&result))) else {
            return end(result, may_have_been_done);
        };
        let again = kept.into_request();
        if !Safety::of(operation, &again).allows(failure) {
            return end(result, may_have_been_done);
        }
        let passed = begun.elapsed();
        let left = left(*timeout, passed);
        let Some(pause) = policy.pause(longest, asked(&result), passed, left) else {
            return end(result, may_have_been_done);
        };
        drop(result);
        may_have_been_done |= failure.may_have_been_done();
        trace::pausing(operation.id, number, pause);
        tokio::time::sleep(pause).await;
        (request, number, elapsed) = (again, number + 1, begun.elapsed());
    }
}

/// The outcome of the last attempt.
///
/// An answer that came by a redirect is an error that calls for a change of the program, not of the request. An error
/// knows whether an attempt before may have done what was asked for.
fn end(result: reqwest::Result<Attempted>, may_have_been_done: bool) -> Result<Received, Error> {
    match result {
        Ok(Attempted {
            redirected: true, ..
        }) => Err(Error::configuration(
            "the HTTP client followed a redirect, so the answer is of somebody else; build it with \
             `reqwest::redirect::Policy::none()`, or give its builder with `http_client_builder(…)`",
        )),
        Ok(attempted) => {
            let mut received = attempted.received;
            received.done_before = may_have_been_done && !received.status.is_success();
            Ok(received)
        }
        Err(error) => Err(Error::transport(error).done_before(may_have_been_done)),
    }
}

/// An answer to one attempt.
struct Attempted {
    received: Received,
    /// The HTTP client followed a redirect.
    redirected: bool,
}

/// Returns the status of the answer, or why there is none.
fn status(result: &reqwest::Result<Attempted>) -> Result<StatusCode, &reqwest::Error> {
    result.as_ref().map(|attempted| attempted.received.status)
}

/// Returns the time that the call may still take.
fn left(timeout: Duration, elapsed: Duration) -> Duration {
    match timeout {
        Duration::MAX => Duration::MAX,
        timeout => timeout.saturating_sub(elapsed),
    }
}

/// The timeout that an attempt needs beside the one that the HTTP client was built with.
fn timeout_beside(settings: &Settings, left: Duration) -> Option<Duration> {
    let timeout = left.min(settings.attempt_timeout);
    let needed = settings.user_supplied || timeout < settings.attempt_timeout;
    (needed && timeout < Duration::MAX).then_some(timeout)
}

/// Sends a request once, reads the whole answer, so that an answer that breaks off is a failure to be judged here, and
/// traces it.
///
/// The request is handed on before the future is made, which would keep a copy of it otherwise.
fn once(
    state: &State,
    mut request: Request,
    operation: &'static str,
    number: u32,
) -> impl Future<Output = reqwest::Result<Attempted>> {
    let hooks = &state.settings.hooks;
    hooks.request(operation, number, &mut request);
    let begun = hooks.want_outcomes().then(Instant::now);
    let attempt = trace::Attempt::begin(operation, &request, number);
    let settings = &state.settings;
    let asked = settings.user_supplied.then(|| request.url().clone());
    let sent = state.http.execute(request);
    async move {
        let exchange = async {
            let answer = sent.await?;
            let redirected = asked.is_some_and(|asked| asked != *answer.url());
            let mut received = answer::read(answer).await?;
            if !received.status.is_success() || answer::is_quotable(&received) {
                answer::hide(&mut received, &settings.token);
            }
            Ok(Attempted {
                received,
                redirected,
            })
        };
        let result = attempt.within(exchange).await;
        attempt.end(status(&result));
        if let Some(begun) = begun {
            let status = status(&result);
            settings.hooks.outcome(&AttemptOutcome {
                operation,
                attempt: number,
                status: status.ok(),
                error: status.err().map(Error::kind_of_transport),
                duration: begun.elapsed(),
            });
        }
        result
    }
}

/// Returns the time that the service asks to wait.
#[inline]
fn asked(result: &reqwest::Result<Attempted>) -> Option<Duration> {
    let answer = &result.as_ref().ok()?.received;
    let now = SystemTime::now();
    rate_limit::retry_after(&answer.headers, now).or_else(|| {
        let limited = answer.status == StatusCode::TOO_MANY_REQUESTS;
        let limit = limited.then(|| RateLimit::from_headers(&answer.headers))?;
        limit.reset?.duration_since(now)
    })
}
