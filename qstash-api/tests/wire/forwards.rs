//! Headers that travel with a message, in each use of it.

use qstash_api::{Callback, Message};
use serde_json::{Value, json};

use crate::wire::recorder::Recorder;

fn forwarding(name: &str, value: &str) -> [Message; 3] {
    let callback = || Callback::new("https://example.com").forward(name, value);
    [
        Message::text("a").forward(name, value),
        Message::text("a").callback(callback()),
        Message::text("a").failure_callback(callback()),
    ]
}

#[tokio::test]
async fn a_header_is_forwarded_once_whether_its_name_has_the_prefix_or_not() {
    let recorder = Recorder::answering(r#"{"messageId":"m","scheduleId":"s"}"#);
    let client = recorder.client();
    let prefixes = [
        "upstash-forward-",
        "upstash-callback-forward-",
        "upstash-failure-callback-forward-",
    ];
    for name in [
        "X-Tenant",
        "Upstash-Forward-X-Tenant",
        "UPSTASH-FORWARD-x-tenant",
    ] {
        for (message, prefix) in forwarding(name, "9\tof 10").into_iter().zip(prefixes) {
            let publish = client
                .publish_message()
                .destination("group")
                .message(message.clone());
            publish.send().await.unwrap();
            let enqueue = client.enqueue_message().queue("q").destination("group");
            enqueue.message(message.clone()).send().await.unwrap();
            let create = client.create_schedule().cron("@daily").destination("group");
            create.message(message.clone()).send().await.unwrap();
            for request in recorder.take() {
                let forwarded = request.message_headers().into_iter();
                let forwarded = forwarded.filter(|(name, _)| name.contains("forward"));
                let header = format!("{prefix}x-tenant");
                assert_eq!(
                    forwarded.collect::<Vec<_>>(),
                    [(&*header, "9\tof 10")],
                    "{name}"
                );
            }
            let webhook = client
                .webhook_url("group", &Message::empty().forward(name, "9"))
                .unwrap();
            assert!(
                webhook.expose().ends_with("&upstash-forward-x-tenant=9"),
                "{name}"
            );
        }
    }

    let recorder = Recorder::answering(r#"[{"messageId":"m"}]"#);
    let message = Message::empty().forward("Upstash-Forward-X-Tenant", "9\t10");
    let batch = recorder
        .client()
        .batch_messages()
        .messages([message.to("group")]);
    batch.send().await.unwrap();
    let body: Value = serde_json::from_slice(&recorder.only().body).unwrap();
    assert_eq!(
        body[0]["headers"],
        json!({ "Upstash-Forward-X-Tenant": "9\t10" })
    );
}

#[tokio::test]
async fn options_and_headers_of_the_delivery_are_not_forwarded() {
    let recorder = Recorder::answering("[]");
    let client = recorder.client();
    let of_delivery = "the service sets it for each delivery";
    for (name, expected) in [
        ("Upstash-Retries", "use `.retries(count)`"),
        ("upstash-delay", "use `.delay(duration)`"),
        (
            "Upstash-Forward-Upstash-Forward-X",
            "is an option of the service",
        ),
        (
            "Upstash-Novelty",
            "set it with `header(name, value)` on the builder",
        ),
        ("Content-Length", of_delivery),
        ("transfer-encoding", of_delivery),
        ("Connection", of_delivery),
        ("HOST", of_delivery),
        ("Upstash-Forward-Host", of_delivery),
    ] {
        for message in forwarding(name, "1") {
            let publish = client
                .publish_message()
                .destination("group")
                .message(message.clone());
            let batch = client.batch_messages().messages([message.to("group")]);
            for error in [
                publish.send().await.unwrap_err(),
                batch.send().await.unwrap_err(),
            ] {
                assert!(error.to_string().contains(expected), "{name}: {error}");
            }
        }
    }
    assert!(Message::json(&f64::NAN).is_err());
    assert_eq!(recorder.take(), []);
}
