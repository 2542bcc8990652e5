//! Requests and streams own their client, and a request that no operation is for goes the same way as the others.

use futures_core::Stream;
use http::Method;
use qstash_api::{Client, ErrorKind, Message, RetryPolicy};
use serde_json::{Value, json};

use crate::client::server::{Line, Server, TOKEN, answer};

/// A value that can be given to another task, and stored.
fn free<T: Send + 'static>(value: T) -> T {
    value
}

#[tokio::test]
async fn a_request_can_be_sent_by_another_task_when_the_client_is_gone() {
    let server = Server::start([answer(200, &[], r#"{"messageId":"m"}"#)]).await;
    let client = server.client();
    let publish = client
        .publish_message()
        .destination("https://example.com")
        .message(Message::text("a"));
    let sent = tokio::spawn(free(publish.send()));
    drop(client);
    let answer = sent.await.unwrap().unwrap();
    assert_eq!(answer.message_id(), Some("m"));
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn a_stream_can_be_stored_and_given_away() {
    struct Stored {
        entries: std::pin::Pin<
            Box<dyn Stream<Item = Result<qstash_api::types::LogEntry, qstash_api::Error>> + Send>,
        >,
    }
    let server = Server::start([answer(200, &[], r#"{"logs":[{"messageId":"m"}]}"#)]).await;
    let stored = |client: Client| Stored {
        entries: Box::pin(client.list_logs().label("a").stream()),
    };
    let mut stored = free(stored(server.client()));
    let first = std::future::poll_fn(|context| stored.entries.as_mut().poll_next(context)).await;
    assert_eq!(first.unwrap().unwrap().message_id.as_deref(), Some("m"));
}

#[tokio::test]
async fn a_request_without_an_operation_has_credentials_and_errors_like_every_other() {
    let server = Server::start([
        answer(201, &["x-new: yes"], r#"{"a":1}"#),
        answer(404, &[], r#"{"error":"no such thing"}"#),
    ])
    .await;
    let client = server.client();
    let request = || {
        client
            .request(Method::POST, "/v2/brand/new")
            .query("count", "1 2")
            .header("Upstash-Brand-New", "yes")
            .json(&json!({ "b": 2 }))
    };
    let answer = request().send().await.unwrap();
    assert_eq!(answer.status(), 201);
    assert_eq!(answer.headers()["x-new"], "yes");
    assert_eq!(answer.json::<Value>().unwrap(), json!({ "a": 1 }));
    let sent = server.requests().concat();
    for part in [
        "POST /v2/brand/new?count=1+2 HTTP/1.1",
        "upstash-brand-new: yes",
        "content-type: application/json",
        &format!("authorization: Bearer {TOKEN}"),
        r#"{"b":2}"#,
    ] {
        assert!(sent.contains(part), "{sent:?} has not {part}");
    }
    let error = request().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.message(), "no such thing");
}

#[tokio::test(start_paused = true)]
async fn a_request_without_an_operation_is_sent_again_only_when_that_is_said_to_be_safe() {
    for (idempotent, attempts) in [(false, 1), (true, 2)] {
        let server = Server::start([Line::Close, answer(200, &[], "")]).await;
        let client = server.client().with_retry(RetryPolicy::default());
        let request = client.request(Method::POST, "/v2/brand/new");
        let request = if idempotent {
            request.idempotent()
        } else {
            request
        };
        assert_eq!(request.send().await.is_ok(), idempotent);
        assert_eq!(server.requests().len(), attempts);
    }
}

#[tokio::test]
async fn a_path_that_leads_elsewhere_and_credentials_of_another_are_refused() {
    let client = Client::new(TOKEN).unwrap();
    let get = |path: &str| client.request(Method::GET, path);
    for (request, problem) in [
        (get("v2/a"), "begins with a slash"),
        (get("/v2/../a"), "`.` or `..`"),
        (get("/v2/a#b"), "`#`"),
        (
            get("/v2/a").header("Authorization", "Bearer s3cr3t"),
            "`Authorization`",
        ),
        (
            get("/v2/a").query("qstash_token", "s3cr3t"),
            "`qstash_token`",
        ),
        (
            get("/v2/a").header("Transfer-Encoding", "chunked"),
            "HTTP's own",
        ),
    ] {
        let error = request.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(problem), "{shown}");
        assert!(!shown.contains("s3cr3t"), "{shown}");
    }
}
