//! Many messages, in batches of which several are under way at once.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use futures_util::StreamExt;
use qstash_api::{BatchMessage, BulkResult, Client, Message, RetryPolicy};
use qstash_dev_server::{Destination, Fault, Operation, QStash};
use serde_json::Value;

/// The answer of a service to a batch: a status and a body.
type Answer = fn(&[Value]) -> (StatusCode, String);

/// A service that takes batches alone, and what it was sent, by the bodies of the messages.
struct Batches {
    client: Client,
    seen: Arc<Mutex<Vec<Vec<String>>>>,
}

impl Batches {
    async fn start(answer: Answer) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&seen);
        let app = Router::new().route(
            "/v2/batch",
            post(move |body: String| async move {
                let items: Vec<Value> = serde_json::from_str(&body).unwrap();
                let bodies = items.iter().map(|item| item["body"].as_str().unwrap());
                kept.lock()
                    .unwrap()
                    .push(bodies.map(str::to_owned).collect());
                answer(&items)
            }),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let builder = Client::builder()
            .token("token")
            .base_url(url)
            .timeout(Duration::MAX)
            .attempt_timeout(Duration::MAX);
        let client = builder.retry(RetryPolicy::never()).build().unwrap();
        Self { client, seen }
    }

    fn requests(&self) -> Vec<Vec<String>> {
        std::mem::take(&mut *self.seen.lock().unwrap())
    }
}

fn accept(items: &[Value]) -> (StatusCode, String) {
    let id = |item: &Value| {
        format!(
            r#"{{"messageId":"id of {}"}}"#,
            item["body"].as_str().unwrap()
        )
    };
    let ids: Vec<String> = items.iter().map(id).collect();
    (StatusCode::OK, format!("[{}]", ids.join(",")))
}

fn messages(bodies: impl IntoIterator<Item = impl ToString>) -> Vec<BatchMessage> {
    let message = |body: String| Message::text(body).to("https://example.com");
    let bodies = bodies.into_iter();
    bodies.map(|body| message(body.to_string())).collect()
}

/// `Ok` with the id, or whether the message may have been accepted.
fn outcome(result: &BulkResult) -> Result<String, bool> {
    let entry = result.outcome.as_ref();
    entry
        .map(|entry| entry.message_id().unwrap().to_owned())
        .map_err(|failure| failure.may_have_been_accepted())
}

#[tokio::test]
async fn results_come_in_order_with_their_messages_and_each_message_is_sent_once() {
    let batches = Batches::start(accept).await;
    let bulk = batches.client.publish_all(messages(0..25));
    let mut results = bulk.batch_messages(4).in_flight(3).send();
    let mut read = Vec::new();
    while let Some(result) = results.next().await {
        assert_eq!(result.index, read.len());
        assert_eq!(result.message, messages([result.index])[0]);
        read.push(outcome(&result).unwrap());
        assert_eq!(results.progress().accepted, read.len());
    }
    let expected: Vec<String> = (0..25).map(|n| format!("id of {n}")).collect();
    assert_eq!(read, expected);
    let requests = batches.requests();
    assert_eq!(requests.len(), 7);
    let sent: Vec<String> = requests.into_iter().flatten().collect();
    let different: BTreeSet<&String> = sent.iter().collect();
    assert_eq!((sent.len(), different.len()), (25, 25));
}

#[tokio::test]
async fn a_batch_that_is_refused_for_one_message_is_halved_until_it_is_found() {
    let batches = Batches::start(|items| {
        let is_bad = |item: &Value| item["body"].as_str().unwrap().starts_with("bad");
        if items.iter().any(is_bad) {
            let error = r#"{"error":"delay exceeds the limit of the plan"}"#;
            return (StatusCode::PRECONDITION_FAILED, error.to_owned());
        }
        accept(items)
    })
    .await;
    let all = ["a", "b", "bad 1", "c", "d", "e", "f", "bad 2"];
    let results: Vec<_> = batches
        .client
        .publish_all(messages(all))
        .send()
        .collect()
        .await;
    for (result, body) in results.iter().zip(all) {
        let expected = match body.starts_with("bad") {
            true => Err(false),
            false => Ok(format!("id of {body}")),
        };
        assert_eq!(outcome(result), expected, "{body}");
    }
    let failure = results[2].outcome.as_ref().unwrap_err();
    assert!(
        failure.to_string().contains("delay exceeds the limit"),
        "{failure}"
    );
    // What was accepted was sent once in a request that was not refused.
    let accepted = batches.requests().into_iter().filter(|bodies| {
        let is_bad = |body: &String| body.starts_with("bad");
        !bodies.iter().any(is_bad)
    });
    assert_eq!(
        accepted.flatten().collect::<Vec<_>>(),
        ["a", "b", "c", "d", "e", "f"]
    );
}

#[tokio::test]
async fn messages_that_the_answer_does_not_tell_of_are_said_to_be_unaccounted_for() {
    let one_less = |items: &[Value]| accept(items.split_last().unwrap().1);
    let one_more = |items: &[Value]| accept(&[items, &items[..1]].concat());
    for (answer, expected) in [
        (one_less as Answer, [true, true, false]),
        (one_more as Answer, [false, false, false]),
    ] {
        let batches = Batches::start(answer).await;
        let mut results = batches.client.publish_all(messages(0..3)).send();
        let mut known = Vec::new();
        while let Some(result) = results.next().await {
            if let Err(failure) = &result.outcome {
                assert!(failure.may_have_been_accepted());
                assert!(
                    failure.to_string().contains("of the 3 messages"),
                    "{failure}"
                );
            }
            known.push(result.outcome.is_ok());
        }
        assert_eq!(known, expected);
        let unknown = known.iter().filter(|known| !**known).count();
        assert_eq!(results.progress().unknown, unknown);
    }
}

#[tokio::test]
async fn what_cannot_be_sent_or_is_refused_alone_costs_no_other_message() {
    let batches = Batches::start(|items| {
        let (status, answer) = accept(items);
        (
            status,
            answer.replace(
                r#""messageId":"id of refused""#,
                r#""error":"no such thing""#,
            ),
        )
    })
    .await;
    let mut all = messages(["a", "refused", "b"]);
    all.insert(1, Message::text("x").label("a,b").to("https://example.com"));
    let results: Vec<_> = batches.client.publish_all(all).send().collect().await;
    let outcomes: Vec<_> = results.iter().map(outcome).collect();
    let id = |body: &str| Ok(format!("id of {body}"));
    assert_eq!(outcomes, [id("a"), Err(false), Err(false), id("b")]);
    let problem = |index: usize| results[index].outcome.as_ref().unwrap_err().to_string();
    assert!(problem(1).contains("holds a comma"), "{}", problem(1));
    assert_eq!(problem(2), "no such thing");
    assert_eq!(batches.requests(), [["a", "refused", "b"]]);
}

/// The client may send again what has ids, and nothing else.
#[tokio::test]
async fn where_answers_are_lost_nothing_is_delivered_twice_and_nobody_is_told_that_it_was_not() {
    for deduplicates in [false, true] {
        let service = QStash::start().await.unwrap();
        let receiver = Destination::start().await.unwrap();
        let policy = RetryPolicy::default()
            .max_delay(Duration::ZERO)
            .deduplicate(deduplicates);
        let client = service.client_builder().retry(policy);
        let client = client.build().unwrap();
        let lost = Fault::reset().applied();
        service.faults().times(2, Operation::BatchMessages, lost);
        let url = receiver.url();
        let all = (0..30).map(move |n| Message::text(n.to_string()).to(&url));
        let results = client
            .publish_all(all)
            .batch_messages(10)
            .in_flight(1)
            .send();
        let results: Vec<_> = results.collect().await;
        service.settle().await;
        let mut bodies: Vec<_> = receiver
            .requests()
            .iter()
            .map(|request| request.body().clone())
            .collect();
        bodies.sort();
        assert_eq!(bodies.len(), 30);
        bodies.dedup();
        assert_eq!(bodies.len(), 30, "one was delivered twice");
        let unknown = results
            .iter()
            .filter(|result| outcome(result) == Err(true))
            .count();
        assert_eq!(unknown, if deduplicates { 0 } else { 20 });
        assert!(results.iter().all(|result| outcome(result) != Err(false)));
    }
}

/// The halves of a batch are its messages with the same ids, since the service may have accepted them already.
#[tokio::test]
async fn halves_of_a_batch_of_which_an_answer_was_lost_have_the_ids_of_the_batch() {
    let seen: Arc<Mutex<Vec<Vec<String>>>> = Arc::default();
    let kept = Arc::clone(&seen);
    // The first answer is lost, the whole batch is refused then, and each half for the rest.
    let app = Router::new().route(
        "/v2/batch",
        post(move |body: String| async move {
            let items: Vec<Value> = serde_json::from_str(&body).unwrap();
            let id = |item: &Value| item["headers"]["Upstash-Deduplication-Id"].to_string();
            let mut seen = kept.lock().unwrap();
            seen.push(items.iter().map(id).collect());
            match seen.len() {
                1 => (StatusCode::SERVICE_UNAVAILABLE, String::new()),
                2 => (StatusCode::BAD_REQUEST, String::new()),
                3 => accept(&items),
                _ => (StatusCode::BAD_REQUEST, String::new()),
            }
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let policy = RetryPolicy::default().max_delay(Duration::ZERO);
    let builder = Client::builder()
        .token("token")
        .base_url(url)
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX);
    let client = builder.retry(policy.deduplicate(true)).build().unwrap();
    let results = client.publish_all(messages(["a", "b"])).send();
    let results: Vec<_> = results.collect().await;
    let outcomes: Vec<_> = results.iter().map(outcome).collect();
    assert_eq!(outcomes, [Ok("id of a".to_owned()), Err(true)]);
    let seen = seen.lock().unwrap();
    let [first, second, third, fourth] = &seen[..] else {
        panic!("{seen:?}");
    };
    assert_ne!(first[0], first[1]);
    assert_eq!(first, second);
    assert_eq!([&third[..], &fourth[..]].concat(), *first);
}

#[tokio::test]
async fn a_future_that_is_dropped_before_it_is_ready_loses_no_message() {
    let batches = Batches::start(accept).await;
    let bulk = batches.client.publish_all(messages(0..40));
    let mut results = bulk.batch_messages(3).in_flight(2).send();
    let mut read = Vec::new();
    let mut dropped = 0;
    loop {
        tokio::select! {
            biased;
            result = results.next() => match result {
                Some(result) => read.push(result.index),
                None => break,
            },
            () = tokio::task::yield_now() => dropped += 1,
        }
    }
    assert_eq!(read, (0..40).collect::<Vec<_>>());
    assert!(dropped > 0);
    let sent: Vec<String> = batches.requests().into_iter().flatten().collect();
    assert_eq!(sent.iter().collect::<BTreeSet<_>>().len(), sent.len());
}

#[tokio::test]
async fn no_batch_is_longer_than_it_may_be_whatever_the_client_adds_to_it() {
    for deduplicates in [false, true] {
        let service = QStash::start().await.unwrap();
        let policy = RetryPolicy::default().deduplicate(deduplicates);
        let client = service.client_builder().retry(policy);
        let client = client.build().unwrap();
        let message = |n: usize| {
            let message = Message::text("\"é".repeat(n % 7));
            let message = if n.is_multiple_of(2) {
                message.label("even")
            } else {
                message
            };
            message.to("https://example.com")
        };
        let bulk = client.publish_all((0..200).map(message));
        let results: Vec<_> = bulk.batch_bytes(1500).send().collect().await;
        assert!(results.iter().all(|result| result.outcome.is_ok()));
        let requests = service.take_requests();
        assert!(requests.len() > 10);
        for request in requests {
            assert!(request.body().len() <= 1500, "{}", request.body().len());
        }
    }
}

/// A message whose result was not read may have been sent once, and never again.
#[tokio::test]
async fn results_that_nobody_reads_any_more_send_nothing_more() {
    let batches = Batches::start(accept).await;
    let bulk = batches.client.publish_all(messages(0..100));
    let mut results = bulk.batch_messages(2).in_flight(3).send();
    for _ in 0..5 {
        results.next().await.unwrap();
    }
    drop(results);
    let sent: Vec<String> = batches.requests().into_iter().flatten().collect();
    assert_eq!(sent.iter().collect::<BTreeSet<_>>().len(), sent.len());
    // Three batches were read of, and as many more may have begun.
    assert!((5..=12).contains(&sent.len()), "{sent:?}");
}
