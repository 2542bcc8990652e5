//! Sending a request, once or more often.

use std::time::{Duration, SystemTime};

use http::StatusCode;
use reqwest::{Request, Response};
use tokio::time::Instant;

use super::answer;
use crate::generated::Client;
use crate::rate_limit::{self, RateLimit};
use crate::retry::{Failure, Safety};
use crate::trace;

/// Sends a request as often as the policy of the client allows and the failures call for.
///
/// What comes back is the last answer, or the last failure.
pub(super) async fn send(
    client: &Client,
    mut request: Request,
    operation: &'static str,
) -> reqwest::Result<Response> {
    let begun = Instant::now();
    // How long the call may still take, if that is bounded at all.
    let left = || {
        Some(client.inner.timeout)
            .filter(is_bound)
            .map(|timeout| timeout.saturating_sub(begun.elapsed()))
    };
    let policy = client.inner.retry;
    let mut pauses = policy.pauses();
    let mut number = 1;
    loop {
        // Taken before the last attempt is known to be the last, because sending consumes the request.
        let longest = if Safety::excludes(operation) {
            None
        } else {
            pauses.next()
        };
        let spare = longest.and_then(|longest| Some((request.try_clone()?, longest)));
        let attempt_timeout = Some(client.inner.settings.attempt_timeout).filter(is_bound);
        *request.timeout_mut() = [attempt_timeout, left()].into_iter().flatten().min();
        let result = once(client, request, operation, number).await;
        let (Some((again, longest)), Some(failure)) = (spare, Failure::of(&result)) else {
            return result;
        };
        if !Safety::of(operation, &again).allows(failure) {
            return result;
        }
        let Some(pause) = policy.pause(longest, asked(&result), begun.elapsed(), left()) else {
            return result;
        };
        drop(result);
        trace::pausing(operation, number, pause);
        tokio::time::sleep(pause).await;
        (request, number) = (again, number + 1);
    }
}

/// Sends a request once, and traces it.
async fn once(
    client: &Client,
    request: Request,
    operation: &'static str,
    number: u32,
) -> reqwest::Result<Response> {
    let attempt = trace::Attempt::begin(operation, &request, number);
    let result = attempt.within(exchange(client, request, operation)).await;
    attempt.end(&result);
    result
}

/// Sends a request and reads the whole answer, so that an answer that breaks off is a failure to be judged here.
async fn exchange(
    client: &Client,
    request: Request,
    operation: &'static str,
) -> reqwest::Result<Response> {
    let settings = &client.inner.settings;
    let asked = settings.may_follow.then(|| request.url().clone());
    let response = client.client.execute(request).await?;
    let redirected = asked.is_some_and(|asked| asked != *response.url());
    let mut answer = answer::read(response).await?;
    if redirected {
        answer::mark_redirected(&mut answer);
    }
    if !answer.status().is_success() {
        answer::name_operation(&mut answer, operation);
        answer::hide(&mut answer, &settings.token);
    }
    Ok(answer.into())
}

/// How long the service asks to wait.
fn asked(result: &reqwest::Result<Response>) -> Option<Duration> {
    let answer = result.as_ref().ok()?;
    let now = SystemTime::now();
    rate_limit::retry_after(answer.headers(), now).or_else(|| {
        let limited = answer.status() == StatusCode::TOO_MANY_REQUESTS;
        let limit = limited.then(|| RateLimit::from_headers(answer.headers()))?;
        limit.reset?.duration_since(now).ok()
    })
}

fn is_bound(timeout: &Duration) -> bool {
    *timeout != Duration::MAX
}
