//! Sends several messages in one request, some of them to every endpoint of a URL Group.
//!
//! ```text
//! cargo run -p qstash-examples --example batch_to_url_group
//! ```
//!
//! It talks to a QStash server that it starts on the loopback interface, and to nothing else, whatever the environment
//! names.

use std::error::Error;

use qstash_api::types::NewEndpoint;
use qstash_api::{Client, Message};
use qstash_dev_server::{Destination, QStash};
use serde_json::json;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = QStash::start().await?;
    let destination = Destination::start().await?;
    let client = Client::builder()
        .base_url(server.url())
        .token(server.token())
        .build()?;

    let endpoint = |name: &str| {
        let url = format!("{}/{name}", destination.url());
        NewEndpoint::builder().name(name).url(url).build()
    };
    client
        .add_url_group_endpoints()
        .url_group_name("order-events")
        .endpoints([endpoint("billing")?, endpoint("shipping")?])
        .send()
        .await?;
    let group = client
        .get_url_group()
        .url_group_name("order-events")
        .send()
        .await?;
    println!(
        "The URL Group order-events has {} endpoints.",
        group.endpoints.len()
    );

    let answer = client
        .batch_messages()
        .messages([
            Message::json(&json!({ "order": 7 }))?.to("order-events"),
            Message::json(&json!({ "order": 8 }))?
                .to("order-events")
                .queue("slowly"),
            Message::text("two orders").to(format!("{}/statistics", destination.url())),
            Message::text("nobody is there").to("a-group-that-is-not"),
        ])
        .send()
        .await?;

    // Answers come in the order of the messages. One that fails does not stop the others.
    for (index, outcome) in answer.outcomes().enumerate() {
        match outcome {
            Ok(messages) => println!(
                "Message {index}: accepted, to {} endpoint(s)",
                messages.len()
            ),
            Err(failure) => println!("Message {index}: refused, {failure}"),
        }
    }

    server.settle().await;
    let mut deliveries: Vec<String> = destination
        .requests()
        .iter()
        .map(|request| {
            format!(
                "{} {}",
                request.path(),
                String::from_utf8_lossy(request.body())
            )
        })
        .collect();
    deliveries.sort();
    for delivery in deliveries {
        println!("Delivered: {delivery}");
    }
    Ok(())
}
