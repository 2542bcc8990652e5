//! Values that go into the path.

use std::collections::BTreeMap;

use crate::guards::call::{Call, Refusals, calls, covered, setters};
use crate::guards::loopback::Counter;
use qstash_api::{Client, types};
use xtask::core::Place;

/// Every path value of every operation that is one segment.
fn segments<'a>(client: &'a Client, value: &'a str) -> Vec<Call<'a>> {
    calls![client;
        get_message.message_id(value);
        cancel_message.message_id(value);
        retry_message.message_id(value);
        get_queue.queue_name(value);
        delete_queue.queue_name(value);
        pause_queue.queue_name(value);
        resume_queue.queue_name(value);
        get_schedule.schedule_id(value);
        delete_schedule.schedule_id(value);
        pause_schedule.schedule_id(value);
        resume_schedule.schedule_id(value);
        get_url_group.url_group_name(value);
        delete_url_group.url_group_name(value);
        update_url_group.url_group_name(value).body(types::UpdateUrlGroupBody::builder().headers(BTreeMap::new()));
        add_url_group_endpoints.url_group_name(value).body(types::AddUrlGroupEndpointsBody::builder().endpoints([]));
        remove_url_group_endpoints.url_group_name(value).body(types::RemoveUrlGroupEndpointsBody::builder().endpoints([]));
        get_dlq_message.dlq_id(value);
        delete_dlq_message.dlq_id(value);
        retry_dlq_message.dlq_id(value);
        get_flow_control_key.flow_control_key(value);
        pause_flow_control_key.flow_control_key(value);
        resume_flow_control_key.flow_control_key(value);
        pin_flow_control_key.flow_control_key(value);
        unpin_flow_control_key.flow_control_key(value);
        reset_flow_control_rate.flow_control_key(value);
    ]
}

/// Every path value of every operation that goes into the path as it is.
fn raw<'a>(client: &'a Client, value: &'a str) -> Vec<Call<'a>> {
    calls![client;
        publish_message.destination(value);
        enqueue_message.destination(value).queue("q");
        create_schedule.destination(value).cron("* * * * *");
    ]
}

#[tokio::test]
async fn a_segment_that_would_address_another_resource_is_refused() {
    let counter = Counter::start();
    let client = counter.client();
    assert_eq!(
        covered(&segments(&client, "")),
        setters(|_, parameter| parameter.place == Place::Path
            && !parameter.raw
            && !parameter.internal)
    );
    let mut refusals = Refusals::default();
    for value in ["", ".", ".."] {
        let calls = segments(&client, value);
        refusals.add(&counter, calls, &format!("{value:?}")).await;
    }
    insta::assert_snapshot!("segments", refusals.by_reason());
}

#[tokio::test]
async fn a_raw_value_that_would_not_arrive_as_it_is_is_refused() {
    let values = [
        "",
        ".",
        "..",
        "https://example.com/#part",
        "https://example.com/a/../b",
        "https://x/../../../../v2/keys/rotate",
        "https://example.com/.",
        "https://example.com/..?x=1",
        "https://example.com/%2e%2e/b",
        "https://example.com/%2E/b",
        "https://example.com/.%2e/b",
        "https://example.com\\b",
        "https://example.com/a\nb",
        "https://example.com/a\rb",
        "https://example.com/a\tb",
        "https://example.com/\0",
        "https://example.com/\u{7f}",
        "https://example.com/\u{85}",
    ];
    let counter = Counter::start();
    let client = counter.client();
    assert_eq!(
        covered(&raw(&client, "")),
        setters(|_, parameter| parameter.place == Place::Path && parameter.raw)
    );
    let mut refusals = Refusals::default();
    for value in values {
        let calls = raw(&client, value);
        refusals.add(&counter, calls, &format!("{value:?}")).await;
    }
    insta::assert_snapshot!("raw_values", refusals.by_reason());
}
