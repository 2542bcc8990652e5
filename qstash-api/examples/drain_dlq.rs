//! Empties the dead letter queue: looks at what is there, retries what is worth it, deletes the rest.
//!
//! ```text
//! cargo run -p qstash-examples --example drain_dlq
//! ```
//!
//! It talks to a QStash server that it starts on the loopback interface, and to nothing else, whatever the environment
//! names: what it deletes, nobody misses.

use std::error::Error;

use qstash_api::{Client, Message};
use qstash_dev_server::{Answer, Destination, QStash};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = QStash::start().await?;
    let destination = Destination::start_with(|_| Answer::text(503, "down for the night")).await?;
    let client = Client::builder()
        .base_url(server.url())
        .token(server.token())
        .build()?;

    // Eight messages to a destination that is down: each is tried once, then given up.
    for number in 0..8 {
        let label = if number % 4 == 0 {
            "invoice"
        } else {
            "reminder"
        };
        client
            .publish_message()
            .destination(format!("{}/{label}/{number}", destination.url()))
            .message(
                Message::text(format!("{label} {number}"))
                    .retries(0)
                    .label(label),
            )
            .send()
            .await?;
    }
    server.settle().await;
    println!(
        "Attempts that failed: {}",
        destination.take_requests().len()
    );

    // A stream over all pages, three messages a page.
    let mut letters = client.list_dlq_messages().count(3).stream();
    while let Some(letter) = letters.next().await {
        let letter = letter?;
        let answer = letter.response_body.as_deref().unwrap_or("nothing");
        println!(
            "In the DLQ: {} answered {answer:?}",
            letter.labels.join(", ")
        );
    }

    // The destination is back. Invoices are sent again, with more retries than they had.
    destination.respond_with(|_| Answer::empty(200));
    let mut rounds = client
        .retry_dlq_messages()
        .label(["invoice"])
        .overrides(Message::empty().retries(3))
        .rounds();
    while let Some(round) = rounds.next().await {
        println!("Retried: {}", round?.responses.len());
    }
    server.settle().await;
    for request in destination.take_requests() {
        println!("Delivered: {}", String::from_utf8_lossy(request.body()));
    }

    // Reminders are worth nothing by now. Without a filter, everything goes, and so `all()` has to be said.
    let refused = client.delete_dlq_messages().send().await;
    if let Err(error) = refused {
        println!("Refused before sending: {error}");
    }
    let mut rounds = client.delete_dlq_messages().all().count(4).rounds();
    while let Some(round) = rounds.next().await {
        println!("Deleted: {}", round?.deleted.unwrap_or(0));
    }
    let left = client.list_dlq_messages().send().await?.messages.len();
    println!("Left in the DLQ: {left}");
    Ok(())
}
