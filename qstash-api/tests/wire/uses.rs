//! One message in its five uses, and what each use refuses.

use std::time::{Duration, SystemTime};

use qstash_api::types::HttpMethod;
use qstash_api::{Callback, FlowControl, Message};
use serde_json::{Value, json};

use crate::wire::recorder::{Recorded, Recorder};

const DESTINATION: &str = "https://example.com/hook?x=1";

/// A message with every option that all of publish, enqueue, schedule and retry take.
fn common(message: Message) -> Message {
    let callback = Callback::new("https://example.com/done")
        .retries(1)
        .forward("X-C", "c");
    message
        .method(HttpMethod::Put)
        .timeout(Duration::from_secs(30))
        .retries(2)
        .retry_delay("1000 * retried")
        .labels(["a", "b"])
        .callback(callback)
        .failure_callback("https://example.com/failed")
        .forward("X-A", "1")
        .redact(qstash_api::Redact::body())
}

fn common_headers() -> Vec<(&'static str, &'static str)> {
    vec![
        ("upstash-callback", "https://example.com/done"),
        ("upstash-callback-forward-x-c", "c"),
        ("upstash-callback-retries", "1"),
        ("upstash-failure-callback", "https://example.com/failed"),
        ("upstash-forward-x-a", "1"),
        ("upstash-label", "a,b"),
        ("upstash-method", "PUT"),
        ("upstash-redact-fields", "body"),
        ("upstash-retries", "2"),
        ("upstash-retry-delay", "1000 * retried"),
        ("upstash-timeout", "30s"),
    ]
}

const FLOW: [(&str, &str); 2] = [
    ("upstash-flow-control-key", "k"),
    ("upstash-flow-control-value", "rate=1"),
];

fn flow(message: Message) -> Message {
    message.flow_control(FlowControl::new("k").rate(1))
}

fn assert_sent(request: &Recorded, target: &str, more: &[(&str, &str)], body: &[u8]) {
    let mut headers = [common_headers(), more.to_vec()].concat();
    headers.sort_unstable();
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", target)
    );
    assert_eq!(request.message_headers(), headers);
    assert_eq!(request.body, body);
}

#[tokio::test]
async fn a_message_is_published() {
    let recorder = Recorder::answering(r#"{"messageId":"m"}"#);
    let message = flow(common(Message::bytes(vec![0, 255], "image/png")))
        .delay(Duration::from_secs(90))
        .not_before(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000))
        .deduplication_id("id");
    let client = recorder.client();
    let request = client
        .publish_message()
        .destination(DESTINATION)
        .message(message);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.message_id(), Some("m"));
    let more = [
        FLOW[0],
        FLOW[1],
        ("content-type", "image/png"),
        ("upstash-deduplication-id", "id"),
        ("upstash-delay", "90s"),
        ("upstash-not-before", "1700000000"),
    ];
    assert_sent(
        &recorder.only(),
        &format!("/v2/publish/{DESTINATION}"),
        &more,
        &[0, 255],
    );
}

#[tokio::test]
async fn a_message_without_a_body_has_no_media_type() {
    let recorder = Recorder::answering(r#"{"messageId":"m"}"#);
    let client = recorder.client();
    client
        .publish_message()
        .destination("group")
        .message(Message::empty())
        .send()
        .await
        .unwrap();
    let request = recorder.only();
    assert_eq!(request.target, "/v2/publish/group");
    assert_eq!(request.message_headers(), []);
    assert_eq!(request.header("content-length"), Some("0"));
    assert_eq!(request.body, b"");
}

#[tokio::test]
async fn a_message_is_enqueued() {
    let recorder = Recorder::answering(r#"{"messageId":"m"}"#);
    let message = common(Message::text("hi")).deduplicate_by_content();
    let client = recorder.client();
    let request = client
        .enqueue_message()
        .queue("my.queue")
        .destination(DESTINATION);
    request.message(message).send().await.unwrap();
    let more = [
        ("content-type", "text/plain; charset=utf-8"),
        ("upstash-content-based-deduplication", "true"),
    ];
    let target = format!("/v2/enqueue/my.queue/{DESTINATION}");
    assert_sent(&recorder.only(), &target, &more, b"hi");
}

#[tokio::test]
async fn a_message_is_scheduled() {
    let recorder = Recorder::answering(r#"{"scheduleId":"s"}"#);
    let message = flow(common(Message::json(&[1]).unwrap())).delay(Duration::from_secs(1));
    let client = recorder.client();
    let request = client
        .create_schedule()
        .destination(DESTINATION)
        .cron("CRON_TZ=Europe/Berlin 0 9 * * 1")
        .schedule_id("my-id")
        .queue("my-queue")
        .message(message);
    request.send().await.unwrap();
    let more = [
        FLOW[0],
        FLOW[1],
        ("content-type", "application/json"),
        ("upstash-cron", "CRON_TZ=Europe/Berlin 0 9 * * 1"),
        ("upstash-delay", "1s"),
        ("upstash-queue-name", "my-queue"),
        ("upstash-schedule-id", "my-id"),
    ];
    assert_sent(
        &recorder.only(),
        &format!("/v2/schedules/{DESTINATION}"),
        &more,
        b"[1]",
    );
}

#[tokio::test]
async fn options_of_messages_in_the_dlq_are_overridden() {
    let recorder = Recorder::answering(r#"{"messageId":"m","responses":[]}"#);
    let overrides = || {
        flow(common(Message::empty()))
            .delay(Duration::ZERO)
            .deduplication_id("id")
    };
    let client = recorder.client();
    let more = [
        FLOW[0],
        FLOW[1],
        ("upstash-deduplication-id", "id"),
        ("upstash-delay", "0s"),
    ];
    let one = client
        .retry_dlq_message()
        .dlq_id("d 1")
        .overrides(overrides());
    one.send().await.unwrap();
    assert_sent(&recorder.only(), "/v2/dlq/retry/d%201", &more, b"");
    let bulk = client.retry_dlq_messages().all().overrides(overrides());
    bulk.send().await.unwrap();
    assert_sent(&recorder.only(), "/v2/dlq/retry", &more, b"");
}

#[tokio::test]
async fn messages_are_sent_in_a_batch() {
    let recorder = Recorder::answering(r#"[{"messageId":"m"},{"error":"no"}]"#);
    let client = recorder.client();
    let first = flow(Message::json(&json!({ "a": "é" })).unwrap()).delay(Duration::from_secs(9));
    let second = Message::empty()
        .forward("X-A", "1")
        .callback("https://example.com/done");
    let request = client
        .batch_messages()
        .messages([first.to(DESTINATION), second.to("group").queue("queue")]);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.failures().collect::<Vec<_>>(), [(1, "no")]);
    let request = recorder.only();
    assert_eq!(request.target, "/v2/batch");
    assert_eq!(
        request.message_headers(),
        [("content-type", "application/json")]
    );
    assert_eq!(
        serde_json::from_slice::<Value>(&request.body).unwrap(),
        json!([
            {
                "destination": DESTINATION,
                "headers": {
                    "Content-Type": "application/json",
                    "Upstash-Delay": "9s",
                    "Upstash-Flow-Control-Key": "k",
                    "Upstash-Flow-Control-Value": "rate=1",
                },
                "body": "{\"a\":\"é\"}",
            },
            {
                "destination": "group",
                "headers": {
                    "Upstash-Callback": "https://example.com/done",
                    "Upstash-Forward-X-A": "1",
                },
                "queue": "queue",
            },
        ])
    );
}

/// A way out that every builder has, for one message among others.
#[tokio::test]
async fn a_message_of_a_batch_takes_headers_that_no_setter_is_for() {
    let recorder = Recorder::answering(r#"[{"messageId":"m"}]"#);
    let client = recorder.client();
    let message = || Message::text("a").deduplication_id("id").to("group");
    let novel = message()
        .header("Upstash-Callback-Novelty", "a\tb")
        .header("Upstash-Content-Based-Deduplication", "true");
    let debug = format!("{novel:?}");
    assert!(
        debug.contains("Novelty") && !debug.contains("a\\tb"),
        "{debug}"
    );
    let request = client.batch_messages().messages([novel]);
    request.send().await.unwrap();
    let body: Value = serde_json::from_slice(&recorder.only().body).unwrap();
    assert_eq!(
        body[0]["headers"],
        json!({
            "Content-Type": "text/plain; charset=utf-8",
            "Upstash-Callback-Novelty": "a\tb",
            "Upstash-Content-Based-Deduplication": "true",
            "Upstash-Deduplication-Id": "id",
        })
    );
    for (name, value, expected) in [
        (
            "upstash-deduplication-id",
            "b",
            "which the message has already",
        ),
        ("a b", "", "is not the name of a header"),
        ("X", "\n", "line break"),
    ] {
        let batch = [message().header(name, value)];
        let request = client.batch_messages().messages(batch);
        let error = request.send().await.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    assert_eq!(recorder.take(), []);
}
