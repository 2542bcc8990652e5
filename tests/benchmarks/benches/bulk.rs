//! Messages a second in bulk, beside publishing them one by one, several at once, and by the official TypeScript
//! client's batches, with a service that answers at once and with one that takes 30 ms.
//!
//! ```text
//! cargo bench -p qstash-benchmarks --bench bulk
//! ```
//!
//! The official client takes part where the variable `OFFICIAL` names a directory in which it is installed, as
//! `cargo run -p qstash-benchmarks -- bulk` does.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a benchmark fails by panicking"
)]

#[path = "../src/figure.rs"]
#[expect(dead_code, reason = "the page of figures needs the rest")]
mod figure;

use std::process::Command;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use futures_util::{StreamExt, stream};
use qstash_api::{BatchMessage, Client, Message};

use figure::{Figure, Wanted};

/// As many at once as batches are under way in bulk.
const AT_ONCE: usize = 4;
const PAIRS: usize = 5;

/// A service that accepts everything after a while.
async fn serve(latency: Duration) -> (Client, String) {
    let wait = move || async move {
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
    };
    let batch = move |body: Bytes| async move {
        wait().await;
        let items: Vec<serde_json::Value> = serde_json::from_slice(&body).expect("a batch");
        format!(
            "[{}]",
            vec![r#"{"messageId":"msg_1"}"#; items.len()].join(",")
        )
    };
    let publish = move |_: Bytes| async move {
        wait().await;
        r#"{"messageId":"msg_1"}"#
    };
    let app = Router::new()
        .route("/v2/batch", post(batch))
        .route("/v2/publish/{*destination}", post(publish));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, app).await });
    let builder = Client::builder().token("token").base_url(&url);
    (builder.build().expect("a client"), url)
}

fn messages(count: usize) -> impl Iterator<Item = BatchMessage> + Send {
    let body = "x".repeat(200);
    (0..count).map(move |number| {
        Message::text(format!("{number} {body}")).to("https://example.com/orders")
    })
}

async fn publish(client: &Client, number: usize) {
    let message = Message::text(format!("{number} {}", "x".repeat(200)));
    let request = client
        .publish_message()
        .destination("https://example.com/orders");
    request.message(message).send().await.expect("an answer");
}

/// Messages a second.
async fn rate(count: usize, work: impl Future<Output = ()>) -> f64 {
    let begun = Instant::now();
    work.await;
    let count = u32::try_from(count).expect("a small number");
    f64::from(count) / begun.elapsed().as_secs_f64()
}

async fn in_bulk(client: &Client, count: usize) -> f64 {
    let work = async {
        let mut results = client
            .publish_all(messages(count))
            .in_flight(AT_ONCE)
            .send();
        while let Some(result) = results.next().await {
            result.outcome.expect("accepted");
        }
    };
    rate(count, work).await
}

/// Publishes each by itself, so many at a time.
async fn singly(client: &Client, count: usize, at_once: usize) -> f64 {
    let calls = (0..count).map(|number| publish(client, number));
    let work = stream::iter(calls)
        .buffer_unordered(at_once)
        .collect::<()>();
    rate(count, work).await
}

/// The official client's `batchJSON`, with batches of the same size, as many at a time.
async fn official(directory: &str, url: &str, count: usize) -> f64 {
    let mut node = Command::new("node");
    node.args(["bulk.mjs", url, &count.to_string(), &AT_ONCE.to_string()])
        .current_dir(directory);
    // The service answers meanwhile.
    let output = tokio::task::spawn_blocking(move || node.output()).await;
    let output = output.expect("no panic").expect("node");
    let printed = String::from_utf8(output.stdout).expect("a number");
    printed.trim().parse().expect("a number")
}

#[tokio::main]
async fn main() {
    let directory = std::env::var("OFFICIAL").ok();
    for (latency, few, many) in [(0, 2_000, 50_000), (30, 50, 50_000)] {
        let (client, url) = serve(Duration::from_millis(latency)).await;
        let mut ratios = [Vec::new(), Vec::new(), Vec::new()];
        for pair in 0..=PAIRS {
            let bulk = in_bulk(&client, many).await;
            let mut beside = vec![
                singly(&client, few, 1).await,
                singly(&client, few * AT_ONCE, AT_ONCE).await,
            ];
            if let Some(directory) = &directory {
                beside.push(official(directory, &url, many).await);
            }
            // The first pair warms up.
            if pair > 0 {
                for (ratios, other) in ratios.iter_mut().zip(beside) {
                    ratios.push(bulk / other);
                }
            }
        }
        let others = [
            ("one by one".to_owned(), Wanted::AtLeast(1.0)),
            (
                format!("one by one, {AT_ONCE} at once"),
                Wanted::AtLeast(1.0),
            ),
            (
                "`batchJSON` of @upstash/qstash 2.12.0 on Node.js".to_owned(),
                Wanted::AtLeast(1.0),
            ),
        ];
        for ((other, wanted), ratios) in others.into_iter().zip(ratios) {
            let name =
                format!("an answer after {latency} ms: in bulk / {other}, messages a second");
            if let Some(figure) = Figure::of(&name, ratios, wanted) {
                println!("{figure}");
            }
        }
        println!(
            "{latency} ms: {:.0} messages a second in bulk",
            in_bulk(&client, many).await
        );
    }
}
