//! Refusals of the service, which change nothing.

use serde_json::json;

use crate::server::common::Caller;

const PUBLISH: &str = "/v2/publish/http://127.0.0.1:9/a";
const ENQUEUE: &str = "/v2/enqueue/q/http://127.0.0.1:9/a";
const SCHEDULE: &str = "/v2/schedules/http://127.0.0.1:9/a";
const SCHEME: &str =
    "invalid destination url: endpoint has invalid scheme, add http:// or https://";

type Refused = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    u16,
    &'static str,
);

/// Method, path, header, body; status and a part of the message.
const REFUSED: &[Refused] = &[
    (
        "POST",
        "/v2/publish/https:%2F%2Fexample.com",
        "",
        "",
        400,
        SCHEME,
    ),
    (
        "POST",
        "/v2/publish/https%3A%2F%2Fexample.com",
        "",
        "",
        400,
        SCHEME,
    ),
    ("POST", "/v2/publish/example.com/a", "", "", 400, SCHEME),
    ("POST", "/v2/publish/", "", "", 400, SCHEME),
    (
        "POST",
        "/v2/publish/unknown-group",
        "",
        "",
        404,
        "no URL Group unknown-group",
    ),
    ("POST", PUBLISH, "Upstash-Delay: 90", "", 400, "unit"),
    ("POST", PUBLISH, "Upstash-Timeout: 90", "", 400, "unit"),
    (
        "POST",
        PUBLISH,
        "Upstash-Not-Before: soon",
        "",
        400,
        "Upstash-Not-Before",
    ),
    (
        "POST",
        PUBLISH,
        "Upstash-Retries: -1",
        "",
        400,
        "Upstash-Retries",
    ),
    (
        "POST",
        PUBLISH,
        "Upstash-Retry-Delay: wait(1)",
        "",
        400,
        "Upstash-Retry-Delay",
    ),
    (
        "POST",
        PUBLISH,
        "Upstash-Deduplication-Id: a:b",
        "",
        400,
        "white space",
    ),
    (
        "POST",
        PUBLISH,
        "Upstash-Deduplication-Id: a b",
        "",
        400,
        "white space",
    ),
    (
        "POST",
        PUBLISH,
        "Upstash-Content-Based-Deduplication: yes",
        "",
        400,
        "true or false",
    ),
    (
        "POST",
        PUBLISH,
        "Upstash-Method: BREW",
        "",
        400,
        "Upstash-Method",
    ),
    (
        "POST",
        PUBLISH,
        "Upstash-Callback: /relative",
        "",
        400,
        "absolute",
    ),
    (
        "POST",
        PUBLISH,
        "Upstash-Redact-Fields: url",
        "",
        400,
        "Upstash-Redact-Fields",
    ),
    (
        "POST",
        PUBLISH,
        "Upstash-Flow-Control-Key: k",
        "",
        400,
        "Upstash-Flow-Control-Value",
    ),
    (
        "POST",
        ENQUEUE,
        "Upstash-Delay: 1m",
        "",
        400,
        "not allowed for a message in a queue",
    ),
    (
        "POST",
        ENQUEUE,
        "Upstash-Not-Before: 1",
        "",
        400,
        "not allowed for a message in a queue",
    ),
    (
        "POST",
        "/v2/enqueue/a%20b/http://127.0.0.1:9/a",
        "",
        "",
        400,
        "invalid queue name",
    ),
    ("POST", "/v2/batch", "", "{}", 400, "invalid JSON body"),
    (
        "POST",
        "/v2/queues",
        "",
        r#"{"queueName":"a/b","parallelism":1}"#,
        400,
        "invalid queue name",
    ),
    (
        "POST",
        "/v2/queues",
        "",
        r#"{"queueName":"a","parallelism":0}"#,
        400,
        "at least 1",
    ),
    (
        "POST",
        "/v2/queues",
        "",
        r#"{"parallelism":1}"#,
        400,
        "queueName",
    ),
    ("POST", SCHEDULE, "", "", 400, "Upstash-Cron is missing"),
    (
        "POST",
        SCHEDULE,
        "Upstash-Cron: every day",
        "",
        400,
        "invalid cron",
    ),
    (
        "POST",
        "/v2/topics/g/endpoints",
        "",
        r#"{"endpoints":[{"url":"a.b"}]}"#,
        400,
        "add http://",
    ),
    (
        "POST",
        "/v2/topics/g/endpoints",
        "",
        r#"{"endpoints":[]}"#,
        400,
        "at least one",
    ),
    ("POST", "/v2/flowControl/k/pin", "", "", 400, "needs"),
    (
        "POST",
        "/v2/flowControl/k/pin?rate=many",
        "",
        "",
        400,
        "invalid rate",
    ),
    ("GET", "/v2/logs?cursor=17", "", "", 400, "invalid cursor"),
    ("GET", "/v2/dlq?count=101", "", "", 400, "invalid count"),
    (
        "DELETE",
        "/v2/messages?fromDate=today",
        "",
        "",
        400,
        "fromDate",
    ),
    ("GET", "/v2/messages/msg_none", "", "", 404, "no message"),
    ("DELETE", "/v2/messages/msg_none", "", "", 404, "no message"),
    (
        "POST",
        "/v2/messages/msg_none/retry",
        "",
        "",
        404,
        "no message",
    ),
    ("GET", "/v2/queues/none", "", "", 404, "no queue"),
    ("POST", "/v2/queues/none/pause", "", "", 404, "no queue"),
    ("GET", "/v2/schedules/none", "", "", 404, "no schedule"),
    ("GET", "/v2/topics/none", "", "", 404, "no URL Group"),
    ("GET", "/v2/dlq/none", "", "", 404, "no DLQ message"),
    ("POST", "/v2/dlq/retry/none", "", "", 404, "no DLQ message"),
    (
        "GET",
        "/v2/flowControl/none",
        "",
        "",
        404,
        "no flow-control key",
    ),
    ("PUT", "/v2/keys", "", "", 404, "no operation"),
];

#[tokio::test]
async fn wrong_requests_are_refused_and_change_nothing() {
    let caller = Caller::start().await;
    let before = caller.server.snapshot();
    for (method, path, header, body, status, message) in REFUSED {
        let headers: Vec<&str> = Some(*header)
            .filter(|header| !header.is_empty())
            .into_iter()
            .collect();
        let reply = caller.send(method, path, &headers, body).await;
        let case = format!("{method} {path} {header}: {}", reply.text);
        assert_eq!(reply.status, *status, "{case}");
        assert!(
            reply.json()["error"].as_str().unwrap().contains(message),
            "{case}"
        );
    }
    assert_eq!(caller.server.effects(), []);
    assert_eq!(caller.server.snapshot(), before);
}

#[tokio::test]
async fn flow_control_values_are_read_in_all_their_forms() {
    let caller = Caller::start().await;
    caller.server.hold_deliveries();
    for (value, is_fine) in [
        ("parallelism=5", true),
        ("rate=10", true),
        ("parallelism=5, rate=10, period=60s", true),
        ("rate=10,period=1m", true),
        ("rate=10, period=60", true),
        ("period=60s", false),
        ("parallelism=0", false),
        ("speed=5", false),
        ("", false),
    ] {
        let header = format!("Upstash-Flow-Control-Value: {value}");
        let headers = ["Upstash-Flow-Control-Key: k", &header];
        let reply = caller.send("POST", PUBLISH, &headers, "").await;
        assert_eq!(reply.status == 201, is_fine, "{value}: {}", reply.text);
    }
}

#[tokio::test]
async fn an_empty_selection_takes_the_whole_collection() {
    for path in [
        "/v2/messages",
        "/v2/messages/",
        "/v2/messages?messageIds=",
        "/v2/messages?other=1",
    ] {
        let caller = Caller::start().await;
        for _ in 0..3 {
            caller
                .publish("http://127.0.0.1:9/a", &["Upstash-Delay: 1h"], "")
                .await;
        }
        let reply = caller.send("DELETE", path, &[], "").await;
        assert_eq!(reply.json(), json!({"cancelled": 3}), "{path}");
    }
    for path in ["/v2/dlq", "/v2/dlq/", "/v2/dlq?dlqIds="] {
        let caller = Caller::start().await;
        caller.dead_letter(&[], "").await;
        caller.dead_letter(&[], "").await;
        assert_eq!(
            caller.send("DELETE", path, &[], "").await.json(),
            json!({"deleted": 2}),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_message_can_be_retried_only_while_it_waits_outside_a_queue() {
    let caller = Caller::start().await;
    caller.server.hold_deliveries();
    let now = caller.publish("http://127.0.0.1:9/a", &[], "").await;
    let reply = caller
        .send("POST", &format!("/v2/messages/{now}/retry"), &[], "")
        .await;
    assert_eq!(
        (reply.status, reply.text.contains("not waiting")),
        (404, true)
    );
    let queued = caller.send("POST", ENQUEUE, &[], "").await.json();
    let path = format!(
        "/v2/messages/{}/retry",
        queued["messageId"].as_str().unwrap()
    );
    assert_eq!(caller.send("POST", &path, &[], "").await.status, 400);
}
