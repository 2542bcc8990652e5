//! Limits of the plan and limits by time.

use qstash_dev_server::Limits;

use crate::server::common::Caller;

const PUBLISH: &str = "/v2/publish/http://127.0.0.1:9/a";
const ENQUEUE: &str = "/v2/enqueue/q/http://127.0.0.1:9/a";
const SCHEDULE: &str = "/v2/schedules/http://127.0.0.1:9/a";

#[tokio::test]
async fn limits_of_the_plan_answer_412() {
    let caller = Caller::start().await;
    let one = Some(1);
    caller.server.set_limits(Limits {
        queues: one,
        schedules: one,
        url_groups: one,
        ..Limits::default()
    });
    let cron = ["Upstash-Cron: 0 0 1 1 *"];
    let group = r#"{"endpoints":[{"url":"http://127.0.0.1:9/"}]}"#;
    for (path, headers, body) in [
        (
            "/v2/queues",
            &[] as &[&str],
            r#"{"queueName":"$","parallelism":1}"#,
        ),
        ("/v2/topics/$/endpoints", &[], group),
        (SCHEDULE, &cron, ""),
    ] {
        for (name, allowed) in [("a", true), ("b", false)] {
            let reply = caller
                .send(
                    "POST",
                    &path.replace('$', name),
                    headers,
                    &body.replace('$', name),
                )
                .await;
            let refused = reply.status == 412 && reply.text.contains("the plan allows 1");
            assert_eq!(refused, !allowed, "{path}: {reply:?}");
        }
    }
    let reply = caller
        .send("POST", "/v2/enqueue/new/http://127.0.0.1:9/", &[], "")
        .await;
    assert_eq!(reply.status, 412);
}

#[tokio::test]
async fn limits_by_time_answer_429_with_their_headers_until_the_clock_moves_on() {
    for (limits, path, family, pause) in [
        (
            Limits {
                per_second: Some(2),
                ..Limits::default()
            },
            "/v2/queues/",
            "burst-ratelimit-reset",
            1,
        ),
        (
            Limits {
                per_day: Some(2),
                ..Limits::default()
            },
            PUBLISH,
            "ratelimit-reset",
            86_400,
        ),
        (
            Limits {
                chat: Some(2),
                ..Limits::default()
            },
            PUBLISH,
            "x-ratelimit-reset-requests",
            86_400,
        ),
    ] {
        let caller = Caller::start().await;
        caller.server.hold_deliveries();
        caller.server.set_limits(limits);
        let method = if path == PUBLISH { "POST" } else { "GET" };
        for expected in [true, true, false] {
            let reply = caller.send(method, path, &[], "").await;
            assert_eq!(reply.status != 429, expected, "{family}");
            let reset: u64 = reply.header(family).parse().unwrap();
            let now = caller.server.clock().now_secs();
            assert!(
                (now + 1..=now + pause).contains(&reset),
                "{family}: {reset}"
            );
        }
        caller
            .server
            .clock()
            .advance(std::time::Duration::from_secs(pause));
        assert_ne!(
            caller.send(method, path, &[], "").await.status,
            429,
            "{family}"
        );
    }
}

#[tokio::test]
async fn sending_messages_is_free_of_the_limit_per_second() {
    let caller = Caller::start().await;
    caller.server.hold_deliveries();
    caller.server.set_limits(Limits {
        per_second: Some(1),
        ..Limits::default()
    });
    for _ in 0..3 {
        assert_eq!(caller.send("POST", PUBLISH, &[], "").await.status, 201);
        assert_eq!(caller.send("POST", ENQUEUE, &[], "").await.status, 200);
        assert_eq!(
            caller.send("POST", "/v2/batch", &[], "[]").await.status,
            200
        );
    }
}
