//! Values that an operation cannot do without.

use std::collections::{BTreeMap, BTreeSet};

use crate::guards::call::{Call, operations, refusals};
use crate::guards::loopback::Counter;
use qstash_api::types;

const URL: &str = "https://example.com";

/// Every required value, each left out alone.
#[tokio::test]
async fn what_is_required_and_missing_is_named() {
    let counter = Counter::start();
    let client = counter.client();
    macro_rules! without {
        ($($operation:ident $missing:ident: $request:expr;)+) => {
            vec![$(Call::new(stringify!($operation), stringify!($missing), $request.send())),+]
        };
    }
    let calls = without![
        publish_message destination: client.publish_message();
        enqueue_message destination: client.enqueue_message().queue("q");
        enqueue_message queue: client.enqueue_message().destination(URL);
        batch_messages body: client.batch_messages();
        get_message message_id: client.get_message();
        cancel_message message_id: client.cancel_message();
        retry_message message_id: client.retry_message();
        upsert_queue body: client.upsert_queue();
        get_queue queue_name: client.get_queue();
        delete_queue queue_name: client.delete_queue();
        pause_queue queue_name: client.pause_queue();
        resume_queue queue_name: client.resume_queue();
        create_schedule destination: client.create_schedule().cron("* * * * *");
        create_schedule cron: client.create_schedule().destination(URL);
        get_schedule schedule_id: client.get_schedule();
        delete_schedule schedule_id: client.delete_schedule();
        pause_schedule schedule_id: client.pause_schedule();
        resume_schedule schedule_id: client.resume_schedule();
        get_url_group url_group_name: client.get_url_group();
        delete_url_group url_group_name: client.delete_url_group();
        update_url_group url_group_name:
            client.update_url_group().body(types::UpdateUrlGroupBody::builder().headers(BTreeMap::new()));
        update_url_group body: client.update_url_group().url_group_name("g");
        add_url_group_endpoints url_group_name:
            client.add_url_group_endpoints().body(types::AddUrlGroupEndpointsBody::builder().endpoints([]));
        add_url_group_endpoints body: client.add_url_group_endpoints().url_group_name("g");
        remove_url_group_endpoints url_group_name:
            client.remove_url_group_endpoints().body(types::RemoveUrlGroupEndpointsBody::builder().endpoints([]));
        remove_url_group_endpoints body: client.remove_url_group_endpoints().url_group_name("g");
        get_dlq_message dlq_id: client.get_dlq_message();
        delete_dlq_message dlq_id: client.delete_dlq_message();
        retry_dlq_message dlq_id: client.retry_dlq_message();
        get_flow_control_key flow_control_key: client.get_flow_control_key();
        pause_flow_control_key flow_control_key: client.pause_flow_control_key();
        resume_flow_control_key flow_control_key: client.resume_flow_control_key();
        pin_flow_control_key flow_control_key: client.pin_flow_control_key();
        unpin_flow_control_key flow_control_key: client.unpin_flow_control_key();
        reset_flow_control_rate flow_control_key: client.reset_flow_control_rate();
    ];
    assert_eq!(crate::guards::call::covered(&calls), required());
    let refusals = refusals(&counter, calls, "").await;
    insta::assert_snapshot!("missing", refusals.by_reason());
}

/// Every required parameter and body of the document.
fn required() -> BTreeSet<(String, String)> {
    let mut required = crate::guards::call::setters(|_, parameter| parameter.required);
    for operation in &operations() {
        if operation.body.as_ref().is_some_and(|body| body.required) {
            required.insert((operation.method_name.clone(), "body".to_owned()));
        }
    }
    required
}
