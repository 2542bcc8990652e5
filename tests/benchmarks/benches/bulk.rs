//! Messages a second: one by one, several at once, and in bulk, with a service that answers at once and with one that
//! takes 30 ms.
//!
//! ```text
//! cargo bench -p qstash-benchmarks --bench bulk
//! ```

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a benchmark fails by panicking"
)]

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use futures_util::{StreamExt, stream};
use qstash_api::{BatchMessage, Client, Message};

/// As many at once as batches are under way in bulk.
const AT_ONCE: usize = 4;

/// A service that accepts everything after a while.
async fn serve(latency: Duration) -> Client {
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
    let builder = Client::builder().token("token").base_url(url);
    builder.build().expect("a client")
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

#[tokio::main]
async fn main() {
    println!(
        "{:>8} {:>12} {:>14} {:>10}",
        "latency", "one by one", "4 at once", "in bulk"
    );
    for (latency, few, many) in [(0, 2_000, 50_000), (30, 50, 50_000)] {
        let client = serve(Duration::from_millis(latency)).await;
        publish(&client, 0).await;
        let singly = rate(few, async {
            for number in 0..few {
                publish(&client, number).await;
            }
        });
        let singly = singly.await;
        let at_once = rate(few * 4, async {
            let calls = (0..few * 4).map(|number| publish(&client, number));
            stream::iter(calls)
                .buffer_unordered(AT_ONCE)
                .collect::<()>()
                .await;
        });
        let at_once = at_once.await;
        let in_bulk = rate(many, async {
            let mut results = client
                .publish_all(messages(many))
                .in_flight(AT_ONCE)
                .results();
            while let Some(result) = results.next().await {
                result.outcome.expect("accepted");
            }
        });
        let in_bulk = in_bulk.await;
        println!("{latency:>5} ms {singly:>10.0}/s {at_once:>12.0}/s {in_bulk:>8.0}/s");
    }
}
