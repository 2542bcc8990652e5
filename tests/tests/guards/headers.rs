//! Values and names of headers.

use std::collections::BTreeSet;

use crate::call::{Call, Refusals, covered, each, operations, refusals, setters};
use crate::loopback::Counter;
use qstash_api::Client;

const URL: &str = "https://example.com";

/// Headers whose type leaves no room for a wrong character.
const SAFE: [&str; 4] = [
    "Upstash-Content-Based-Deduplication",
    "Upstash-Method",
    "Upstash-Not-Before",
    "Upstash-Retries",
];

/// Every header of every operation that takes a text.
fn texts<'a>(client: &'a Client, value: &'a str) -> Vec<Call<'a>> {
    let calls = [
        each!["publish_message", client.publish_message().destination(URL);
            content_type(value),
            upstash_callback(value),
            upstash_deduplication_id(value),
            upstash_delay(value),
            upstash_failure_callback(value),
            upstash_flow_control_key(value),
            upstash_flow_control_value(value),
            upstash_label(value),
            upstash_redact_fields(value),
            upstash_retry_delay(value),
            upstash_timeout(value)],
        each!["enqueue_message", client.enqueue_message().queue_name("q").destination(URL);
            content_type(value),
            upstash_callback(value),
            upstash_deduplication_id(value),
            upstash_failure_callback(value),
            upstash_label(value),
            upstash_redact_fields(value),
            upstash_retry_delay(value),
            upstash_timeout(value)],
        each!["create_schedule", client.create_schedule().destination(URL).upstash_cron("* * * * *");
            content_type(value),
            upstash_callback(value),
            upstash_cron(value),
            upstash_delay(value),
            upstash_failure_callback(value),
            upstash_flow_control_key(value),
            upstash_flow_control_value(value),
            upstash_label(value),
            upstash_queue_name(value),
            upstash_redact_fields(value),
            upstash_retry_delay(value),
            upstash_schedule_id(value),
            upstash_timeout(value)],
        each!["retry_dlq_message", client.retry_dlq_message().dlq_id("d");
            upstash_callback(value),
            upstash_deduplication_id(value),
            upstash_delay(value),
            upstash_failure_callback(value),
            upstash_flow_control_key(value),
            upstash_flow_control_value(value),
            upstash_label(value),
            upstash_redact_fields(value),
            upstash_retry_delay(value),
            upstash_timeout(value)],
        each!["retry_dlq_messages", client.retry_dlq_messages().all();
            upstash_callback(value),
            upstash_deduplication_id(value),
            upstash_delay(value),
            upstash_failure_callback(value),
            upstash_flow_control_key(value),
            upstash_flow_control_value(value),
            upstash_label(value),
            upstash_redact_fields(value),
            upstash_retry_delay(value),
            upstash_timeout(value)],
    ];
    calls.into_iter().flatten().collect()
}

/// Every family of headers of every operation.
fn families<'a>(client: &'a Client, name: &'a str, value: &'a str) -> Vec<Call<'a>> {
    macro_rules! families {
        ($operation:literal, $request:expr) => {
            each![$operation, $request;
                upstash_forward_header(name, value),
                upstash_callback_header(name, value),
                upstash_callback_forward_header(name, value),
                upstash_failure_callback_header(name, value),
                upstash_failure_callback_forward_header(name, value)]
        };
    }
    let calls = [
        families!("publish_message", client.publish_message().destination(URL)),
        families!(
            "enqueue_message",
            client.enqueue_message().queue_name("q").destination(URL)
        ),
        families!(
            "create_schedule",
            client
                .create_schedule()
                .destination(URL)
                .upstash_cron("* * * * *")
        ),
        families!("retry_dlq_message", client.retry_dlq_message().dlq_id("d")),
        families!("retry_dlq_messages", client.retry_dlq_messages().all()),
    ];
    calls.into_iter().flatten().collect()
}

#[tokio::test]
async fn a_header_value_that_would_begin_another_header_is_refused() {
    let counter = Counter::start();
    let client = counter.client();
    let wanted = setters(|_, parameter| {
        parameter.place == "header" && !SAFE.contains(&parameter.name.as_str())
    });
    assert_eq!(covered(&texts(&client, "")), wanted);
    let mut refusals = Refusals::default();
    for value in ["a\r\nX-Evil: 1", "a\nb", "a\0", "a\u{7f}", "ä"] {
        let calls = texts(&client, value);
        refusals.add(&counter, calls, &format!("{value:?}")).await;
    }
    assert!(
        refusals
            .0
            .iter()
            .all(|(_, reason)| !reason.contains("Evil"))
    );
    insta::assert_snapshot!("header_values", refusals.by_reason());
}

#[tokio::test]
async fn a_header_of_a_family_needs_a_name_and_a_value_that_can_be_sent() {
    let counter = Counter::start();
    let client = counter.client();
    let mut wanted = BTreeSet::new();
    for operation in &operations() {
        let families = operation.header_families.iter();
        wanted.extend(families.map(|family| (operation.method_name(), family.setter_name())));
    }
    assert_eq!(covered(&families(&client, "", "")), wanted);
    let mut refusals = Refusals::default();
    for (name, value) in [
        ("", "a"),
        ("a b", "a"),
        ("a:b", "a"),
        ("a\nb", "a"),
        ("ä", "a"),
        ("X-A", "a\r\nX-Evil: 1"),
        ("X-A", "a\0"),
    ] {
        let calls = families(&client, name, value);
        refusals
            .add(&counter, calls, &format!("{name:?}, {value:?}"))
            .await;
    }
    assert!(
        refusals
            .0
            .iter()
            .all(|(_, reason)| !reason.contains("Evil"))
    );
    insta::assert_snapshot!("header_families", refusals.by_reason());
}

/// One wrong header is not forgotten because a right one follows it.
#[tokio::test]
async fn a_wrong_header_stays_wrong() {
    let counter = Counter::start();
    let client = counter.client();
    let request = client.publish_message().destination(URL);
    let calls = each!["publish_message", request.upstash_forward_header("", "a");
        upstash_forward_header("X-A", "a")];
    assert_eq!(refusals(&counter, calls, "…").await.0.len(), 1);
}
