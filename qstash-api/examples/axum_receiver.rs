//! An axum service that receives verified messages.
//!
//! ```text
//! cargo run -p qstash-tests --example axum_receiver
//! ```
//!
//! It needs no account: messages come from a QStash server that it starts on the loopback interface. With a real
//! account, `Client::from_env()`, `KeyRing::from_env()` and the public URL of the service are all that changes.

use std::error::Error;
use std::time::Duration;

use axum::http::{HeaderMap, Response};
use axum::routing::post;
use axum::{Extension, Router};
use qstash_api::inbound::{InboundHeaders, Reply};
use qstash_api::keys::KeyRing;
use qstash_api::keys::refresh::KeyRefresh;
use qstash_api::receiver::{RefreshingReceiver, Verified};
use qstash_api::tower::{ExpectedUrl, VerifyLayer};
use qstash_api::{Client, Message};
use qstash_dev_server::QStash;
use tokio::net::TcpListener;

/// Runs for verified messages alone: the layer has refused all others.
async fn receive(
    Extension(verified): Extension<Verified>,
    headers: HeaderMap,
    body: String,
) -> Response<String> {
    let inbound = InboundHeaders::from_headers(&headers);
    let retried = inbound.retried().unwrap_or_default();
    println!(
        "received {body:?}, signed with the {} key, after {retried} retries",
        verified.key()
    );
    match body.as_str() {
        // Something we need is not there yet. The message comes again when we say.
        "too early" if retried == 0 => Reply::retry_after(Duration::from_secs(30)).into_response(),
        // It would fail again and again. The message goes to the DLQ at once.
        "nonsense" => Reply::do_not_retry()
            .with_reason("nobody understands this")
            .into_response(),
        _ => Reply::delivered().into_response(),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let qstash = QStash::start().await?;
    let client = Client::builder()
        .base_url(qstash.url())
        .token(qstash.token())
        .build()?;

    // The keys that the service signs with, and a task that keeps them up to date: whoever rotates
    // them, in the console or elsewhere, need not tell this service.
    let ring = KeyRing::from_service(&client).await?;
    let refresh = KeyRefresh::new(client.clone(), &ring);
    let _task = refresh.spawn();
    let receiver = RefreshingReceiver::new(&refresh);

    // The URL that messages are published to, as the outside world spells it.
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let public = format!("http://{}", listener.local_addr()?);
    let verify = VerifyLayer::new(receiver, ExpectedUrl::under(&public)?);
    let app = Router::new()
        .route("/messages", post(receive))
        .layer(verify);
    tokio::spawn(async move { axum::serve(listener, app).await });

    for text in ["hello", "too early", "nonsense"] {
        client
            .publish_message()
            .destination(format!("{public}/messages"))
            .message(Message::text(text))
            .send()
            .await?;
    }
    // The loopback server lives by a clock of its own, which can be moved.
    qstash.settle().await;
    println!("half a minute later:");
    qstash.advance(Duration::from_secs(30)).await;

    // Somebody rotates the keys. This service hears of it by itself.
    qstash.rotate_signing_keys();
    client
        .publish_message()
        .destination(format!("{public}/messages"))
        .message(Message::text("after a rotation"))
        .send()
        .await?;
    qstash.settle().await;

    // Anybody can send a request. Without a signature it does not get far.
    let forged = reqwest::Client::new()
        .post(format!("{public}/messages"))
        .body("hello");
    let answer = forged.send().await?;
    println!("forged: {}, {}", answer.status(), answer.text().await?);
    Ok(())
}
