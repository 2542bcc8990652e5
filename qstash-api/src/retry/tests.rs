//! The policy without a network: what is safe, how long the pauses are, which messages have ids.

use http::HeaderMap;
use reqwest::{Body, Method, Request, Url};

use super::*;
use crate::generated::operations::{OPERATIONS, Operation, Retry, operation};

const ID: &str = "Upstash-Deduplication-Id";
const BY_CONTENT: &str = "Upstash-Content-Based-Deduplication";

fn request(headers: &[(&'static str, &'static str)], body: Option<Body>) -> Request {
    let mut request = Request::new(Method::POST, Url::parse("http://127.0.0.1/").unwrap());
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    *request.body_mut() = body;
    request
}

fn batch(items: &'static str) -> Request {
    request(&[], Some(Body::from(items)))
}

#[test]
fn what_is_safe_to_send_again_depends_on_the_operation_and_on_deduplication() {
    for (id, request, safety) in [
        ("get_message", request(&[], None), Safety::Always),
        ("delete_queue", request(&[], None), Safety::Always),
        (
            "rotate_signing_keys",
            request(&[(ID, "a")], None),
            Safety::Never,
        ),
        ("retry_message", request(&[], None), Safety::Refused),
        (
            "create_schedule",
            request(&[(ID, "a")], None),
            Safety::Refused,
        ),
        (
            "create_schedule",
            request(&[("Upstash-Schedule-Id", "")], None),
            Safety::Refused,
        ),
        (
            "create_schedule",
            request(&[("Upstash-Schedule-Id", "a")], None),
            Safety::Always,
        ),
        (
            "retry_dlq_message",
            request(&[(ID, "a")], None),
            Safety::Refused,
        ),
        ("publish_message", request(&[], None), Safety::NotSent),
        (
            "publish_message",
            request(&[(ID, "")], None),
            Safety::NotSent,
        ),
        (
            "publish_message",
            request(&[(ID, "a")], None),
            Safety::Always,
        ),
        (
            "publish_message",
            request(&[(BY_CONTENT, "false")], None),
            Safety::NotSent,
        ),
        (
            "enqueue_message",
            request(&[(BY_CONTENT, "true")], None),
            Safety::Always,
        ),
        (
            "batch_messages",
            request(&[(ID, "a")], None),
            Safety::NotSent,
        ),
        ("batch_messages", batch("not JSON"), Safety::NotSent),
        (
            "batch_messages",
            batch(r#"[{"destination":"a"}]"#),
            Safety::NotSent,
        ),
        (
            "batch_messages",
            batch(
                r#"[{"destination":"a","headers":{"upstash-deduplication-id":"a"}},{"destination":"b"}]"#,
            ),
            Safety::NotSent,
        ),
        (
            "batch_messages",
            batch(
                r#"[{"destination":"a","headers":{"upstash-deduplication-id":"a"}},
                    {"destination":"b","headers":{"Upstash-Content-Based-Deduplication":"true"}}]"#,
            ),
            Safety::Always,
        ),
    ] {
        assert_eq!(
            Safety::of(operation(id).unwrap(), &request),
            safety,
            "{id} {request:?}"
        );
    }
}

#[test]
fn every_failure_is_judged_by_how_safe_the_request_is() {
    let status = |status| Failure::Answered(StatusCode::from_u16(status).unwrap());
    let failures = [
        Failure::NotSent,
        status(429),
        Failure::Lost,
        status(408),
        status(502),
        status(503),
        status(504),
    ];
    for (safety, allowed) in [
        (Safety::Never, [false; 7]),
        (
            Safety::NotSent,
            [true, false, false, false, false, false, false],
        ),
        (
            Safety::Refused,
            [true, true, false, false, false, false, false],
        ),
        (Safety::Always, [true; 7]),
    ] {
        assert_eq!(
            failures.map(|failure| safety.allows(failure)),
            allowed,
            "{safety:?}"
        );
    }
}

#[test]
fn the_table_says_what_is_never_sent_again_and_what_has_ids() {
    let ids = |wanted: fn(&Operation) -> bool| {
        let found = OPERATIONS.iter().filter(|operation| wanted(operation));
        found.map(|operation| operation.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(Safety::excludes), ["rotate_signing_keys"]);
    let with_ids = [
        "publish_message",
        "enqueue_message",
        "batch_messages",
        "create_schedule",
    ];
    assert_eq!(
        ids(|operation| !operation.idempotency_headers.is_empty()),
        with_ids
    );
    assert_eq!(
        ids(|operation| operation.retry == Retry::Unsent),
        with_ids[..3]
    );
}

#[test]
fn pauses_double_up_to_the_longest_and_are_one_less_than_attempts() {
    let seconds = Duration::from_secs;
    let policy = RetryPolicy::default()
        .base_delay(seconds(1))
        .max_delay(seconds(5));
    let pauses = |attempts| policy.max_attempts(attempts).pauses().collect::<Vec<_>>();
    assert_eq!(pauses(6), [1, 2, 4, 5, 5].map(seconds));
    assert_eq!(pauses(2), [seconds(1)]);
    assert_eq!(pauses(1), []);
    assert_eq!(pauses(0), []);
    let odd = policy.base_delay(seconds(9)).pauses().next();
    assert_eq!(odd, Some(seconds(5)), "no pause is longer than the longest");
}

#[test]
fn a_pause_is_at_least_what_is_asked_for_and_never_ends_too_late() {
    let policy = RetryPolicy::default().max_elapsed(Duration::from_secs(30));
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    for (asked, elapsed, left, shortest) in [
        (None, 0, None, seconds(0)),
        (seconds(7), 0, None, seconds(7)),
        (seconds(7), 21, None, seconds(7)),
        (seconds(7), 22, seconds(9), seconds(7)),
        (seconds(7), 24, None, None),
        (seconds(31), 0, None, None),
        (None, 31, None, None),
        (seconds(7), 0, seconds(7), None),
        (seconds(u64::MAX), 0, None, None),
    ] {
        for _ in 0..100 {
            let longest = Duration::from_secs(1);
            let left = left.unwrap_or(Duration::MAX);
            let pause = policy.pause(longest, asked, Duration::from_secs(elapsed), left);
            assert_eq!(
                pause.is_some(),
                shortest.is_some(),
                "{asked:?} {elapsed} {left:?}"
            );
            if let (Some(pause), Some(shortest)) = (pause, shortest) {
                assert!(
                    pause >= shortest && pause <= shortest + longest,
                    "{pause:?}"
                );
            }
        }
    }
    let never_ending = policy.max_elapsed(Duration::MAX);
    assert!(
        never_ending
            .pause(Duration::MAX, None, Duration::ZERO, Duration::MAX)
            .is_some()
    );
}

#[test]
fn a_random_part_of_each_pause_is_taken() {
    let policy = RetryPolicy::default().max_elapsed(Duration::MAX);
    let longest = Duration::from_secs(1000);
    let pauses =
        (0..200).filter_map(|_| policy.pause(longest, None, Duration::ZERO, Duration::MAX));
    let (short, long): (Vec<_>, Vec<_>) = pauses.partition(|pause| *pause < longest / 2);
    // With 200 tosses of a fair coin, fewer than 40 heads are one in 10^18.
    assert!(
        short.len() > 40 && long.len() > 40,
        "{} {}",
        short.len(),
        long.len()
    );
}

#[test]
fn messages_without_an_id_are_given_one_each_and_others_stay_as_they_are() {
    let mut published = request(&[], Some(Body::from("{}")));
    add_ids(operation("publish_message").unwrap(), &mut published).unwrap();
    let id = published.headers()[ID].to_str().unwrap();
    assert!(
        id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{id}"
    );

    for headers in [[(ID, "mine")], [(BY_CONTENT, "true")]] {
        let mut kept = request(&headers, None);
        let before: HeaderMap = kept.headers().clone();
        add_ids(operation("enqueue_message").unwrap(), &mut kept).unwrap();
        assert_eq!(kept.headers(), &before);
    }

    let mut other = request(&[], None);
    add_ids(operation("create_schedule").unwrap(), &mut other).unwrap();
    assert!(other.headers().is_empty());

    let mut items = batch(
        r#"[{"destination":"a","body":"1"},{"destination":"b","queue":"q","headers":{"Upstash-Deduplication-Id":"mine"}},
            {"destination":"c","headers":{"Upstash-Delay":"1s"}}]"#,
    );
    add_ids(operation("batch_messages").unwrap(), &mut items).unwrap();
    assert_eq!(
        Safety::of(operation("batch_messages").unwrap(), &items),
        Safety::Always
    );
    let sent: serde_json::Value =
        serde_json::from_slice(items.body().unwrap().as_bytes().unwrap()).unwrap();
    let [first, second, third] = sent.as_array().unwrap().as_slice() else {
        panic!("{sent}");
    };
    assert_eq!(
        (&first["destination"], &first["body"]),
        (&"a".into(), &"1".into())
    );
    assert_eq!(
        *second,
        serde_json::json!({"destination": "b", "queue": "q", "headers": {ID: "mine"}})
    );
    assert_eq!(third["headers"]["Upstash-Delay"], "1s");
    assert_ne!(first["headers"][ID], third["headers"][ID]);
}
