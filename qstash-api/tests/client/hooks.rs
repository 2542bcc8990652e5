//! Hooks, which see requests before they are sent, and their outcomes.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::HeaderValue;
use qstash_api::{ErrorKind, RetryPolicy};

use crate::client::server::{Line, Server, answer};

const KEYS: &str = r#"{"current":"a","next":"b"}"#;

#[tokio::test]
async fn a_hook_changes_each_attempt_and_another_one_sees_how_each_ended() {
    let server = Server::start([Line::Close, answer(503, &[], ""), answer(200, &[], KEYS)]).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let outcomes = Arc::clone(&seen);
    let client = server
        .builder()
        .retry(RetryPolicy::default().base_delay(Duration::ZERO))
        .on_request(|request| {
            let attempt = HeaderValue::from(request.attempt());
            assert_eq!(
                (request.operation(), request.path()),
                ("get_signing_keys", "/v2/keys")
            );
            request.headers_mut().append("x-attempt", attempt);
        })
        .on_request(|request| {
            let tenant = HeaderValue::from_static("acme");
            request.headers_mut().insert("x-tenant", tenant);
        })
        .on_attempt(move |outcome| {
            let (operation, attempt) = (outcome.operation, outcome.attempt);
            let status = outcome.status.map(|status| status.as_u16());
            outcomes
                .lock()
                .unwrap()
                .push((operation, attempt, status, outcome.error));
        })
        .build()
        .unwrap();
    client.get_signing_keys().await.unwrap();
    let operation = "get_signing_keys";
    assert_eq!(
        *seen.lock().unwrap(),
        [
            (operation, 1, None, Some(ErrorKind::Transport)),
            (operation, 2, Some(503), None),
            (operation, 3, Some(200), None),
        ]
    );
    for (number, request) in server.requests().iter().enumerate() {
        let attempt = format!("x-attempt: {}\r\n", number + 1);
        assert_eq!(request.matches("x-attempt").count(), 1, "{request}");
        assert!(
            request.contains(&attempt) && request.contains("x-tenant: acme\r\n"),
            "{request}"
        );
    }
}

#[tokio::test]
async fn what_hooks_see_shows_no_token() {
    let server = Server::start([answer(200, &[], KEYS)]).await;
    let client = server.builder().on_request(|request| {
        let shown = format!("{request:?}");
        assert!(!shown.contains(crate::client::server::TOKEN), "{shown}");
        let headers = format!("{:?}", request.headers());
        assert!(!headers.contains(crate::client::server::TOKEN), "{headers}");
    });
    client.build().unwrap().get_signing_keys().await.unwrap();
}
