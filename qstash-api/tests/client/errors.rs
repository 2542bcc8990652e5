//! Answers, and the lack of one, as errors.

use std::error::Error as _;

use qstash_api::{Error, ErrorKind, RateLimitKind, RetryPolicy, Timestamp};

use crate::client::server::{Line, Server, answer, broken_off};

async fn error(line: Line) -> Error {
    let server = Server::start([line]).await;
    let client = server.client().with_retry(RetryPolicy::never());
    client
        .get_message()
        .message_id("msg_1")
        .send()
        .await
        .unwrap_err()
}

#[tokio::test]
async fn every_status_has_a_kind_and_what_the_service_says_is_kept() {
    use ErrorKind::{Credentials, InvalidRequest, NotFound, PlanLimit, Service};
    let html = "<html>\r\n<body>Bad\tGateway</body></html>";
    for (status, body, kind, message, retryable) in [
        (
            400,
            r#"{"error":"invalid destination url"}"#,
            InvalidRequest,
            "invalid destination url",
            false,
        ),
        (
            401,
            r#"{"error":"unauthorized"}"#,
            Credentials,
            "unauthorized",
            false,
        ),
        (403, "forbidden", Credentials, "forbidden", false),
        (
            404,
            r#"{"error":"message not found"}"#,
            NotFound,
            "message not found",
            false,
        ),
        (404, "", NotFound, "", false),
        (408, "", Service, "", true),
        (409, r#"{"error":"conflict"}"#, Service, "conflict", false),
        (
            412,
            r#"{"error":"your plan allows 10 queues"}"#,
            PlanLimit,
            "your plan allows 10 queues",
            false,
        ),
        (413, "too large", InvalidRequest, "too large", false),
        (
            422,
            r#"{"message":"another form"}"#,
            InvalidRequest,
            r#"{"message":"another form"}"#,
            false,
        ),
        (
            500,
            r#"{"error":"line\nbreak"}"#,
            Service,
            "line break",
            false,
        ),
        (
            502,
            html,
            Service,
            "<html> <body>Bad Gateway</body></html>",
            true,
        ),
        (503, "", Service, "", true),
        (504, "\u{0}\u{1b}[2J", Service, "[2J", true),
        (
            302,
            "",
            Service,
            "a redirect, which is never followed; check the base URL",
            false,
        ),
        (
            304,
            "",
            Service,
            "an answer that the service has no reason to give; look for a cache or proxy before it",
            false,
        ),
        (599, "", Service, "", false),
    ] {
        let error = error(answer(status, &[], body)).await;
        assert_eq!(error.kind(), kind, "{status}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.message(), message, "{status}");
        assert_eq!(error.is_retryable(), retryable, "{status}");
        assert_eq!(error.operation_id(), Some("get_message"), "{status}");
        assert!(!error.is_wrong_region() && !error.is_connect());
        let shown = error.to_string();
        assert!(
            shown.starts_with(&format!("get_message: the service answered {status}")),
            "{shown}"
        );
        assert!(shown.ends_with(message), "{shown}");
    }
}

#[tokio::test]
async fn a_token_that_only_reads_is_told_from_one_that_is_not_taken() {
    for (status, text, read_only) in [
        (403, "this is a read-only token", true),
        (401, "ReadOnly token cannot publish", true),
        (400, "the token is read only", true),
        (403, "forbidden", false),
        (500, "read-only token", false),
    ] {
        let body = format!(r#"{{"error":"{text}"}}"#);
        let error = error(answer(status, &[], &body)).await;
        assert_eq!(error.is_read_only_token(), read_only, "{text}");
        let is_credentials = error.kind() == ErrorKind::Credentials;
        assert_eq!(is_credentials, read_only || status == 403, "{text}");
        let shown = error.to_string();
        assert_eq!(shown.contains("for reading only"), read_only, "{shown}");
    }
}

#[tokio::test]
async fn a_token_of_another_region_is_no_missing_thing() {
    let body = r#"{"error":"user not found in this region (us-east-1)"}"#;
    let error = error(answer(404, &[], body)).await;
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.is_wrong_region());
    assert!(
        error
            .to_string()
            .contains("the token belongs to another region"),
        "{error}"
    );
}

#[tokio::test]
async fn a_limit_comes_with_its_name_and_its_end() {
    let headers = [
        "Burst-RateLimit-Limit: 100",
        "Burst-RateLimit-Remaining: 0",
        "Burst-RateLimit-Reset: 784111777",
    ];
    let error = error(answer(429, &headers, r#"{"error":"slow down"}"#)).await;
    let ErrorKind::RateLimit(limit) = error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!(
        (limit.kind, limit.limit, limit.remaining),
        (RateLimitKind::Burst, Some(100), Some(0))
    );
    assert_eq!(limit.reset, Some(Timestamp::from_unix_secs(784_111_777)));
    assert_eq!(error.rate_limit(), Some(limit));
    assert_eq!(
        error.to_string(),
        "get_message: the service answered 429 Too Many Requests (limit of requests per second of 100, \
         resets 1994-11-06T08:49:37Z): slow down"
    );
}

#[tokio::test]
async fn without_an_answer_there_is_no_status_but_a_source() {
    for (line, kind) in [
        (Line::Close, ErrorKind::Transport),
        (broken_off(), ErrorKind::Transport),
    ] {
        let error = error(line.clone()).await;
        assert_eq!((error.kind(), error.status()), (kind, None), "{line:?}");
        assert!(
            error.is_retryable() && !error.is_connect() && error.source().is_some(),
            "{line:?}"
        );
        assert!(
            error.to_string().contains(
                "no answer came from the service: the connection broke, and the service may have done what it was \
                 asked to"
            ),
            "{error}"
        );
    }
    let server = Server::start([Line::Close]).await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let client = server
        .builder()
        .base_url(format!("http://{nobody}"))
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let error = client.get_signing_keys().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.is_connect() && error.is_retryable());
    assert!(
        error.to_string().contains("no connection could be made"),
        "{error}"
    );
}

/// The last attempt alone does not tell.
#[tokio::test]
async fn an_error_after_an_attempt_that_was_lost_says_that_it_may_have_been_done() {
    let gone = || answer(404, &[], r#"{"error":"not found"}"#);
    for (script, done) in [
        (vec![Line::Close, gone()], true),
        (vec![broken_off(), gone()], true),
        (vec![answer(503, &[], ""), gone()], true),
        (vec![answer(429, &[], ""), gone()], false),
        (vec![gone()], false),
    ] {
        let attempts = script.len();
        let server = Server::start(script).await;
        let policy = RetryPolicy::default().max_delay(std::time::Duration::ZERO);
        let client = server.client().with_retry(policy);
        let cancel = client.cancel_message().message_id("msg_1");
        let error = cancel.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.may_have_been_done(), done, "{error:?}");
        assert_eq!(server.connections(), attempts);
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_says_where_and_does_not_quote_it() {
    for body in ["", "s3cr3t", r#"{"messageId":"s3cr3t""#, r#"["s3cr3t"]"#] {
        let error = error(answer(200, &[], body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert!(!error.is_retryable() && error.source().is_some());
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("s3cr3t"), "{shown}");
    }
}

#[tokio::test]
async fn a_success_that_is_none_says_what_the_service_said() {
    for (body, said) in [
        (r#"{"error":"boom"}"#, Some("boom")),
        (
            "<html>\n<title>Log in</title>",
            Some("<html> <title>Log in</title>"),
        ),
        (r#"{"error":"the key sig_s3cr3t is odd"}"#, None),
        ("<p>sig_s3cr3t</p>", None),
    ] {
        let server = Server::start([answer(200, &[], body)]).await;
        let error = server.client().get_signing_keys().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("s3cr3t"), "{shown}");
        match said {
            Some(said) => assert!(
                error.message().ends_with(&format!("it says: {said}")),
                "{shown}"
            ),
            None => assert!(!shown.contains("it says"), "{shown}"),
        }
    }
}

/// Of an operation that answers nothing, such an answer would be taken for done.
#[tokio::test]
async fn a_success_that_tells_of_a_failure_is_one_where_nothing_is_answered_too() {
    for (body, said) in [
        (r#"{"error":"boom"}"#, Some("it says: boom")),
        (r#"{"error":"the key sig_s3cr3t"}"#, Some("of success")),
        (r#"{"error":"","paused":true}"#, None),
        (r#"{"error":""}"#, None),
        (r#"{"cancelled":1}"#, None),
        ("", None),
        ("OK", None),
    ] {
        let server = Server::start([answer(200, &[], body)]).await;
        let pause = server.client().pause_queue().queue_name("q").send().await;
        match said {
            Some(said) => {
                let error = pause.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
                assert!(error.may_have_been_done() && error.message().ends_with(said));
            }
            None => {
                let answer = pause.unwrap();
                let json: Option<serde_json::Value> = serde_json::from_str(body).ok();
                assert_eq!(answer.unrecognized(), json.as_slice(), "{body}");
            }
        }
        // Nobody knows what an endpoint answers that has no operation.
        let server = Server::start([answer(200, &[], body)]).await;
        let request = server.client().request(http::Method::GET, "/v2/new");
        assert_eq!(request.send().await.unwrap().into_inner(), body);
    }
}

#[tokio::test]
async fn a_request_that_is_wrong_is_an_error_before_it_is_sent() {
    let server = Server::start([answer(200, &[], "{}")]).await;
    let client = server.client();
    for (error, message) in [
        (
            client
                .get_message()
                .message_id("")
                .send()
                .await
                .unwrap_err(),
            "is empty",
        ),
        (
            client.get_message().send().await.unwrap_err(),
            "is required",
        ),
        (
            client
                .cancel_message()
                .message_id("..")
                .send()
                .await
                .unwrap_err(),
            "another resource",
        ),
    ] {
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::InvalidRequest, None)
        );
        assert!(
            error.message().contains(message) && !error.is_retryable(),
            "{error}"
        );
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn an_error_can_cross_threads() {
    fn is_an_error_of_threads<T: std::error::Error + Send + Sync + 'static>() {}
    is_an_error_of_threads::<Error>();
}
