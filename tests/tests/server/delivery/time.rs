//! Delays, schedules and the clock.

use qstash_dev_server::{Clock, Destination, QStash};
use serde_json::json;

use super::SECOND;
use crate::server::common::Caller;

/// 2026-01-01T00:00:00Z, in milliseconds.
const NEW_YEAR: u64 = 1_767_225_600_000;

async fn at_new_year() -> (Caller, Destination) {
    let builder = QStash::builder().clock(Clock::standing_at(NEW_YEAR));
    (
        Caller::with(builder.start().await.unwrap()),
        Destination::start().await.unwrap(),
    )
}

#[tokio::test]
async fn delayed_messages_arrive_when_they_are_due_and_not_before() {
    let not_before = format!("Upstash-Not-Before: {}", NEW_YEAR / 1000 + 60);
    let past = format!("Upstash-Not-Before: {}", NEW_YEAR / 1000 - 60);
    for (headers, seconds) in [
        (&["Upstash-Delay: 1m"] as &[&str], 60),
        (&[&not_before], 60),
        (&["Upstash-Delay: 10s", &not_before], 60),
        (&["Upstash-Delay: 0s"], 0),
        (&[&past], 0),
    ] {
        let (caller, receiver) = at_new_year().await;
        caller.publish(&receiver.url(), headers, "").await;
        if seconds > 0 {
            caller.server.advance(SECOND * (seconds - 1)).await;
            assert_eq!(receiver.requests().len(), 0, "{headers:?}");
            caller.server.advance(SECOND).await;
        }
        caller.server.settle().await;
        assert_eq!(receiver.requests().len(), 1, "{headers:?}");
    }
}

#[tokio::test]
async fn a_waiting_message_can_be_released_at_once() {
    let (caller, receiver) = at_new_year().await;
    let id = caller
        .publish(&receiver.url(), &["Upstash-Delay: 1d"], "")
        .await;
    caller
        .send("POST", &format!("/v2/messages/{id}/retry"), &[], "")
        .await;
    caller.server.settle().await;
    assert_eq!(receiver.requests().len(), 1);
}

#[tokio::test]
async fn a_schedule_publishes_at_each_of_its_moments() {
    let (caller, receiver) = at_new_year().await;
    let headers = [
        "Upstash-Cron: CRON_TZ=Europe/Berlin */20 * * * *",
        "Upstash-Schedule-Id: often",
        "Upstash-Forward-X-A: 1",
        "Upstash-Delay: 30s",
    ];
    caller
        .send(
            "POST",
            &format!("/v2/schedules/{}/s", receiver.url()),
            &headers,
            "tick",
        )
        .await;
    caller.server.advance(SECOND * 3600).await;
    // The third message is created on the hour and waits another half minute.
    let times: Vec<u64> = active(&caller);
    assert_eq!(times, [1230, 2430]);
    caller.server.advance(SECOND * 30).await;
    assert_eq!(active(&caller), [1230, 2430, 3630]);
    let delivered = &receiver.requests()[0];
    assert_eq!(delivered.header("Upstash-Schedule-Id"), Some("often"));
    assert_eq!(
        (delivered.header("X-A"), delivered.body().as_ref()),
        (Some("1"), b"tick".as_slice())
    );
    let schedule = caller.get("/v2/schedules/often").await.json();
    assert_eq!(schedule["lastScheduleTime"], NEW_YEAR + 3_600_000);
    assert_eq!(schedule["nextScheduleTime"], NEW_YEAR + 4_800_000);
    let id = receiver.requests()[2]
        .header("Upstash-Message-Id")
        .unwrap()
        .to_owned();
    assert_eq!(schedule["lastScheduleStates"], json!({ id: "SUCCESS" }));
}

fn active(caller: &Caller) -> Vec<u64> {
    let logs = caller.server.snapshot().logs;
    let starts = logs.iter().filter(|entry| entry["state"] == "ACTIVE");
    starts
        .map(|entry| (entry["time"].as_u64().unwrap() - NEW_YEAR) / 1000)
        .collect()
}

#[tokio::test]
async fn a_paused_schedule_publishes_nothing_and_makes_up_for_nothing() {
    let (caller, receiver) = at_new_year().await;
    let headers = ["Upstash-Cron: * * * * *", "Upstash-Schedule-Id: s"];
    caller
        .send(
            "POST",
            &format!("/v2/schedules/{}", receiver.url()),
            &headers,
            "",
        )
        .await;
    caller.send("POST", "/v2/schedules/s/pause", &[], "").await;
    caller.server.advance(SECOND * 600).await;
    assert_eq!(receiver.requests().len(), 0);
    caller
        .send("PATCH", "/v2/schedules/s/resume", &[], "")
        .await;
    caller.server.advance(SECOND * 120).await;
    assert_eq!(receiver.requests().len(), 2);
}

#[tokio::test]
async fn a_schedule_can_put_its_messages_into_a_queue_or_a_url_group() {
    let (caller, receiver) = at_new_year().await;
    let endpoints =
        json!({"endpoints": [{"url": receiver.url()}, {"url": format!("{}/2", receiver.url())}]});
    caller
        .send(
            "POST",
            "/v2/topics/g/endpoints",
            &[],
            &endpoints.to_string(),
        )
        .await;
    caller
        .send(
            "POST",
            "/v2/schedules/g",
            &["Upstash-Cron: * * * * *", "Upstash-Queue-Name: q"],
            "",
        )
        .await;
    caller.server.advance(SECOND * 60).await;
    assert_eq!(receiver.requests().len(), 2);
    let logs = caller.server.snapshot().logs;
    assert!(
        logs.iter()
            .all(|entry| entry["queueName"] == "q" && entry["topicName"] == "g")
    );
}

#[tokio::test]
async fn a_jump_of_the_clock_wakes_what_is_due_without_being_asked() {
    let (caller, receiver) = at_new_year().await;
    caller
        .publish(&receiver.url(), &["Upstash-Delay: 1h"], "")
        .await;
    caller.server.clock().advance(SECOND * 3600);
    assert_eq!(receiver.wait_for_requests(1).await.len(), 1);
}

#[tokio::test]
async fn a_server_on_the_clock_of_the_system_can_be_moved_ahead() {
    let builder = QStash::builder().clock(Clock::system());
    let caller = Caller::with(builder.start().await.unwrap());
    let receiver = Destination::start().await.unwrap();
    caller
        .publish(&receiver.url(), &["Upstash-Delay: 1h"], "")
        .await;
    caller.server.clock().advance(SECOND * 3600);
    assert_eq!(receiver.wait_for_requests(1).await.len(), 1);
}
