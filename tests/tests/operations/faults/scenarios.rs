//! The faults of a server that is reached.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use qstash_api::{Error, ErrorKind, RateLimitKind};
use qstash_dev_server::{Answer, Destination, Fault, Gate, RateLimit};

use super::expectation::Fate;
use super::plan::Scenario;
use crate::operations::credentials::ENCODED;
use crate::operations::world::TOKEN;

/// The time limit of an attempt or a call. It passes at once.
const LIMIT: Duration = Duration::from_secs(60);

fn is_transport(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
    assert!(error.is_retryable() && !error.is_connect(), "{error:?}");
}

fn is_timeout(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
    assert!(error.is_retryable(), "{error:?}");
}

fn is_service<const STATUS: u16>(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Service, "{error:?}");
    assert_eq!(error.status().unwrap(), STATUS, "{error:?}");
}

fn is_limit(error: &Error, kind: RateLimitKind, has_reset: bool) {
    let limit = error.rate_limit().unwrap();
    assert_eq!(limit.kind, kind, "{error:?}");
    assert_eq!(limit.reset.is_some(), has_reset, "{error:?}");
    assert!(error.is_retryable(), "{error:?}");
}

fn in_seconds(seconds: u64) -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
        + seconds
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_request_was_read_is_a_transport_error() {
    let fault = Fault::reset_before_reading();
    Scenario::new(fault, Fate::Lost, is_transport).play().await;
}

#[tokio::test]
async fn a_connection_that_breaks_without_effect_is_a_transport_error() {
    let fault = Fault::reset();
    Scenario::new(fault, Fate::Lost, is_transport).play().await;
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_effect_is_a_transport_error() {
    let scenario = Scenario::new(Fault::reset().applied(), Fate::Lost, is_transport);
    scenario.applied().play().await;
}

#[tokio::test]
async fn an_answer_that_is_cut_is_a_transport_error() {
    let scenario = Scenario::new(Fault::truncate(), Fate::Lost, is_transport);
    scenario.applied().in_body().play().await;
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_a_timeout() {
    let gate = Gate::closed();
    let scenario = Scenario::new(Fault::stall(&gate), Fate::Lost, is_timeout);
    let scenario = scenario.applied().within(LIMIT).held_by(&gate);
    scenario.play().await;
}

#[tokio::test]
async fn a_call_ends_with_its_time_whatever_its_attempts_may_take() {
    let gate = Gate::closed();
    // No time is left to send anything again.
    let scenario = Scenario::new(Fault::stall(&gate), Fate::Answered, is_timeout);
    let scenario = scenario.applied().within_in_all(LIMIT);
    scenario.held_by(&gate).play().await;
}

#[tokio::test]
async fn an_answer_that_comes_slowly_is_an_answer() {
    let fault = Fault::drip(16, Duration::from_millis(1));
    let check = |error: &Error| panic!("{error:?}");
    let scenario = Scenario::new(fault, Fate::Answered, check);
    scenario.applied().harmless().play().await;
}

#[tokio::test]
async fn an_answer_that_does_not_end_is_a_timeout() {
    let gate = Gate::closed();
    let scenario = Scenario::new(Fault::hold(&gate), Fate::Lost, is_timeout);
    let scenario = scenario.applied().in_body();
    scenario.within(LIMIT).held_by(&gate).play().await;
}

#[tokio::test]
async fn a_limit_that_says_nothing_about_its_end_is_tried_again() {
    let fault = Fault::answer(RateLimit::Daily.exceeded_without_headers());
    let check = |error: &Error| is_limit(error, RateLimitKind::Unknown, false);
    Scenario::new(fault, Fate::Limited, check).play().await;
}

#[tokio::test]
async fn a_limit_that_is_over_is_tried_again() {
    let fault = Fault::answer(RateLimit::Burst.exceeded(10, in_seconds(0)));
    let check = |error: &Error| is_limit(error, RateLimitKind::Burst, true);
    Scenario::new(fault, Fate::Limited, check).play().await;
}

#[tokio::test]
async fn a_limit_that_lasts_is_an_error_at_once() {
    let fault = Fault::answer(RateLimit::Daily.exceeded(10, in_seconds(3600)));
    let check = |error: &Error| is_limit(error, RateLimitKind::Daily, true);
    Scenario::new(fault, Fate::Answered, check).play().await;
}

#[tokio::test]
async fn a_failure_of_the_service_is_an_error_even_if_it_repeats_the_token() {
    let told = format!("cannot serve {TOKEN} at /v2?qstash_token={ENCODED}");
    let answer = Answer::error(500, told.clone()).with_header("X-Echo", told);
    let fault = Fault::answer(answer);
    Scenario::new(fault, Fate::Answered, is_service::<500>)
        .play()
        .await;
}

#[tokio::test]
async fn a_gateway_that_answers_with_html_is_tried_again() {
    let html = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    let fault = Fault::answer(Answer::html(502, html));
    Scenario::new(fault, Fate::Lost, is_service::<502>)
        .play()
        .await;
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_an_error_where_it_has_to_be_read() {
    let check = |error: &Error| {
        assert_eq!(error.kind(), ErrorKind::Decode, "{error:?}");
        assert!(!error.is_retryable(), "{error:?}");
    };
    for answer in [
        Answer::html(200, format!("<p>welcome, {TOKEN}")),
        Answer::json(200, &TOKEN.into()),
        // The message of a decoder quotes this, and then says what it expected.
        Answer::json(200, &format!("a, expected {TOKEN}").into()),
    ] {
        let scenario = Scenario::new(Fault::answer(answer), Fate::Answered, check);
        scenario.in_body().play().await;
    }
}

#[tokio::test]
async fn a_redirect_is_an_error_and_its_target_hears_nothing() {
    let elsewhere = Destination::start().await.unwrap();
    let target = format!("{}/v2/keys", elsewhere.url());
    for status in [301, 303, 307] {
        let fault = Fault::redirect(status, target.clone());
        let check = |error: &Error| {
            assert_eq!(error.kind(), ErrorKind::Service, "{error:?}");
            assert!(error.status().unwrap().is_redirection(), "{error:?}");
        };
        Scenario::new(fault, Fate::Answered, check).play().await;
    }
    assert!(elsewhere.requests().is_empty());
}
