//! Requests that are sent again and those that are not, on a clock that does not run by itself.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use qstash_api::types::BatchItem;
use qstash_api::{Client, ErrorKind, Message, RateLimitKind, RetryPolicy};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::time::Instant;

use crate::client::server::{Line, Server, TOKEN, answer, broken_off};

const KEYS: &str = r#"{"current":"sig_a","next":"sig_b"}"#;
const ATTEMPTS: usize = 3;

fn policy() -> RetryPolicy {
    RetryPolicy::default().max_attempts(3)
}

/// Calls an operation of each sort and does not look at how it ends.
async fn call(client: &Client, operation: &str) {
    let publish = || {
        client
            .publish_message()
            .destination("https://example.com")
            .body("{}")
    };
    let item = |id: Option<&str>| {
        let item = BatchItem::builder().destination("https://example.com");
        let headers = id.map(|id| ("Upstash-Deduplication-Id".to_owned(), id.into()));
        BatchItem::try_from(
            item.headers(
                headers
                    .into_iter()
                    .collect::<std::collections::BTreeMap<_, _>>(),
            ),
        )
        .unwrap()
    };
    let batch = |items: Vec<BatchItem>| client.batch_messages().body(items);
    match operation {
        "a read" => drop(client.get_signing_keys().send().await),
        "an idempotent write" => drop(client.delete_queue().queue_name("q").send().await),
        "another write" => drop(client.retry_message().message_id("m").send().await),
        "rotate" => drop(client.rotate_signing_keys().send().await),
        "publish" => drop(publish().send().await),
        "publish with an id" => drop(
            publish()
                .message(Message::empty().deduplication_id("a"))
                .send()
                .await,
        ),
        "publish by content" => drop(
            publish()
                .message(Message::empty().deduplicate_by_content())
                .send()
                .await,
        ),
        "batch" => drop(batch(vec![item(Some("a")), item(None)]).send().await),
        "batch with ids" => drop(batch(vec![item(Some("a")), item(Some("b"))]).send().await),
        other => panic!("{other}"),
    }
}

#[tokio::test(start_paused = true)]
async fn requests_are_sent_again_exactly_where_that_is_safe_and_helps() {
    let operations = [
        "a read",
        "an idempotent write",
        "publish with an id",
        "publish by content",
        "batch with ids",
        "another write",
        "publish",
        "batch",
        "rotate",
    ];
    // For each operation above, whether it is sent again.
    let safe = [true, true, true, true, true, false, false, false, false];
    let refused = [true, true, true, true, true, true, false, false, false];
    let never = [false; 9];
    for (line, again) in [
        (answer(408, &[], ""), safe),
        (answer(429, &[], ""), refused),
        (answer(502, &[], ""), safe),
        (answer(503, &[], "<html>"), safe),
        (answer(504, &[], ""), safe),
        (Line::Close, safe),
        (broken_off(), safe),
        (answer(500, &[], ""), never),
        (answer(501, &[], ""), never),
        (answer(400, &[], r#"{"error":"no"}"#), never),
        (answer(404, &[], ""), never),
        (answer(302, &["location: /elsewhere"], ""), never),
        (answer(200, &[], "not JSON"), never),
    ] {
        let server = Server::start([line.clone()]).await;
        let client = server.client().with_retry(policy());
        for (operation, again) in operations.into_iter().zip(again) {
            let before = server.requests().len();
            call(&client, operation).await;
            let sent = server.requests().len() - before;
            let expected = if again { ATTEMPTS } else { 1 };
            assert_eq!(sent, expected, "{operation} {line:?}");
        }
    }
}

/// Fails for the first two times, so that no connection is made.
struct Flaky(AtomicUsize, SocketAddr);

impl Resolve for Flaky {
    fn resolve(&self, _: Name) -> Resolving {
        let early = self.0.fetch_add(1, Ordering::SeqCst) < 2;
        let address = self.1;
        Box::pin(async move {
            if early {
                return Err("no such host".into());
            }
            Ok(Box::new([address].into_iter()) as Addrs)
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_never_left_is_sent_again_except_for_a_rotation() {
    for (operation, arrives) in [
        ("publish", 1),
        ("batch", 1),
        ("another write", 1),
        ("a read", 1),
        ("rotate", 0),
    ] {
        let server = Server::start([answer(200, &[], KEYS)]).await;
        let resolver = Arc::new(Flaky(AtomicUsize::new(0), server.address));
        let client = server
            .builder()
            .base_url(format!("http://qstash.localhost:{}", server.address.port()))
            .http_client_builder(
                reqwest::Client::builder()
                    .no_proxy()
                    .dns_resolver(resolver.clone()),
            )
            .retry(policy())
            .build()
            .unwrap();
        call(&client, operation).await;
        assert_eq!(server.requests().len(), arrives, "{operation}");
        let expected = if arrives == 1 { ATTEMPTS } else { 1 };
        assert_eq!(resolver.0.load(Ordering::SeqCst), expected, "{operation}");
    }
}

/// `reqwest` has retries of its own, which know nothing of what may be sent twice.
#[tokio::test(start_paused = true)]
async fn retries_of_the_http_client_are_overruled() {
    let server = Server::start([answer(503, &[], "")]).await;
    let retries = reqwest::retry::for_host("127.0.0.1")
        .no_budget()
        .classify_fn(|attempt| match attempt.status() {
            Some(status) if status.is_server_error() => attempt.retryable(),
            _ => attempt.success(),
        });
    let http = reqwest::Client::builder().no_proxy().retry(retries);
    let client = server.builder().http_client_builder(http);
    let client = client.retry(policy()).build().unwrap();
    for (operation, sent) in [("rotate", 1), ("publish", 1), ("a read", ATTEMPTS)] {
        let before = server.requests().len();
        call(&client, operation).await;
        assert_eq!(server.requests().len() - before, sent, "{operation}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_answer_of_a_later_attempt_is_the_answer_and_all_attempts_are_the_same() {
    let server = Server::start([Line::Close, answer(503, &[], ""), answer(200, &[], KEYS)]).await;
    let keys = server.client().get_signing_keys().send().await.unwrap();
    assert_eq!(keys.current.expose(), "sig_a");
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests.iter().all(|request| *request == requests[0]),
        "{requests:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_pause_is_as_long_as_the_service_asks_for() {
    let server =
        Server::start([answer(503, &["retry-after: 7"], ""), answer(200, &[], KEYS)]).await;
    let begun = Instant::now();
    server.client().get_signing_keys().send().await.unwrap();
    assert!(
        begun.elapsed() >= Duration::from_secs(7),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_would_take_too_long_is_left_to_the_caller() {
    let quota = [
        "RateLimit-Limit: 500",
        "RateLimit-Remaining: 0",
        "RateLimit-Reset: 4102444800",
    ];
    for headers in [&["retry-after: 31"][..], &quota] {
        let server = Server::start([answer(429, headers, "")]).await;
        let begun = Instant::now();
        let error = server.client().get_signing_keys().send().await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{headers:?}");
        assert_eq!(begun.elapsed(), Duration::ZERO, "{headers:?}");
        assert!(error.is_retryable());
        let limit = error.rate_limit().unwrap();
        match limit.kind {
            RateLimitKind::Daily => assert!(limit.reset.is_some()),
            _ => assert_eq!(error.retry_after(), Some(Duration::from_secs(31))),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_end_with_the_time_that_the_policy_or_the_call_has() {
    let an_hour = Duration::from_secs(3600);
    let patient = RetryPolicy::default()
        .max_attempts(u32::MAX)
        .base_delay(an_hour)
        .max_delay(an_hour);
    let day = Duration::from_secs(24 * 3600);
    for (policy, timeout) in [
        (patient.max_elapsed(day), Duration::MAX),
        (patient.max_elapsed(Duration::MAX), day),
    ] {
        let server = Server::start([answer(503, &[], "")]).await;
        let client = server.client().with_retry(policy).with_timeout(timeout);
        let begun = Instant::now();
        let error = client.get_signing_keys().send().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 503);
        assert!(begun.elapsed() <= day, "{:?}", begun.elapsed());
        assert!(server.requests().len() > 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_never_answers_costs_the_time_of_an_attempt_or_of_the_call() {
    let [attempt, call] = [5, 8].map(Duration::from_secs);
    let policy = policy().base_delay(Duration::ZERO);
    for (attempt, call, connections) in [
        (attempt, Duration::MAX, 3),
        (attempt, call, 2),
        (Duration::MAX, call, 1),
    ] {
        let server = Server::start([Line::Stall]).await;
        let client = server
            .builder()
            .attempt_timeout(attempt)
            .timeout(call)
            .retry(policy)
            .build()
            .unwrap();
        let begun = Instant::now();
        let error = client.get_signing_keys().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        let total = attempt.saturating_mul(3).min(call);
        // A timer of tokio rounds up to the next millisecond.
        assert!(
            begun.elapsed() <= total + Duration::from_millis(10),
            "{:?}",
            begun.elapsed()
        );
        // The last connection may still wait to be accepted.
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
        assert_eq!(server.connections(), connections);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_never_sent_again() {
    let server = Server::start([answer(503, &[], "")]).await;
    let stream = reqwest::Body::wrap_stream(OneChunk(Some("{}")));
    let client = server.client();
    let request = client.publish_message().destination("https://example.com");
    let error = request
        .message(Message::empty().deduplication_id("a"))
        .body(stream)
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(server.requests().len(), 1);
}

struct OneChunk(Option<&'static str>);

impl futures_core::Stream for OneChunk {
    type Item = Result<&'static str, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Ok))
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_while_it_pauses_sends_nothing_more() {
    let server = Server::start([answer(503, &["retry-after: 20"], "")]).await;
    let client = server.client();
    let call = client.get_signing_keys().send();
    assert!(
        tokio::time::timeout(Duration::from_secs(10), call)
            .await
            .is_err()
    );
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(server.connections(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_policy_may_be_of_one_call_alone() {
    let server = Server::start([answer(503, &[], "")]).await;
    let client = server.client().with_retry(policy());
    let _ = client
        .with_retry(RetryPolicy::never())
        .get_signing_keys()
        .send()
        .await;
    assert_eq!(server.requests().len(), 1);
    let _ = client.get_signing_keys().send().await;
    assert_eq!(server.requests().len(), 1 + ATTEMPTS);
}

#[tokio::test(start_paused = true)]
async fn messages_that_are_given_ids_are_sent_again_with_the_same_ids() {
    for operation in ["publish", "batch"] {
        let server = Server::start([Line::Close]).await;
        let client = server.client().with_retry(policy().deduplicate(true));
        call(&client, operation).await;
        call(&client, operation).await;
        let requests = server.requests();
        assert_eq!(requests.len(), 2 * ATTEMPTS, "{operation}");
        let (first, second) = requests.split_at(ATTEMPTS);
        assert!(
            first[0]
                .to_ascii_lowercase()
                .contains("upstash-deduplication-id"),
            "{}",
            first[0]
        );
        assert!(
            first.iter().all(|request| *request == first[0]),
            "{operation}"
        );
        assert_ne!(first[0], second[0], "each call has ids of its own");
    }
}

#[tokio::test]
async fn calls_can_move_between_threads() {
    let server = Server::start([answer(200, &[], KEYS)]).await;
    let client = server.client();
    let task = tokio::spawn(async move {
        client
            .get_signing_keys()
            .send()
            .await
            .map(|keys| keys.status())
    });
    assert_eq!(task.await.unwrap().unwrap(), 200);
    assert!(server.requests()[0].contains(TOKEN));
}
