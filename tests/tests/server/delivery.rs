//! Deliveries: their content, their times, their number, and their consequences.

mod callbacks;
mod order;
mod retries;
mod signatures;
mod time;

use std::time::Duration;

use qstash_dev_server::{Answer, Destination, QStash};
use serde_json::json;

use crate::server::common::Caller;

const SECOND: Duration = Duration::from_secs(1);

/// Returns the states of the log from old to new.
fn states(caller: &Caller) -> Vec<String> {
    let logs = caller.server.snapshot().logs;
    let state = |entry: &serde_json::Value| entry["state"].as_str().unwrap().to_owned();
    logs.iter().map(state).collect()
}

#[tokio::test]
async fn a_message_arrives_as_it_was_sent_with_the_headers_of_the_service() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    let headers = [
        "Upstash-Method: PATCH",
        "Upstash-Forward-X-My: a, b",
        "Content-Type: application/x-bytes",
        "X-Not-Forwarded: 1",
    ];
    let body = "\u{0}\u{1}{\"a\": 1}\r\n";
    let url = format!("{}/path//x?b=2&a=%20", receiver.url());
    let id = caller.publish(&url, &headers, body).await;
    caller.server.settle().await;

    let delivered = &receiver.requests()[0];
    assert_eq!(delivered.method(), "PATCH");
    assert_eq!(delivered.target(), "/path//x?b=2&a=%20");
    assert_eq!(delivered.body().as_ref(), body.as_bytes());
    for (name, value) in [
        ("Content-Type", Some("application/x-bytes")),
        ("X-My", Some("a, b")),
        ("X-Not-Forwarded", None),
        ("User-Agent", Some("Upstash-QStash")),
        ("Upstash-Message-Id", Some(id.as_str())),
        ("Upstash-Retried", Some("0")),
        ("Upstash-Caller-Ip", Some("127.0.0.1")),
        ("Upstash-Region", Some("EU-CENTRAL-1")),
        ("Upstash-Schedule-Id", None),
        ("Upstash-Topic-Name", None),
        ("Authorization", None),
    ] {
        assert_eq!(delivered.header(name), value, "{name}");
    }
    assert_eq!(states(&caller), ["CREATED", "ACTIVE", "DELIVERED"]);
    assert_eq!(caller.get(&format!("/v2/messages/{id}")).await.status, 404);
}

#[tokio::test]
async fn destinations_are_delivered_to_as_they_stand() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    for (path, arrives) in [
        ("", "/"),
        ("/", "/"),
        ("//a/./b/../c;d=1?", "//a/./b/../c;d=1?"),
        ("?x=%2f", "/?x=%2f"),
        ("/\u{e4} b", "/%C3%A4%20b"),
    ] {
        let items = json!([{ "destination": format!("{}{path}", receiver.url()) }]);
        caller
            .send("POST", "/v2/batch", &[], &items.to_string())
            .await;
        caller.server.settle().await;
        let targets: Vec<String> = receiver
            .take_requests()
            .iter()
            .map(|request| request.target().to_owned())
            .collect();
        assert_eq!(targets, [arrives], "{path}");
    }
}

#[tokio::test]
async fn a_url_group_fans_out_to_every_endpoint() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    let endpoints = json!({"endpoints": [
        {"url": format!("{}/1", receiver.url()), "name": "one"},
        {"url": format!("{}/2", receiver.url())},
    ]});
    caller
        .send(
            "POST",
            "/v2/topics/my%20group/endpoints",
            &[],
            &endpoints.to_string(),
        )
        .await;
    let reply = caller
        .send("POST", "/v2/publish/my%20group", &[], "x")
        .await;
    assert_eq!(reply.json().as_array().unwrap().len(), 2);
    caller.server.settle().await;
    let mut paths: Vec<String> = receiver
        .requests()
        .iter()
        .map(|request| request.path().to_owned())
        .collect();
    paths.sort();
    assert_eq!(paths, ["/1", "/2"]);
    assert_eq!(
        receiver.requests()[0].header("Upstash-Topic-Name"),
        Some("my group")
    );
}

#[tokio::test]
async fn a_stand_in_receives_what_is_meant_for_another_origin() {
    let receiver = Destination::start().await.unwrap();
    let builder = QStash::builder().stand_in("https://example.com", receiver.url());
    let caller = Caller::with(builder.start().await.unwrap());
    for (url, arrives) in [
        ("https://example.com", true),
        ("https://example.com/a?b=1", true),
        ("https://example.com.evil/a", false),
        ("https://example.org/a", false),
    ] {
        caller.publish(url, &["Upstash-Retries: 0"], "").await;
        caller.server.settle().await;
        assert_eq!(
            receiver.take_requests().len(),
            usize::from(arrives),
            "{url}"
        );
    }
    // What nobody stands in for is not delivered anywhere, and says so.
    let error = caller.server.snapshot().logs.last().unwrap()["error"].clone();
    assert!(
        error.as_str().unwrap().contains("not a loopback address"),
        "{error}"
    );
}

#[tokio::test]
async fn a_cancelled_message_is_not_delivered() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    let id = caller
        .publish(&receiver.url(), &["Upstash-Delay: 1h"], "")
        .await;
    caller
        .send("DELETE", &format!("/v2/messages/{id}"), &[], "")
        .await;
    caller.server.advance(SECOND * 7200).await;
    assert_eq!(receiver.requests().len(), 0);
    assert_eq!(states(&caller), ["CREATED", "CANCEL_REQUESTED", "CANCELED"]);
}

#[tokio::test]
async fn the_answer_to_a_cancelled_attempt_changes_nothing() {
    let caller = Caller::start().await;
    let gate = qstash_dev_server::Gate::closed();
    let held = gate.clone();
    let receiver = Destination::start_with(move |_| qstash_dev_server::Reaction::Stall {
        answer: Answer::empty(500),
        gate: held.clone(),
    });
    let receiver = receiver.await.unwrap();
    let id = caller.publish(&receiver.url(), &[], "").await;
    receiver.wait_for_requests(1).await;
    caller
        .send("DELETE", &format!("/v2/messages/{id}"), &[], "")
        .await;
    gate.open();
    caller.server.settle().await;
    assert_eq!(
        states(&caller),
        ["CREATED", "ACTIVE", "CANCEL_REQUESTED", "CANCELED"]
    );
    assert_eq!(caller.server.snapshot().messages.len(), 0);
}
