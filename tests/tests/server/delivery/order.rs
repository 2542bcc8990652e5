//! Queues and flow control: how much at once, in which order, how fast.

use qstash_dev_server::{Answer, Destination, Gate, Limits, Reaction};
use serde_json::json;

use super::SECOND;
use crate::server::common::Caller;

/// A destination that keeps everybody waiting until the gate opens.
async fn gated() -> (Destination, Gate) {
    let gate = Gate::closed();
    let held = gate.clone();
    let receiver = Destination::start_with(move |_| Reaction::Stall {
        answer: Answer::empty(200),
        gate: held.clone(),
    });
    (receiver.await.unwrap(), gate)
}

async fn enqueue(caller: &Caller, receiver: &Destination, count: usize) {
    for number in 0..count {
        let path = format!("/v2/enqueue/q/{}/{number}", receiver.url());
        assert_eq!(caller.send("POST", &path, &[], "").await.status, 200);
    }
}

fn paths(receiver: &Destination) -> Vec<String> {
    receiver
        .requests()
        .iter()
        .map(|request| request.path().to_owned())
        .collect()
}

#[tokio::test]
async fn a_queue_delivers_in_order_one_by_one() {
    let caller = Caller::start().await;
    let (receiver, gate) = gated().await;
    enqueue(&caller, &receiver, 4).await;
    receiver.wait_for_requests(1).await;
    assert_eq!(
        caller.get("/v2/globalParallelism").await.json()["parallelismCount"],
        1
    );
    assert_eq!(caller.get("/v2/queues/q").await.json()["lag"], 4);
    gate.open();
    caller.server.settle().await;
    assert_eq!(paths(&receiver), ["/0", "/1", "/2", "/3"]);
    assert_eq!(caller.get("/v2/queues/q").await.json()["lag"], 0);
}

#[tokio::test]
async fn a_message_that_is_retried_holds_its_place_in_the_queue() {
    let caller = Caller::start().await;
    let receiver = Destination::start_with(|request| {
        let fails = request.path() == "/0" && request.header("Upstash-Retried") == Some("0");
        Answer::empty(if fails { 500 } else { 200 })
    });
    let receiver = receiver.await.unwrap();
    enqueue(&caller, &receiver, 2).await;
    caller.server.settle().await;
    assert_eq!(paths(&receiver), ["/0"]);
    caller.server.advance(SECOND * 13).await;
    assert_eq!(paths(&receiver), ["/0", "/0", "/1"]);
}

#[tokio::test]
async fn a_queue_runs_as_many_at_once_as_it_may() {
    let caller = Caller::start().await;
    let (receiver, gate) = gated().await;
    caller
        .send(
            "POST",
            "/v2/queues",
            &[],
            r#"{"queueName":"q","parallelism":2}"#,
        )
        .await;
    enqueue(&caller, &receiver, 5).await;
    receiver.wait_for_requests(2).await;
    assert_eq!(
        caller.get("/v2/globalParallelism").await.json()["parallelismCount"],
        2
    );
    gate.open();
    caller.server.settle().await;
    assert_eq!(receiver.requests().len(), 5);
}

#[tokio::test]
async fn a_paused_queue_delivers_nothing_until_it_is_resumed() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    caller
        .send(
            "POST",
            "/v2/queues",
            &[],
            r#"{"queueName":"q","paused":true}"#,
        )
        .await;
    enqueue(&caller, &receiver, 2).await;
    caller.server.settle().await;
    assert_eq!(receiver.requests().len(), 0);
    caller.send("POST", "/v2/queues/q/resume", &[], "").await;
    caller.server.settle().await;
    assert_eq!(paths(&receiver), ["/0", "/1"]);
}

async fn publish_with(caller: &Caller, receiver: &Destination, value: &str, count: usize) {
    let value = format!("Upstash-Flow-Control-Value: {value}");
    for number in 0..count {
        let url = format!("{}/{number}", receiver.url());
        caller
            .publish(&url, &["Upstash-Flow-Control-Key: k", &value], "")
            .await;
    }
}

#[tokio::test]
async fn a_flow_control_key_limits_how_many_run_at_once() {
    let caller = Caller::start().await;
    let (receiver, gate) = gated().await;
    publish_with(&caller, &receiver, "parallelism=2", 5).await;
    receiver.wait_for_requests(2).await;
    let key = caller.get("/v2/flowControl/k").await.json();
    assert_eq!(
        (&key["parallelismCount"], &key["waitListSize"]),
        (&json!(2), &json!(3))
    );
    gate.open();
    caller.server.settle().await;
    assert_eq!(receiver.requests().len(), 5);
}

#[tokio::test]
async fn a_flow_control_key_limits_how_many_start_in_a_period() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    publish_with(&caller, &receiver, "rate=2, period=60s", 5).await;
    caller.server.settle().await;
    assert_eq!(receiver.requests().len(), 2);
    caller.server.advance(SECOND * 59).await;
    assert_eq!(receiver.requests().len(), 2);
    caller.server.advance(SECOND).await;
    assert_eq!(receiver.requests().len(), 4);
    caller
        .send("POST", "/v2/flowControl/k/resetRate", &[], "")
        .await;
    caller.server.settle().await;
    assert_eq!(paths(&receiver).last().unwrap(), "/4");
}

#[tokio::test]
async fn a_pinned_limit_wins_over_those_of_messages_until_it_is_unpinned() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    caller
        .send("POST", "/v2/flowControl/k/pin?rate=1&period=60", &[], "")
        .await;
    publish_with(&caller, &receiver, "rate=100, period=1s", 2).await;
    caller.server.settle().await;
    assert_eq!(receiver.requests().len(), 1);
    caller
        .send("POST", "/v2/flowControl/k/unpin?rate=true", &[], "")
        .await;
    publish_with(&caller, &receiver, "rate=100, period=1s", 1).await;
    caller.server.settle().await;
    assert_eq!(receiver.requests().len(), 3);
}

#[tokio::test]
async fn a_paused_flow_control_key_holds_its_messages() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    caller
        .send("POST", "/v2/flowControl/k/pause", &[], "")
        .await;
    publish_with(&caller, &receiver, "parallelism=9", 2).await;
    caller.server.settle().await;
    assert_eq!(receiver.requests().len(), 0);
    caller
        .send("POST", "/v2/flowControl/k/resume", &[], "")
        .await;
    caller.server.settle().await;
    assert_eq!(receiver.requests().len(), 2);
}

#[tokio::test]
async fn the_plan_limits_how_many_run_at_once() {
    let caller = Caller::start().await;
    let (receiver, gate) = gated().await;
    let limits = Limits {
        parallelism: Some(3),
        ..Limits::default()
    };
    caller.server.set_limits(limits);
    for _ in 0..5 {
        caller.publish(&receiver.url(), &[], "").await;
    }
    receiver.wait_for_requests(3).await;
    let global = caller.get("/v2/globalParallelism").await.json();
    assert_eq!(global, json!({"parallelismMax": 3, "parallelismCount": 3}));
    gate.open();
    caller.server.settle().await;
    assert_eq!(receiver.requests().len(), 5);
}

#[tokio::test]
async fn held_deliveries_wait_until_they_are_released() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    caller.server.hold_deliveries();
    caller.publish(&receiver.url(), &[], "").await;
    caller.server.settle().await;
    assert_eq!(
        (
            receiver.requests().len(),
            caller.server.snapshot().messages.len()
        ),
        (0, 1)
    );
    caller.server.release_deliveries();
    caller.server.settle().await;
    assert_eq!(receiver.requests().len(), 1);
}

#[tokio::test]
async fn many_messages_are_all_delivered_once() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    let items: Vec<_> = (0..500)
        .map(|number| json!({"destination": format!("{}/{number}", receiver.url())}))
        .collect();
    caller
        .send("POST", "/v2/batch", &[], &json!(items).to_string())
        .await;
    caller.server.settle().await;
    let mut all = paths(&receiver);
    all.sort();
    all.dedup();
    assert_eq!((all.len(), receiver.requests().len()), (500, 500));
}
