//! Publishes a message with options, and verifies the delivery as a receiver would.
//!
//! ```text
//! cargo run -p qstash-examples --example publish
//! ```
//!
//! It talks to a QStash server that it starts on the loopback interface, and to nothing else, whatever the environment
//! names.

use std::error::Error;
use std::time::Duration;

use qstash_api::inbound::CallbackPayload;
use qstash_api::keys::KeyRing;
use qstash_api::receiver::{Delivery, Receiver};
use qstash_api::{Client, Message};
use qstash_dev_server::QStash;
use serde::Serialize;

#[derive(Serialize)]
struct Order {
    id: u32,
    items: Vec<&'static str>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = QStash::start().await?;
    let destination = qstash_dev_server::Destination::start().await?;
    let client = Client::builder()
        .base_url(server.url())
        .token(server.token())
        .build()?;

    let order = Order {
        id: 7,
        items: vec!["tea", "biscuits"],
    };
    let message = Message::json(&order)?
        .delay(Duration::from_secs(90))
        .retries(5)
        .label("orders")
        .callback(format!("{}/done", destination.url()));
    let url = format!("{}/orders", destination.url());
    let answer = client
        .publish_message()
        .destination(&url)
        .message(message)
        .send()
        .await?;
    let id = answer.message_id().ok_or("the service names the message")?;
    println!(
        "Published {id}; nothing has arrived: {}.",
        destination.requests().is_empty()
    );

    // The server's clock stands still until it is moved. 90 seconds later:
    server.advance(Duration::from_secs(90)).await;
    let requests = destination.requests();
    let delivered = requests.first().ok_or("the message arrives")?;
    println!(
        "Delivered: {} {} {}",
        delivered.method(),
        delivered.path(),
        String::from_utf8_lossy(delivered.body())
    );

    // What a service does with a delivery before it believes it. Its keys mostly come from its environment, by
    // `KeyRing::from_env`.
    let receiver = Receiver::new(KeyRing::from_service(&client).await?);
    let delivery = Delivery::new(delivered.header("Upstash-Signature"))
        .with_url(&url)
        .at(server.clock()); // Left out where the clock is the real one.
    let verified = receiver.verify(delivery, delivered.body())?;
    println!("Its signature is genuine, by the {} key.", verified.key());
    if let Err(rejection) = receiver.verify(delivery, b"another body") {
        println!("With another body it is refused: {rejection}.");
    }

    let callback = requests.get(1).ok_or("the callback arrives")?;
    let payload = CallbackPayload::from_json(callback.body())?;
    println!(
        "Callback: {} with status {} for {}",
        callback.path(),
        payload.status().unwrap_or_default(),
        payload.source_message_id()
    );
    Ok(())
}
