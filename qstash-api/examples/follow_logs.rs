//! Reads the logs page by page, and later only what is new.
//!
//! ```text
//! cargo run -p qstash-examples --example follow_logs
//! ```
//!
//! It talks to a QStash server that it starts on the loopback interface, and to nothing else, whatever the environment
//! names.

use std::error::Error;
use std::time::Duration;

use qstash_api::types::LogState;
use qstash_api::{Client, Message, Timestamp};
use qstash_dev_server::{Destination, QStash};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = QStash::start().await?;
    let destination = Destination::start().await?;
    let client = Client::builder()
        .base_url(server.url())
        .token(server.token())
        .build()?;
    let publish = async |name: &str| {
        client
            .publish_message()
            .destination(format!("{}/{name}", destination.url()))
            .message(Message::text("hello"))
            .send()
            .await
    };

    for name in ["one", "two", "three"] {
        publish(name).await?;
        server.advance(Duration::from_secs(1)).await;
    }

    // The newest entry comes first. Each page has the cursor of the next one; the last has none.
    let mut newest = Timestamp::UNIX_EPOCH;
    let mut pages = client.list_logs().count(4).pages();
    while let Some(page) = pages.next().await {
        let page = page?;
        println!(
            "A page of {}, more to come: {}",
            page.logs.len(),
            page.cursor.is_some()
        );
        newest = page
            .logs
            .iter()
            .filter_map(|entry| entry.time)
            .fold(newest, Timestamp::max);
    }

    // Where pages are of no interest, a stream has the entries of all of them.
    let mut entries = client
        .list_logs()
        .count(4)
        .state(LogState::Delivered)
        .stream();
    while let Some(entry) = entries.next().await {
        println!("Delivered: {}", entry?.url.as_deref().map_or("", path));
    }

    // Later, only what was written since, so the newest time is all that has to be remembered. Entries of the same
    // millisecond could be missed; where that matters, ask from that time on and skip what was seen.
    publish("four").await?;
    server.settle().await;
    let mut entries = client
        .list_logs()
        .from_date(newest + Duration::from_millis(1))
        .stream();
    while let Some(entry) = entries.next().await {
        let entry = entry?;
        let state = entry
            .state
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        println!("New: {} {state}", entry.url.as_deref().map_or("", path));
    }
    Ok(())
}

/// The part of a URL after its origin.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once('/').map_or("", |(_, path)| path)
}
