//! Names and values of headers.

use crate::guards::call::{Call, Refusals, each, operations, refusals};
use crate::guards::loopback::Counter;
use qstash_api::{Callback, Client, Message};
use xtask::core::Place;

const URL: &str = "https://example.com";

/// Hand-written setters say every header of the document, so that there is no second way.
#[test]
fn no_header_has_a_raw_setter() {
    for operation in &operations() {
        let mut parameters = operation.parameters.iter();
        let raw = parameters.find(|it| it.place == Place::Header && !it.internal);
        assert!(raw.is_none(), "{}: {raw:?}", operation.id);
        let family = operation.header_families.iter().find(|it| !it.internal);
        assert!(family.is_none(), "{}: {family:?}", operation.id);
    }
}

/// Every way to say a header that is a text.
fn texts<'a>(client: &'a Client, value: &'a str) -> Vec<Call<'a>> {
    let message = |change: fn(Message, &str) -> Message| change(Message::empty(), value);
    let callback = |callback: Callback| Message::empty().callback(callback);
    let publish = || client.publish_message().destination(URL);
    let schedule = || client.create_schedule().destination(URL).cron("* * * * *");
    let calls = [
        each!["publish_message", publish();
            header("X-A", value),
            message(message(|it, value| it.content_type(value))),
            message(message(|it, value| it.deduplication_id(value))),
            message(message(|it, value| it.label(value))),
            message(message(|it, value| it.retry_delay(value))),
            message(message(|it, value| it.forward("X-A", value))),
            message(callback(Callback::new(value))),
            message(callback(Callback::new(URL).forward("X-A", value)))],
        each!["create_schedule", client.create_schedule().destination(URL); cron(value)],
        each!["create_schedule", schedule(); schedule_id(value), queue(value)],
        each!["enqueue_message", client.enqueue_message().destination(URL); queue(value)],
        each!["list_queues", client.list_queues(); header("X-A", value)],
    ];
    calls.into_iter().flatten().collect()
}

#[tokio::test]
async fn a_header_value_that_would_begin_another_header_is_refused() {
    let counter = Counter::start();
    let client = counter.client();
    let mut refusals = Refusals::default();
    for value in ["a\r\nX-Evil: 1", "a\nb", "a\0", "a\u{7f}", "ä"] {
        let calls = texts(&client, value);
        refusals.add(&counter, calls, &format!("{value:?}")).await;
    }
    assert!(
        refusals
            .0
            .iter()
            .all(|(_, reason)| !reason.contains(char::is_control))
    );
    insta::assert_snapshot!("header_values", refusals.by_reason());
}

/// Every way to say the name of a header.
fn names<'a>(client: &'a Client, name: &'a str) -> Vec<Call<'a>> {
    let publish = || client.publish_message().destination(URL);
    let forward = Message::empty().forward(name, "a");
    let callback = Message::empty().callback(Callback::new(URL).forward(name, "a"));
    each!["publish_message", publish();
        header(name, "a"), message(forward.clone()), message(callback.clone())]
}

#[tokio::test]
async fn a_name_that_no_header_can_have_is_refused() {
    let counter = Counter::start();
    let client = counter.client();
    let mut refusals = Refusals::default();
    for name in ["", "a b", "a:b", "a\nb", "ä"] {
        let calls = names(&client, name);
        refusals.add(&counter, calls, &format!("{name:?}")).await;
    }
    insta::assert_snapshot!("header_names", refusals.by_reason());
}

/// Headers that the client or the builder sets itself cannot be set a second time.
#[tokio::test]
async fn a_header_or_a_parameter_that_the_request_has_already_is_refused() {
    let counter = Counter::start();
    let client = counter.client();
    let publish = || {
        client
            .publish_message()
            .destination(URL)
            .message(Message::text("a").retries(1))
    };
    let calls = [
        each!["publish_message", publish();
            header("Authorization", "Bearer s3cr3t"),
            header("upstash-retries", "2"),
            header("Content-Type", "text/html"),
            header("Accept", "text/html"),
            header("Content-Length", "1"),
            header("Host", "example.com"),
            query("qstash_token", "s3cr3t")],
        each!["list_logs", client.list_logs().cursor("a"); query("cursor", "b")],
    ];
    let calls = calls.into_iter().flatten().collect();
    let refusals = refusals(&counter, calls, "…").await;
    assert!(
        refusals
            .0
            .iter()
            .all(|(_, reason)| !reason.contains("s3cr3t"))
    );
    insta::assert_snapshot!("said_twice", refusals.by_reason());
}

/// One wrong header is not forgotten because a right one follows it.
#[tokio::test]
async fn a_wrong_header_stays_wrong() {
    let counter = Counter::start();
    let client = counter.client();
    let request = client.publish_message().destination(URL).header("", "a");
    let calls = each!["publish_message", request; header("X-A", "a")];
    assert_eq!(refusals(&counter, calls, "…").await.0.len(), 1);
}
