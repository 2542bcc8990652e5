//! Retries: when, how often, and the end in the DLQ.

use std::time::Duration;

use qstash_dev_server::{Answer, Destination, Gate, Reaction};
use serde_json::json;

use super::{SECOND, states};
use crate::server::common::Caller;

/// Returns the seconds after which each attempt came, counted from the first.
async fn attempts(headers: &[&str], answer: Answer, wait: Duration) -> Vec<u64> {
    let caller = Caller::start().await;
    let receiver = Destination::start_with(move |_| answer.clone())
        .await
        .unwrap();
    caller.publish(&receiver.url(), headers, "").await;
    caller.server.advance(wait).await;
    let logs = caller.server.snapshot().logs;
    let starts: Vec<u64> = logs
        .iter()
        .filter(|entry| entry["state"] == "ACTIVE")
        .map(|entry| entry["time"].as_u64().unwrap())
        .collect();
    assert_eq!(starts.len(), receiver.requests().len());
    starts
        .iter()
        .map(|start| (start - starts[0]) / 1000)
        .collect()
}

#[tokio::test]
async fn failed_messages_are_tried_again_at_the_right_times() {
    let failed = || Answer::empty(500);
    let day = SECOND * 86_400;
    for (headers, answer, expected) in [
        (&[] as &[&str], failed(), &[0_u64, 12, 160, 1968] as &[u64]),
        (&["Upstash-Retries: 0"], failed(), &[0]),
        (&["Upstash-Retries: 1"], Answer::empty(404), &[0, 12]),
        (
            &["Upstash-Retries: 1"],
            Answer::redirect(302, "/elsewhere"),
            &[0, 12],
        ),
        (
            &["Upstash-Retry-Delay: 1000 * (1 + retried)"],
            failed(),
            &[0, 1, 3, 6],
        ),
        (
            &["Upstash-Retries: 2"],
            failed().with_header("Retry-After", "30"),
            &[0, 30, 60],
        ),
        (&[], Answer::empty(489), &[0, 12, 160, 1968]),
        (
            &[],
            Answer::empty(489).with_header("Upstash-NonRetryable-Error", "true"),
            &[0],
        ),
        (&[], Answer::empty(204), &[0]),
    ] {
        let starts = attempts(headers, answer.clone(), day).await;
        assert_eq!(starts, expected, "{headers:?} {answer:?}");
    }
}

#[tokio::test]
async fn a_message_that_is_given_up_is_found_in_the_dlq_with_its_last_answer() {
    let caller = Caller::start().await;
    let receiver = Destination::start_with(|request| {
        let attempt = request.header("Upstash-Retried").unwrap().to_owned();
        Answer::text(503, format!("failed {attempt}")).with_header("X-Why", "tired")
    });
    let receiver = receiver.await.unwrap();
    let id = caller
        .publish(&receiver.url(), &["Upstash-Retries: 1"], "body")
        .await;
    caller.server.advance(SECOND * 60).await;
    let letter = &caller.server.snapshot().dlq[0];
    assert_eq!(letter["messageId"], id.as_str());
    assert_eq!(letter["responseStatus"], 503);
    assert_eq!(letter["responseBody"], "failed 1");
    assert_eq!(letter["responseHeader"]["X-Why"], json!(["tired"]));
    let expected = [
        "CREATED", "ACTIVE", "ERROR", "RETRY", "ACTIVE", "ERROR", "FAILED",
    ];
    assert_eq!(states(&caller), expected);
    assert_eq!(caller.server.snapshot().messages.len(), 0);
}

#[tokio::test]
async fn a_message_from_the_dlq_is_delivered_when_it_is_retried() {
    let caller = Caller::start().await;
    let receiver = Destination::start_with(|_| Answer::empty(500))
        .await
        .unwrap();
    let headers = [
        "Upstash-Retries: 0",
        "Upstash-Forward-X-A: 1",
        "Content-Type: text/plain",
    ];
    caller.publish(&receiver.url(), &headers, "body").await;
    caller.server.settle().await;
    receiver.respond_with(|_| Answer::empty(200));
    let reply = caller
        .send("POST", "/v2/dlq/retry", &["Upstash-Forward-X-B: 2"], "")
        .await;
    caller.server.settle().await;
    let again = &receiver.requests()[1];
    assert_eq!(again.body().as_ref(), b"body");
    for (name, value) in [("X-A", "1"), ("X-B", "2"), ("Content-Type", "text/plain")] {
        assert_eq!(again.header(name), Some(value), "{name}");
    }
    let id = reply.json()["responses"][0]["messageId"].clone();
    assert_eq!(again.header("Upstash-Message-Id"), id.as_str());
    assert_eq!(caller.server.snapshot().dlq.len(), 0);
}

#[tokio::test]
async fn an_attempt_ends_at_its_time_out_by_the_clock() {
    let caller = Caller::start().await;
    let gate = Gate::closed();
    let receiver = Destination::start_with(move |_| Reaction::Stall {
        answer: Answer::empty(200),
        gate: gate.clone(),
    });
    let receiver = receiver.await.unwrap();
    caller
        .publish(
            &receiver.url(),
            &["Upstash-Timeout: 30s", "Upstash-Retries: 0"],
            "",
        )
        .await;
    receiver.wait_for_requests(1).await;
    caller.server.clock().advance(SECOND * 29);
    assert_eq!(
        caller.get("/v2/globalParallelism").await.json()["parallelismCount"],
        1
    );
    caller.server.clock().advance(SECOND);
    caller.server.settle().await;
    let logs = caller.server.snapshot().logs;
    assert!(
        logs.last().unwrap()["error"]
            .as_str()
            .unwrap()
            .contains("in time")
    );
    assert_eq!(caller.server.snapshot().dlq[0]["responseStatus"], 0);
}

#[tokio::test]
async fn a_destination_that_comes_back_gets_its_message() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    receiver.refuse_connections().await;
    caller.publish(&receiver.url(), &[], "").await;
    caller.server.settle().await;
    assert_eq!(receiver.requests().len(), 0);
    receiver.accept_connections().await.unwrap();
    caller.server.advance(SECOND * 13).await;
    assert_eq!(receiver.requests()[0].header("Upstash-Retried"), Some("1"));
}
