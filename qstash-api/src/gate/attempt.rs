//! Sending a request, once or more often.

use std::time::{Duration, SystemTime};

use http::StatusCode;
use reqwest::{Request, Response};
use tokio::time::Instant;

use super::answer;
use super::spare::Spare;
use crate::client::{Settings, State};
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
    let State {
        retry: policy,
        timeout,
        settings,
    } = &client.inner;
    let (begun, mut elapsed) = (Instant::now(), Duration::ZERO);
    let mut pauses = policy.pauses();
    let mut number = 1;
    loop {
        let longest = pauses.next().filter(|_| !Safety::excludes(operation));
        // Sending consumes the request, so what may be sent again is copied before.
        let spare = longest.and_then(|longest| Some((Spare::of(&request)?, longest)));
        if let Some(timeout) = timeout_beside(settings, left(*timeout, elapsed)) {
            *request.timeout_mut() = Some(timeout);
        }
        let result = once(client, request, operation, number).await;
        let (Some((spare, longest)), Some(failure)) = (spare, Failure::of(&result)) else {
            return result;
        };
        let again = spare.into_request();
        if !Safety::of(operation, &again).allows(failure) {
            return result;
        }
        let passed = begun.elapsed();
        let left = left(*timeout, passed);
        let Some(pause) = policy.pause(longest, asked(&result), passed, left) else {
            return result;
        };
        drop(result);
        trace::pausing(operation, number, pause);
        tokio::time::sleep(pause).await;
        (request, number, elapsed) = (again, number + 1, begun.elapsed());
    }
}

/// How long the call may still take.
fn left(timeout: Duration, elapsed: Duration) -> Duration {
    match timeout {
        Duration::MAX => Duration::MAX,
        timeout => timeout.saturating_sub(elapsed),
    }
}

/// The timeout that an attempt needs beside the one that the HTTP client was built with.
fn timeout_beside(settings: &Settings, left: Duration) -> Option<Duration> {
    let timeout = left.min(settings.attempt_timeout);
    let needed = settings.foreign || timeout < settings.attempt_timeout;
    (needed && timeout < Duration::MAX).then_some(timeout)
}

/// Sends a request once, reads the whole answer, so that an answer that breaks off is a failure to be judged here, and
/// traces it.
///
/// The request is handed on before the future is made, which would keep a copy of it otherwise.
fn once(
    client: &Client,
    request: Request,
    operation: &'static str,
    number: u32,
) -> impl Future<Output = reqwest::Result<Response>> {
    let attempt = trace::Attempt::begin(operation, &request, number);
    let settings = &client.inner.settings;
    let asked = settings.foreign.then(|| request.url().clone());
    let sent = client.client.execute(request);
    async move {
        let exchange = async {
            let mut answer = sent.await?;
            let redirected = asked.is_some_and(|asked| asked != *answer.url());
            answer::read(&mut answer).await?;
            if redirected {
                answer::mark_redirected(&mut answer);
            }
            if !answer.status().is_success() {
                answer::hide(&mut answer, &settings.token);
            }
            Ok(answer)
        };
        let result = attempt.within(exchange).await;
        attempt.end(&result);
        result
    }
}

/// How long the service asks to wait.
#[inline]
fn asked(result: &reqwest::Result<Response>) -> Option<Duration> {
    let answer = result.as_ref().ok()?;
    let now = SystemTime::now();
    rate_limit::retry_after(answer.headers(), now).or_else(|| {
        let limited = answer.status() == StatusCode::TOO_MANY_REQUESTS;
        let limit = limited.then(|| RateLimit::from_headers(answer.headers()))?;
        limit.reset?.duration_since(now).ok()
    })
}
