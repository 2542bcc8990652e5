//! A client, a receiver and an environment that fit a server, and what a test can say with them.

use std::collections::HashMap;
use std::time::Duration;

use qstash_api::keys::KeyName;
use qstash_api::receiver::{Delivery, Receiver, Rejection};
use qstash_api::{Client, ErrorKind, Message};
use qstash_dev_server::{Answer, Destination, Fault, QStash, Signature, Signer, error_of};
use serde_json::json;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const URL: &str = "https://example.com/orders";

fn verify(receiver: &Receiver, signature: &Signature, body: &str) -> Result<KeyName, Rejection> {
    let text = signature.to_string();
    let delivery = Delivery::new(Some(text.as_str())).with_url(URL);
    let verified = receiver.verify(delivery, body.as_bytes())?;
    Ok(verified.key())
}

#[tokio::test]
async fn client_and_receiver_of_a_server_fit_it_when_its_clock_has_moved_by_a_day() {
    let server = QStash::start().await.unwrap();
    let destination = Destination::start().await.unwrap();
    let (client, receiver) = (server.client().unwrap(), server.receiver().unwrap());
    let url = format!("{}/later", destination.url());
    let message = Message::text("hi").delay(DAY);
    let publish = client.publish_message().destination(&url).message(message);
    publish.send().await.unwrap();
    server.advance(DAY - Duration::from_secs(1)).await;
    assert!(destination.requests().is_empty());
    server.advance(Duration::from_secs(1)).await;
    let delivered = destination.requests().remove(0);
    let delivery = || Delivery::new(delivered.header(Signature::HEADER)).with_url(&url);
    let verified = receiver.verify(delivery(), delivered.body());
    assert_eq!(
        verified.map(|verified| verified.key()),
        Ok(KeyName::Current)
    );

    // By the same clock, it is too old a day later.
    server.advance(DAY).await;
    let verified = receiver.verify(delivery(), delivered.body());
    assert_eq!(verified.err(), Some(Rejection::Expired));
}

#[tokio::test]
async fn the_environment_makes_a_client_and_a_receiver_that_fit() {
    let server = QStash::start().await.unwrap();
    let variables: HashMap<&str, String> = server.environment().into_iter().collect();
    let ours = variables.clone();
    let client = Client::builder()
        .env_from_lookup(move |name| ours.get(name).map(Into::into))
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .build()
        .unwrap();
    let keys = client.get_signing_keys().send().await.unwrap();
    assert_eq!(
        keys.current.expose(),
        variables["QSTASH_CURRENT_SIGNING_KEY"]
    );
    assert_eq!(keys.next.expose(), variables["QSTASH_NEXT_SIGNING_KEY"]);
}

/// Compares an outcome with the expected one.
type IsExpected = fn(&Result<KeyName, Rejection>) -> bool;

#[tokio::test]
async fn a_signature_is_right_or_wrong_in_the_way_that_is_asked_for() {
    let server = QStash::start().await.unwrap();
    server.clock().advance(DAY);
    let receiver = server.receiver().unwrap();
    let genuine = || server.sign(URL, "body");
    let checks: [(Signature, IsExpected); 10] = [
        (genuine(), |it| *it == Ok(KeyName::Current)),
        (genuine().by_next_key(), |it| *it == Ok(KeyName::Next)),
        (
            genuine().made_before(Duration::from_secs(200)),
            Result::is_ok,
        ),
        (genuine().with_id("jwt_other"), Result::is_ok),
        (genuine().expired(), |it| *it == Err(Rejection::Expired)),
        (genuine().not_yet_valid(), |it| {
            *it == Err(Rejection::NotYetValid)
        }),
        (genuine().by_key("sig_other"), |it| {
            *it == Err(Rejection::UnknownKey)
        }),
        (genuine().for_url("https://example.com/other"), |it| {
            matches!(it, Err(Rejection::UrlMismatch(_)))
        }),
        (genuine().for_body("other"), Result::is_err),
        (genuine().from_issuer("Somebody"), Result::is_err),
    ];
    for (number, (signature, is_expected)) in checks.iter().enumerate() {
        let outcome = verify(&receiver, signature, "body");
        assert!(is_expected(&outcome), "{number}: {outcome:?}");
    }
    let shown = format!("{:?} {:?}", genuine(), server.signer());
    assert!(!shown.contains(&server.signing_keys().current), "{shown}");
}

#[test]
fn a_signer_needs_neither_server_nor_runtime() {
    let ring = qstash_api::keys::KeyRing::new("sig_a", "sig_b").unwrap();
    let receiver = Receiver::new(ring);
    let signer = Signer::new("sig_a", "sig_b");
    assert_eq!(
        verify(&receiver, &signer.sign(URL, "body"), "body"),
        Ok(KeyName::Current)
    );
    let expired = signer.sign(URL, "body").expired();
    assert_eq!(verify(&receiver, &expired, "body"), Err(Rejection::Expired));
}

#[tokio::test]
async fn what_was_published_can_be_asserted() {
    let server = QStash::start().await.unwrap();
    server.hold_deliveries();
    server.published().assert_none();
    let client = server.client().unwrap();
    let message = Message::json(&json!({ "order": 7 }))
        .unwrap()
        .delay(Duration::from_secs(90))
        .retries(2)
        .label("orders")
        .forward("X-Tenant", "acme")
        .callback("https://example.com/done");
    for _ in 0..2 {
        let publish = client.publish_message().destination(URL);
        let message = message.clone().deduplication_id("order-7");
        publish.message(message).send().await.unwrap();
    }
    let other = client
        .publish_message()
        .destination("https://example.com/other");
    other.message(Message::text("x")).send().await.unwrap();

    let published = server.published();
    published.assert_count(2);
    let orders = published.to(URL);
    let order = orders.only();
    assert_eq!(
        order.json::<serde_json::Value>().unwrap(),
        json!({ "order": 7 })
    );
    assert_eq!(order.delay(), Some(Duration::from_secs(90)));
    assert_eq!((order.retries(), order.method()), (Some(2), "POST"));
    assert_eq!(order.labels(), ["orders"]);
    assert_eq!(order.header("x-tenant"), Some("acme"));
    assert_eq!(order.callback(), Some("https://example.com/done"));
    assert_eq!(order.deduplication_id(), Some("order-7"));
    assert_eq!(server.snapshot().messages[0]["messageId"], order.id());

    let wrong = std::panic::catch_unwind(|| published.only().id().len());
    let said = wrong.unwrap_err().downcast::<String>().unwrap();
    assert!(
        said.contains("expected 1 messages, found 2") && said.contains(URL),
        "{said}"
    );
}

#[tokio::test]
async fn a_test_can_make_the_errors_that_a_client_makes() {
    let refused = error_of(Answer::error(412, "quota exceeded"))
        .await
        .unwrap();
    assert_eq!(refused.status().unwrap(), 412);
    assert!(refused.to_string().contains("quota exceeded"), "{refused}");
    let reset = error_of(Fault::reset()).await.unwrap();
    assert_eq!((reset.kind(), reset.status()), (ErrorKind::Transport, None));
    assert!(
        error_of(Answer::json(200, &json!({"current": "a", "next": "b"})))
            .await
            .is_err()
    );
}
