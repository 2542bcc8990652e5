//! Filters, pages, deduplication and the shapes of answers.

use std::time::Duration;

use qstash_dev_server::{EndOfPages, LogMember, Shapes, UrlGroupAnswer};
use serde_json::{Value, json};

use crate::server::common::{Caller, NOWHERE};

const LATER: &str = "Upstash-Delay: 1h";

#[tokio::test]
async fn bulk_cancel_takes_what_every_filter_selects() {
    for (query, expected) in [
        ("url=http://127.0.0.1:9/nowhere", 2),
        ("host=127.0.0.1", 3),
        ("host=localhost", 1),
        ("path=/other", 2),
        ("label=red", 2),
        ("label=red,blue", 3),
        ("label=red&label=blue", 3),
        ("label=red&path=/other", 1),
        ("queueName=q", 1),
        ("topicName=g", 1),
        ("flowControlKey=k", 1),
        ("callerIp=127.0.0.1", 4),
        ("callerIP=10.0.0.1", 0),
        ("scheduleId=none", 0),
        ("fromDate=0&toDate=1", 0),
        ("fromDate=1", 4),
        // A count is ignored.
        ("count=3", 4),
        ("messageIds=msg_a,msg_b", 0),
    ] {
        let caller = Caller::start().await;
        caller.server.hold_deliveries();
        caller
            .publish(NOWHERE, &[LATER, "Upstash-Label: red,green"], "")
            .await;
        let flow = [
            "Upstash-Flow-Control-Key: k",
            "Upstash-Flow-Control-Value: rate=1",
            "Upstash-Label: blue",
        ];
        caller.publish(NOWHERE, &flow, "").await;
        let group = r#"{"endpoints":[{"url":"http://localhost:9/other"}]}"#;
        caller
            .send("POST", "/v2/topics/g/endpoints", &[], group)
            .await;
        caller
            .send("POST", "/v2/publish/g", &["Upstash-Label: red"], "")
            .await;
        caller
            .send("POST", "/v2/enqueue/q/http://127.0.0.1:9/other", &[], "")
            .await;
        let reply = caller
            .send("DELETE", &format!("/v2/messages?{query}"), &[], "")
            .await;
        assert_eq!(reply.json()["cancelled"], expected, "{query}");
        assert_eq!(
            caller.server.snapshot().messages.len(),
            4 - expected,
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_selection_in_a_json_body_counts_as_in_the_query() {
    let caller = Caller::start().await;
    let first = caller.publish(NOWHERE, &[LATER], "").await;
    caller.publish(NOWHERE, &[LATER], "").await;
    let body = json!({"messageIds": [first]}).to_string();
    let reply = caller.send("DELETE", "/v2/messages", &[], &body).await;
    assert_eq!(reply.json()["cancelled"], 1);
}

/// Follows the cursor from page to page; returns the items and the number of pages.
async fn pages(caller: &Caller, path: &str, member: &str) -> (Vec<Value>, usize) {
    let (mut items, mut count, mut cursor) = (Vec::new(), 0, String::new());
    loop {
        let page = caller.get(&format!("{path}&cursor={cursor}")).await.json();
        items.extend(page[member].as_array().unwrap().iter().cloned());
        count += 1;
        match page["cursor"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return (items, count),
        }
    }
}

#[tokio::test]
async fn pages_hold_everything_once_from_new_to_old() {
    let caller = Caller::start().await;
    for number in 0..5 {
        caller.dead_letter(&[], &number.to_string()).await;
    }
    let (letters, count) = pages(&caller, "/v2/dlq?count=2", "messages").await;
    let bodies: Vec<&str> = letters
        .iter()
        .map(|letter| letter["body"].as_str().unwrap())
        .collect();
    assert_eq!((bodies, count), (vec!["4", "3", "2", "1", "0"], 3));

    let all = caller.server.snapshot().logs.len();
    let (logs, count) = pages(&caller, "/v2/logs?count=7", "logs").await;
    assert_eq!((logs.len(), count), (all, all.div_ceil(7)));
    let (failed, _) = pages(&caller, "/v2/logs?state=FAILED&count=3", "logs").await;
    assert_eq!(failed.len(), 5);
}

#[tokio::test]
async fn bulk_operations_on_the_dlq_go_page_by_page() {
    let caller = Caller::start().await;
    for _ in 0..5 {
        caller.dead_letter(&[], "").await;
    }
    let page = caller
        .send("DELETE", "/v2/dlq?count=2", &[], "")
        .await
        .json();
    assert_eq!(page["deleted"], 2);
    assert!(page["cursor"].is_string());
    caller.server.hold_deliveries();
    let path = format!(
        "/v2/dlq/retry?count=2&cursor={}",
        page["cursor"].as_str().unwrap()
    );
    let page = caller.send("POST", &path, &[], "").await.json();
    assert_eq!(page["responses"].as_array().unwrap().len(), 2);
    let page = caller
        .send("POST", "/v2/dlq/retry?count=2", &[], "")
        .await
        .json();
    assert_eq!(
        (
            page["responses"].as_array().unwrap().len(),
            page.get("cursor")
        ),
        (1, None)
    );
    assert_eq!(caller.server.snapshot().messages.len(), 3);
}

#[tokio::test]
async fn duplicates_are_recognised_for_ten_minutes() {
    let id: &[&str] = &["Upstash-Deduplication-Id: one", LATER];
    let content: &[&str] = &["Upstash-Content-Based-Deduplication: true", LATER];
    let python: &[&str] = &["Upstash-Content-Based-Deduplication: True", LATER];
    for (headers, other_body_is_duplicate) in [(id, true), (content, false), (python, false)] {
        let caller = Caller::start().await;
        let path = format!("/v2/publish/{NOWHERE}");
        let first = caller.send("POST", &path, headers, "a").await;
        let again = caller.send("POST", &path, headers, "a").await;
        assert_eq!((first.status, again.status), (201, 202));
        let expected = json!({"messageId": first.json()["messageId"], "deduplicated": true});
        assert_eq!(again.json(), expected);
        let other = caller.send("POST", &path, headers, "b").await;
        assert_eq!(other.status == 202, other_body_is_duplicate, "{headers:?}");
        caller.server.clock().advance(Duration::from_secs(599));
        assert_eq!(caller.send("POST", &path, headers, "a").await.status, 202);
        caller.server.clock().advance(Duration::from_secs(1));
        assert_eq!(caller.send("POST", &path, headers, "a").await.status, 201);
    }
}

#[tokio::test]
async fn each_endpoint_of_a_url_group_has_its_own_duplicates() {
    let caller = Caller::start().await;
    let group = r#"{"endpoints":[{"url":"http://127.0.0.1:9/1"},{"url":"http://127.0.0.1:9/2"}]}"#;
    caller
        .send("POST", "/v2/topics/g/endpoints", &[], group)
        .await;
    let headers = ["Upstash-Deduplication-Id: one", LATER];
    let first = caller.send("POST", "/v2/publish/g", &headers, "").await;
    let again = caller.send("POST", "/v2/publish/g", &headers, "").await;
    assert_eq!((first.status, again.status), (201, 202));
    assert_eq!(first.json()[1].get("deduplicated"), None);
    assert_eq!(again.json()[1]["deduplicated"], true);
    assert_eq!(caller.server.snapshot().messages.len(), 2);
}

#[tokio::test]
async fn a_schedule_is_replaced_under_its_id() {
    let caller = Caller::start().await;
    for cron in ["0 0 1 1 *", "0 0 2 2 *"] {
        let header = format!("Upstash-Cron: {cron}");
        let headers = [header.as_str(), "Upstash-Schedule-Id: same"];
        let reply = caller
            .send("POST", &format!("/v2/schedules/{NOWHERE}"), &headers, "")
            .await;
        assert_eq!(reply.status, 201);
    }
    let schedules = caller.server.snapshot().schedules;
    assert_eq!(
        (schedules.len(), &schedules[0]["cron"]),
        (1, &json!("0 0 2 2 *"))
    );
}

#[tokio::test]
async fn answers_take_the_shape_that_is_asked_for() {
    let caller = Caller::start().await;
    caller.server.set_shapes(Shapes {
        nulls: true,
        end_of_pages: EndOfPages::Empty,
        url_group_answer: UrlGroupAnswer::Messages,
        log_member: LogMember::Events,
        documented_cancelled: true,
        documented_caller_ip: true,
        cancel_without_body: true,
    });
    let dlq = caller.get("/v2/dlq").await.json();
    assert_eq!(dlq, json!({"messages": null, "cursor": ""}));

    let group = r#"{"endpoints":[{"url":"http://127.0.0.1:9/1"}]}"#;
    caller
        .send("POST", "/v2/topics/g/endpoints", &[], group)
        .await;
    let sent = caller
        .send("POST", "/v2/publish/g", &[LATER], "")
        .await
        .json();
    let id = sent["messages"][0]["messageId"].as_str().unwrap();
    let message = caller.get(&format!("/v2/messages/{id}")).await.json();
    for absent in ["header", "labels", "callback", "queueName", "body"] {
        assert_eq!(message.get(absent), Some(&Value::Null), "{absent}");
    }
    let cancelled = caller
        .send("DELETE", &format!("/v2/messages/{id}"), &[], "")
        .await;
    assert_eq!((cancelled.status, cancelled.text.as_str()), (202, ""));
    let logs = caller.get("/v2/logs?count=1").await.json();
    assert_eq!(logs["events"][0]["state"], "CANCELLED");
    caller
        .send(
            "POST",
            &format!("/v2/schedules/{NOWHERE}"),
            &["Upstash-Cron: 0 0 1 1 *"],
            "",
        )
        .await;
    assert_eq!(
        caller.get("/v2/schedules").await.json()[0]["callerIp"],
        "127.0.0.1"
    );
}

#[tokio::test]
async fn what_is_redacted_is_shown_nowhere_but_delivered() {
    let caller = Caller::start().await;
    let receiver = qstash_dev_server::Destination::start().await.unwrap();
    receiver.respond_with(|_| qstash_dev_server::Answer::empty(500));
    let headers = [
        "Upstash-Redact-Fields: body,header[X-Secret]",
        "Upstash-Forward-X-Secret: hush",
        "Upstash-Forward-X-Open: open",
        "Upstash-Retries: 0",
    ];
    caller
        .publish(&receiver.url(), &headers, "secret body")
        .await;
    caller.server.settle().await;
    let delivered = &receiver.requests()[0];
    assert_eq!(
        (delivered.header("x-secret"), delivered.body().as_ref()),
        (Some("hush"), b"secret body".as_slice())
    );
    let letter = &caller.get("/v2/dlq").await.json()["messages"][0];
    assert_eq!(letter["header"]["X-Open"], json!(["open"]));
    assert!(letter["body"].as_str().unwrap().starts_with("REDACTED:"));
    let shown = letter.to_string() + &caller.get("/v2/logs").await.text;
    for secret in ["hush", "secret body", "c2VjcmV0IGJvZHk"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
