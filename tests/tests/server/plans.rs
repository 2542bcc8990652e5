//! The limits of plans, and the filters as the service has them.

use std::time::Duration;

use qstash_dev_server::{Limits, Plan};
use serde_json::json;

use crate::server::common::{Caller, NOWHERE};

#[tokio::test]
async fn what_a_plan_does_not_allow_is_refused() {
    let caller = Caller::start().await;
    caller.server.hold_deliveries();
    caller.server.set_limits(Limits {
        body: Some(4),
        ..Plan::Free.limits()
    });
    let far = caller.server.clock().now_secs() + 8 * 24 * 3600;
    let far = format!("Upstash-Not-Before: {far}");
    let path = format!("/v2/publish/{NOWHERE}");
    for (headers, body, status) in [
        (&["Upstash-Delay: 7d"][..], "", 201),
        (&["Upstash-Delay: 7d1s"], "", 412),
        (&[far.as_str()], "", 412),
        (&["Upstash-Retries: 3"], "", 201),
        (&["Upstash-Retries: 4"], "", 412),
        (&[], "four", 201),
        (&[], "five!", 412),
    ] {
        let reply = caller.send("POST", &path, headers, body).await;
        assert_eq!(reply.status, status, "{headers:?} {body}: {}", reply.text);
    }
    let cron = ["Upstash-Cron: @daily", "Upstash-Retries: 4"];
    let path = format!("/v2/schedules/{NOWHERE}");
    let schedule = caller.send("POST", &path, &cron, "");
    assert_eq!(schedule.await.status, 412);
}

#[tokio::test]
async fn an_item_over_a_limit_of_the_plan_refuses_the_whole_batch() {
    let caller = Caller::start().await;
    caller.server.hold_deliveries();
    caller.server.set_limits(Plan::PayAsYouGo.limits());
    let items = |retries: &str| {
        json!([
            {"destination": NOWHERE},
            {"destination": NOWHERE, "headers": {"Upstash-Retries": retries}},
            {"destination": "nonsense://"},
        ])
    };
    let reply = caller
        .send("POST", "/v2/batch", &[], &items("6").to_string())
        .await;
    assert_eq!(reply.status, 412, "{}", reply.text);
    caller.server.published().assert_none();
    // Another fault is that of one item.
    let reply = caller
        .send("POST", "/v2/batch", &[], &items("5").to_string())
        .await;
    assert_eq!(reply.status, 200);
    assert!(reply.json()[2]["error"].is_string(), "{}", reply.text);
    caller.server.published().assert_count(2);
}

#[tokio::test]
async fn filters_that_do_not_go_together_are_refused() {
    let caller = Caller::start().await;
    for (method, path, status) in [
        ("GET", "/v2/logs?messageIds=a&messageIds=b", 200),
        ("GET", "/v2/logs?messageIds=a&count=5", 200),
        ("GET", "/v2/logs?messageIds=a&label=b", 400),
        ("GET", "/v2/logs?messageIds=a&cursor=YmVmb3JlIDE", 400),
        ("GET", "/v2/logs?messageIds=a&fromDate=1", 400),
        ("GET", "/v2/logs?host=a&path=/b&label=c&label=d", 200),
        ("DELETE", "/v2/messages?messageIds=a&label=b", 400),
        ("GET", "/v2/dlq?dlqIds=a&dlqIds=b", 200),
        ("GET", "/v2/dlq?dlqIds=a&label=b", 400),
        ("DELETE", "/v2/dlq?dlqIds=a&fromDate=1", 400),
        ("POST", "/v2/dlq/retry?dlqIds=a&url=b", 400),
        ("GET", "/v2/dlq?host=a", 400),
        ("DELETE", "/v2/dlq?path=/a", 400),
        (
            "GET",
            "/v2/dlq?responseStatus=500&responseStatus=0&topicName=a&topicName=b",
            200,
        ),
    ] {
        let reply = caller.send(method, path, &[], "").await;
        assert_eq!(reply.status, status, "{method} {path}: {}", reply.text);
    }
}

#[tokio::test]
async fn forwarded_headers_of_the_connection_do_not_reach_it() {
    let caller = Caller::start().await;
    let destination = qstash_dev_server::Destination::start().await.unwrap();
    let headers = [
        "Upstash-Forward-Content-Length: 1000",
        "Upstash-Forward-Transfer-Encoding: chunked",
        "Upstash-Forward-Host: example.com",
        "Upstash-Forward-Connection: close",
        "Upstash-Forward-X-Kept: yes",
    ];
    caller.publish(&destination.url(), &headers, "short").await;
    caller.server.settle().await;
    let delivered = &destination.requests()[0];
    assert_eq!(delivered.body().as_ref(), b"short");
    assert_eq!(delivered.header("Content-Length"), Some("5"));
    assert_eq!(delivered.header("Transfer-Encoding"), None);
    assert_eq!(delivered.header("X-Kept"), Some("yes"));
    let host = destination.url();
    assert_eq!(delivered.header("Host"), host.strip_prefix("http://"));
}

#[tokio::test]
async fn all_headers_are_forwarded_on_request() {
    let caller = Caller::start().await;
    let destination = qstash_dev_server::Destination::start().await.unwrap();
    for header in ["Upstash-Header-Forward: true", "X-Other: 1"] {
        let headers = [header, "X-Github-Event: push"];
        caller.publish(&destination.url(), &headers, "").await;
    }
    caller.server.settle().await;
    let events = destination.requests();
    let events: Vec<_> = events
        .iter()
        .map(|it| it.header("X-GitHub-Event"))
        .collect();
    assert_eq!(events, [Some("push"), None]);
    assert!(
        destination
            .requests()
            .iter()
            .all(|it| it.header("Authorization").is_none())
    );
}

#[tokio::test]
async fn every_is_a_schedule() {
    let caller = Caller::start().await;
    let destination = qstash_dev_server::Destination::start().await.unwrap();
    let path = format!("/v2/schedules/{}", destination.url());
    let reply = caller
        .send("POST", &path, &["Upstash-Cron: @every 1h"], "")
        .await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    caller.server.advance(Duration::from_secs(24 * 3600)).await;
    assert_eq!(destination.requests().len(), 24);
}
