//! Any string is either refused or arrives unchanged.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use qstash_api::{Client, ErrorKind, Message};
use serde_json::Value;

use crate::wire::recorder::{Recorded, Recorder};

/// Strings of all kinds, with those that are near to being right more often than chance would have them.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~]{0,20}",
        "[a-c:, \t\r\n\u{0}\u{7f}\u{85}\u{a0}é]{0,8}",
    ]
}

/// Destinations of all kinds.
fn destination() -> impl Strategy<Value = String> {
    let part = || prop_oneof![text(), r"(/|\.|%2e|%2E|a|\?|&|=|;|'|\[|\]|\||\^|@|:){0,8}"];
    prop_oneof![
        1 => part(),
        4 => (
            prop_oneof![Just("https://"), Just("http://"), Just("HTTPS://"), Just("ftp://")],
            "[a-zA-Z.:@-]{0,8}",
            part(),
        )
            .prop_map(|(scheme, host, rest)| format!("{scheme}{host}/{rest}")),
        1 => "(upstash-|qstash_token|%75pstash-|x)[a-z]{0,3}"
            .prop_map(|key| format!("https://example.com/?{key}=1")),
    ]
}

/// Checks a property of what is sent, or not sent, for each of many strings.
fn check(
    strings: impl Strategy<Value = String>,
    request: impl AsyncFn(&Client, &str) -> Result<(), String>,
    arrived: impl Fn(&Recorded, &str) -> bool,
) {
    let recorder = Recorder::answering(r#"{"messageId":"m"}"#);
    let client = recorder.client();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(400)
    });
    let sent = std::cell::Cell::new(0_usize);
    let property = |string: String| {
        let result = runtime.block_on(request(&client, &string));
        let requests = recorder.take();
        match (result, requests.as_slice()) {
            (Ok(()), [request]) => {
                sent.set(sent.get() + 1);
                prop_assert!(arrived(request, &string), "{:?}: {:?}", string, request);
            }
            (Err(error), []) => prop_assert!(!error.is_empty()),
            (result, requests) => prop_assert!(false, "{:?} for {:?}", result, requests),
        }
        Ok(())
    };
    runner.run(&strings, property).unwrap();
    assert!(
        sent.get() > 20,
        "only {} of the strings were sent",
        sent.get()
    );
}

async fn publish(client: &Client, message: Message) -> Result<(), String> {
    let request = client
        .publish_message()
        .destination("group")
        .message(message);
    request
        .send()
        .await
        .map(drop)
        .map_err(|error| error.to_string())
}

fn has(header: &'static str) -> impl Fn(&Recorded, &str) -> bool {
    move |request, value| request.header(header) == Some(value)
}

#[test]
fn labels_are_refused_or_arrive_unchanged() {
    let label =
        async |client: &Client, label: &str| publish(client, Message::empty().label(label)).await;
    check(text(), label, |request, label| {
        !label.contains(',') && has("upstash-label")(request, label)
    });
}

#[test]
fn deduplication_ids_are_refused_or_arrive_unchanged() {
    let id = async |client: &Client, id: &str| {
        publish(client, Message::empty().deduplication_id(id)).await
    };
    check(text(), id, |request, id| {
        !id.contains(|c: char| c == ':' || c.is_whitespace())
            && has("upstash-deduplication-id")(request, id)
    });
}

#[test]
fn forwarded_values_are_refused_or_arrive_unchanged() {
    let value = async |client: &Client, value: &str| {
        publish(client, Message::empty().forward("X", value)).await
    };
    check(text(), value, has("upstash-forward-x"));
}

#[test]
fn forwarded_names_are_refused_or_arrive_unchanged() {
    let name = async |client: &Client, name: &str| {
        publish(client, Message::empty().forward(name, "1")).await
    };
    let names = prop_oneof![text(), "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,8}"];
    check(names, name, |request, name| {
        let header = format!("upstash-forward-{}", name.to_ascii_lowercase());
        request.header(&header) == Some("1")
    });
}

#[test]
fn callbacks_are_refused_or_arrive_unchanged() {
    let callback =
        async |client: &Client, url: &str| publish(client, Message::empty().callback(url)).await;
    check(destination(), callback, has("upstash-callback"));
}

#[test]
fn destinations_are_refused_or_arrive_unchanged() {
    let request = async |client: &Client, destination: &str| {
        let request = client.publish_message().destination(destination);
        let request = request.message(Message::empty());
        request
            .send()
            .await
            .map(drop)
            .map_err(|error| error.to_string())
    };
    check(destination(), request, |request, destination| {
        request.target == format!("/v2/publish/{}", encoded(destination))
    });
}

#[test]
fn destinations_in_a_batch_are_refused_or_arrive_unchanged() {
    let request = async |client: &Client, destination: &str| {
        let recorder_answer = client
            .batch_messages()
            .messages([Message::empty().to(destination)]);
        match recorder_answer.send().await {
            // The recorder answers as publish does, which is not what a batch is answered with.
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::Decode => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    };
    check(destination(), request, |request, destination| {
        let items: Value = serde_json::from_slice(&request.body).unwrap();
        items[0]["destination"] == destination
    });
}

/// Percent-encodes what is documented to be encoded, and nothing else.
fn encoded(destination: &str) -> String {
    let query = destination.find('?').unwrap_or(destination.len());
    let encode = |(at, character): (usize, char)| {
        let special = match character {
            ' ' | '"' | '<' | '>' => true,
            '`' | '{' | '}' => at < query,
            '\'' => at > query,
            character => !character.is_ascii(),
        };
        if special {
            let mut bytes = [0; 4];
            let bytes = character.encode_utf8(&mut bytes).bytes();
            bytes.map(|byte| format!("%{byte:02X}")).collect()
        } else {
            character.to_string()
        }
    };
    destination.char_indices().map(encode).collect()
}
