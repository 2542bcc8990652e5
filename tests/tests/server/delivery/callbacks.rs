//! Callbacks and failure callbacks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use qstash_dev_server::{Answer, Destination, RecordedRequest};
use serde_json::{Value, json};

use super::SECOND;
use crate::server::common::Caller;

/// A destination that fails under `/fail`.
async fn destination() -> Destination {
    let answer = |request: &RecordedRequest| match request.path() {
        "/fail" => Answer::text(500, "broken"),
        _ => Answer::text(200, "done").with_header("X-Answer", "1"),
    };
    Destination::start_with(answer).await.unwrap()
}

fn to(receiver: &Destination, path: &str) -> Vec<RecordedRequest> {
    let requests = receiver.requests();
    requests
        .into_iter()
        .filter(|request| request.path() == path)
        .collect()
}

fn json(request: &RecordedRequest) -> Value {
    serde_json::from_slice(request.body()).unwrap()
}

#[tokio::test]
async fn a_callback_tells_what_the_destination_answered() {
    let caller = Caller::start().await;
    let receiver = destination().await;
    let callback = format!("Upstash-Callback: {}/callback", receiver.url());
    let headers = [
        callback.as_str(),
        "Upstash-Callback-Method: PUT",
        "Upstash-Callback-Forward-X-Mine: yes",
        "Upstash-Callback-Delay: 10s",
        "Upstash-Forward-X-A: 1",
    ];
    let url = format!("{}/ok", receiver.url());
    let id = caller.publish(&url, &headers, "question").await;
    caller.server.settle().await;
    assert_eq!(to(&receiver, "/callback").len(), 0);
    caller.server.advance(SECOND * 10).await;
    let callbacks = to(&receiver, "/callback");
    let [callback] = callbacks.as_slice() else {
        panic!("one callback, not {}", callbacks.len());
    };
    assert_eq!(
        (callback.method(), callback.header("X-Mine")),
        ("PUT", Some("yes"))
    );
    assert_eq!(callback.header("Content-Type"), Some("application/json"));
    assert!(callback.header("Upstash-Signature").is_some());
    let body = json(callback);
    let expected = json!({
        "status": 200, "body": STANDARD.encode("done"), "sourceBody": STANDARD.encode("question"),
        "sourceMessageId": id, "url": url, "method": "POST", "retried": 0, "maxRetries": 3,
        "callerIP": "127.0.0.1",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&body[name], value, "{name}");
    }
    assert_eq!(body["header"]["X-Answer"], json!(["1"]));
    assert_eq!(body["sourceHeader"]["X-A"], json!(["1"]));
    assert!(body["createdAt"].is_string() && body["notBefore"].is_string());
}

#[tokio::test]
async fn a_failure_callback_comes_once_when_the_message_is_given_up() {
    let caller = Caller::start().await;
    let receiver = destination().await;
    let callback = format!("Upstash-Callback: {}/callback", receiver.url());
    let failure = format!("Upstash-Failure-Callback: {}/failure", receiver.url());
    let headers = [callback.as_str(), &failure, "Upstash-Retries: 1"];
    caller
        .publish(&format!("{}/fail", receiver.url()), &headers, "")
        .await;
    caller.server.settle().await;
    assert_eq!(
        (
            to(&receiver, "/callback").len(),
            to(&receiver, "/failure").len()
        ),
        (1, 0)
    );
    caller.server.advance(SECOND * 60).await;
    assert_eq!(
        (
            to(&receiver, "/callback").len(),
            to(&receiver, "/failure").len()
        ),
        (2, 1)
    );
    let body = json(&to(&receiver, "/failure")[0]);
    assert_eq!(
        (&body["status"], &body["retried"]),
        (&json!(500), &json!(1))
    );
    assert_eq!(body["dlqId"], caller.server.snapshot().dlq[0]["dlqId"]);
}

#[tokio::test]
async fn a_callback_that_fails_has_retries_and_an_end_of_its_own() {
    let caller = Caller::start().await;
    let receiver = destination().await;
    let callback = format!("Upstash-Callback: {}/fail", receiver.url());
    let headers = [callback.as_str(), "Upstash-Callback-Retries: 1"];
    caller
        .publish(&format!("{}/ok", receiver.url()), &headers, "")
        .await;
    caller.server.advance(SECOND * 60).await;
    assert_eq!(to(&receiver, "/fail").len(), 2);
    assert_eq!(caller.server.snapshot().dlq.len(), 1);
}
