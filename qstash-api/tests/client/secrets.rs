//! The token is in no error, no chain of sources and no `Debug`, in either place of the credentials.

use std::error::Error as StdError;
use std::time::Duration;

use qstash_api::{Client, CredentialsIn, Error, Message, RetryPolicy, types};

use crate::client::server::{Line, Server, TOKEN, answer, broken_off};

/// The parts of the token that no encoding changes.
const PARTS: [&str; 2] = ["eyJVc2VySUQi", "s3cr3t"];
const PLACES: [CredentialsIn; 2] = [CredentialsIn::Header, CredentialsIn::Query];

fn assert_hidden(shown: &str, of: &str) {
    for part in PARTS {
        assert!(!shown.contains(part), "{of} shows the token: {shown}");
    }
}

/// Everything that can be printed of an error and of what it came from.
fn shown(error: Error) -> String {
    let mut shown = format!("{error} {error:#} {error:?} {error:#?} {}", error.message());
    let mut source = error.source();
    while let Some(error) = source {
        shown += &format!(" {error} {error:?} {error:#?}");
        source = error.source();
    }
    shown
}

#[tokio::test]
async fn no_error_shows_the_token() {
    let encoded = "eyJVc2VySUQi%2Bs3cr3t%2F0%3D";
    let url = format!("/v2/messages/m?qstash_token={encoded}");
    let echoes = [
        answer(200, &[], &format!("not JSON {TOKEN}")),
        answer(200, &[], &format!(r#"{{"messageId":["{TOKEN}"]}}"#)),
        answer(302, &[&format!("location: {url}")], ""),
        answer(
            400,
            &[&format!("x-echo: Bearer {TOKEN}")],
            &format!(r#"{{"error":"bad {TOKEN} at {url}"}}"#),
        ),
        answer(401, &[], &format!("no access for {TOKEN}")),
        answer(
            404,
            &[&format!("set-cookie: a={encoded}")],
            &format!("<html>{url}</html>"),
        ),
        answer(412, &[], &format!(r#"{{"error":"{TOKEN}"}}"#)),
        answer(429, &[&format!("x-echo: {TOKEN}")], ""),
        answer(503, &[], &url),
        answer(600, &[], &url),
    ];
    let failures = [
        Line::Close,
        broken_off(),
        Line::Answer(format!("HTTP/1.1 {TOKEN}\r\n\r\n")),
    ];
    for place in PLACES {
        for line in echoes.iter().chain(&failures) {
            let server = Server::start([line.clone()]).await;
            let client = server
                .builder()
                .credentials(place)
                .retry(RetryPolicy::never())
                .build()
                .unwrap();
            let error = client
                .get_message()
                .message_id("m")
                .send()
                .await
                .unwrap_err();
            assert_hidden(&shown(error), &format!("{place:?} {line:?}"));
            // Otherwise there is nothing to show.
            let request = server.requests().concat();
            assert!(PARTS.iter().all(|part| request.contains(part)), "{request}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_error_without_an_answer_shows_the_token() {
    let stalled = Server::start([Line::Stall]).await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    for place in PLACES {
        let builder = || {
            stalled
                .builder()
                .credentials(place)
                .retry(RetryPolicy::never())
        };
        let client = builder().timeout(Duration::from_secs(1)).build().unwrap();
        let timeout = client.get_signing_keys().send().await.unwrap_err();
        assert_hidden(&shown(timeout), "a timeout");
        let client = builder()
            .base_url(format!("http://{nobody}"))
            .build()
            .unwrap();
        let refused = client.get_signing_keys().send().await.unwrap_err();
        assert_hidden(&shown(refused), "a refused connection");
        let client = builder().build().unwrap();
        for destination in [
            "https://example.com/../../keys/rotate",
            "",
            "a\nb",
            "https://[:1",
            "https://a b",
        ] {
            let request = client.publish_message().destination(destination);
            if let Err(error) = tokio::time::timeout(Duration::from_secs(1), request.send())
                .await
                .unwrap_or(Ok(none()))
            {
                assert_hidden(&shown(error), destination);
            }
        }
    }
}

/// Stands for a request that was sent and is of no interest.
fn none() -> qstash_api::Response<types::PublishResult> {
    let result = serde_json::from_str(r#"{"messageId":"m"}"#).unwrap();
    qstash_api::Response::new(result, http::StatusCode::OK, http::HeaderMap::new())
}

#[tokio::test]
async fn debug_of_clients_builders_and_requests_shows_neither_the_token_nor_headers() {
    for place in PLACES {
        let builder = Client::builder()
            .token(TOKEN)
            .credentials(place)
            .header("X-Key", "s3cr3t");
        assert_hidden(&format!("{builder:?}"), "a builder");
        let client = builder.build().unwrap();
        assert_hidden(&format!("{client:?} {client:#?}"), "a client");
        let publish = client
            .publish_message()
            .destination("https://example.com")
            .body("{}");
        assert_hidden(&format!("{publish:?}"), "a request");
        let passed_on = || Message::empty().forward("Authorization", "s3cr3t");
        let publish = client.publish_message().message(passed_on());
        assert_hidden(&format!("{publish:?}"), "a request that passes on");
        let batch = client
            .batch_messages()
            .messages([passed_on().to("https://example.com")]);
        assert_hidden(&format!("{batch:?}"), "a batch that passes on");
    }
}

/// Whoever logs a message or an entry of the logs must not log what it forwards.
#[test]
fn what_the_service_shows_of_a_message_prints_the_names_of_its_headers_alone() {
    let json = r#"{
        "scheduleId": "s", "cron": "* * * * *", "destination": "d", "dlqId": "d", "messageId": "m",
        "header": {"Upstash-Forward-Authorization": ["hush"]},
        "headers": {"Upstash-Forward-Authorization": ["hush"]},
        "callbackHeader": {"Authorization": ["hush"]}, "callbackHeaders": {"Authorization": ["hush"]},
        "failureCallbackHeader": {"Authorization": ["hush"]}, "failureCallbackHeaders": {"Authorization": ["hush"]}
    }"#;
    fn debug<T: serde::de::DeserializeOwned + std::fmt::Debug>(json: &str) -> String {
        format!("{:?}", serde_json::from_str::<T>(json).unwrap())
    }
    let without_unknown = |json: &str, unknown: &[&str]| {
        let mut object: serde_json::Map<_, _> = serde_json::from_str(json).unwrap();
        object.retain(|name, _| !unknown.contains(&name.as_str()));
        serde_json::to_string(&object).unwrap()
    };
    let of_logs = ["callbackHeaders", "failureCallbackHeaders", "headers"];
    let of_others = ["callbackHeader", "failureCallbackHeader", "headers"];
    let shown = [
        debug::<types::Message>(&without_unknown(json, &of_logs)),
        debug::<types::DlqMessage>(&without_unknown(json, &of_logs)),
        debug::<types::Schedule>(&without_unknown(json, &of_logs)),
        debug::<types::LogEntry>(&without_unknown(json, &of_others)),
        debug::<types::UrlGroup>(r#"{"headers":{"Upstash-Forward-Authorization":["hush"]}}"#),
    ];
    for shown in shown {
        assert!(shown.contains("Authorization"), "{shown}");
        assert!(!shown.contains("hush"), "{shown}");
    }
    let body = types::UpdateUrlGroupBody::builder();
    let header = (
        "Upstash-Forward-Authorization".to_owned(),
        vec!["hush".to_owned()],
    );
    let body = body.headers(std::collections::BTreeMap::from([header]));
    assert!(!format!("{body:?} {:?}", body.clone().build().unwrap()).contains("hush"));
}
