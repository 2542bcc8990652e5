//! Operations that act on everything without a filter.

use std::collections::BTreeSet;

use crate::guards::call::{Call, calls, covered, operations, refusals, setters};
use crate::guards::loopback::Counter;
use qstash_api::Client;
use xtask::core::Kind;

const NONE: [String; 0] = [];

fn bulk_operations() -> BTreeSet<String> {
    let operations = operations();
    let bulk = operations.iter().filter(|it| !it.needs_filter.is_empty());
    bulk.map(|operation| operation.method_name.clone())
        .collect()
}

#[tokio::test]
async fn without_a_filter_nothing_is_acted_on() {
    let counter = Counter::start();
    let client = counter.client();
    let calls = vec![
        Call::new("cancel_messages", "send", client.cancel_messages().send()),
        Call::new(
            "delete_dlq_messages",
            "send",
            client.delete_dlq_messages().send(),
        ),
        Call::new(
            "retry_dlq_messages",
            "send",
            client.retry_dlq_messages().send(),
        ),
    ];
    let names: BTreeSet<String> = calls.iter().map(|call| call.operation.to_owned()).collect();
    assert_eq!(names, bulk_operations());
    let refusals = refusals(&counter, calls, "").await;
    insta::assert_snapshot!("without_filter", refusals.by_reason());
}

#[tokio::test]
async fn what_is_no_filter_on_the_wire_is_none_here() {
    let counter = Counter::start();
    let client = counter.client();
    let empty = || [String::new()];
    let calls = calls![client;
        cancel_messages.count(1);
        cancel_messages.label(empty());
        cancel_messages.label([","]);
        cancel_messages.label([" , "]);
        cancel_messages.message_ids([String::new(), String::new()]);
        delete_dlq_messages.count(10_i64).cursor("next");
        delete_dlq_messages.message_id("");
        delete_dlq_messages.dlq_ids(empty());
        retry_dlq_messages.cursor("next").count(1);
        retry_dlq_messages.message_id("");
        retry_dlq_messages.url(empty());
    ];
    let refusals = refusals(&counter, calls, "…").await;
    insta::assert_snapshot!("no_filter_on_the_wire", refusals.by_reason());
}

/// Every filter that is a list, of every operation.
fn lists(client: &Client) -> Vec<Call<'_>> {
    calls![client;
        cancel_messages.message_ids(NONE);
        cancel_messages.url_group(NONE);
        cancel_messages.queue_name(NONE);
        cancel_messages.url(NONE);
        cancel_messages.host(NONE);
        cancel_messages.path(NONE);
        cancel_messages.label(NONE);
        cancel_messages.flow_control_key(NONE);
        cancel_messages.schedule_id(NONE);
        cancel_messages.caller_ip(NONE);
        delete_dlq_messages.dlq_ids(NONE);
        delete_dlq_messages.url(NONE);
        delete_dlq_messages.url_group(NONE);
        delete_dlq_messages.schedule_id(NONE);
        delete_dlq_messages.queue_name(NONE);
        delete_dlq_messages.response_status([0_i64; 0]);
        delete_dlq_messages.caller_ip(NONE);
        delete_dlq_messages.label(NONE);
        delete_dlq_messages.flow_control_key(NONE);
        list_dlq_messages.dlq_ids(NONE);
        list_dlq_messages.url_group(NONE);
        list_dlq_messages.queue_name(NONE);
        list_dlq_messages.url(NONE);
        list_dlq_messages.label(NONE);
        list_dlq_messages.flow_control_key(NONE);
        list_dlq_messages.schedule_id(NONE);
        list_dlq_messages.caller_ip(NONE);
        list_dlq_messages.response_status([0_i64; 0]);
        list_logs.message_ids(NONE);
        list_logs.url(NONE);
        list_logs.url_group(NONE);
        list_logs.schedule_id(NONE);
        list_logs.queue_name(NONE);
        list_logs.caller_ip(NONE);
        list_logs.flow_control_key(NONE);
        list_logs.host(NONE);
        list_logs.path(NONE);
        list_logs.label(NONE);
        retry_dlq_messages.dlq_ids(NONE);
        retry_dlq_messages.url(NONE);
        retry_dlq_messages.url_group(NONE);
        retry_dlq_messages.schedule_id(NONE);
        retry_dlq_messages.queue_name(NONE);
        retry_dlq_messages.response_status([0_i64; 0]);
        retry_dlq_messages.caller_ip(NONE);
        retry_dlq_messages.label(NONE);
        retry_dlq_messages.flow_control_key(NONE);
    ]
}

#[tokio::test]
async fn an_empty_list_is_no_filter() {
    let counter = Counter::start();
    let client = counter.client();
    let wanted = setters(|_, parameter| matches!(parameter.slot.kind, Kind::List(_)));
    assert_eq!(covered(&lists(&client)), wanted);
    let refusals = refusals(&counter, lists(&client), "[]").await;
    insta::assert_snapshot!("empty_lists", refusals.by_reason());
}

/// A call with `all()` and an empty list says two things.
#[tokio::test]
async fn an_empty_list_is_refused_beside_another_filter_and_beside_all() {
    let counter = Counter::start();
    let client = counter.client();
    let calls = calls![client;
        cancel_messages.label(NONE).queue_name(["q"]);
        cancel_messages.label(NONE).all();
        delete_dlq_messages.dlq_ids(NONE).message_id("m");
        retry_dlq_messages.dlq_ids(NONE).all();
    ];
    assert_eq!(refusals(&counter, calls, "[]").await.0.len(), 4);
}
