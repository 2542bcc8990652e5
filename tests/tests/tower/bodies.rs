//! Bodies that come in pieces, are too long, too slow, or break off.

use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use qstash_api::receiver::Rejection;
use qstash_api::tower::Refusal;
use tower_layer::Layer;
use tower_service::Service;

use crate::tower::subject::{BOTH, Handler, Subject};
use crate::tower::world::{ORIGIN, World, chunk, exchange, head, request};

const CHUNKED: &str = "Transfer-Encoding: chunked";

#[tokio::test]
async fn a_chunked_body_arrives_as_one() {
    let world = World::start().await;
    let body: Vec<u8> = (0..100_000_u32).flat_map(u32::to_be_bytes).collect();
    let line = format!("Upstash-Signature: {}", world.sign("/", body.clone()).await);
    for kind in BOTH {
        let layer = |_: &str| world.layer(ORIGIN);
        let subject = Subject::start(kind, Handler::default(), layer).await;
        for size in [7_777, 400_000] {
            let mut pieces = vec![head("/", &[CHUNKED, &line])];
            pieces.extend(body.chunks(size).map(chunk));
            pieces.push(b"0\r\nX-Trailer: ends here\r\n\r\n".to_vec());
            let reply = exchange(subject.address, &pieces).await.unwrap();
            assert_eq!(reply.status, 200, "{kind:?} {reply:?}");
            assert!(subject.handler.seen().pop().unwrap().body == body);
        }
        let changed = [
            head("/", &[CHUNKED, &line]),
            chunk(&body[1..]),
            chunk(&body[..1]),
            chunk(b""),
        ];
        let reply = exchange(subject.address, &changed).await.unwrap();
        assert_eq!(
            (reply.status, &*reply.body),
            (401, "body-mismatch"),
            "{kind:?}"
        );
        assert_eq!(subject.handler.runs(), 2, "{kind:?}");
    }
}

#[tokio::test]
async fn a_chunked_body_may_be_empty() {
    let world = World::start().await;
    let line = format!("Upstash-Signature: {}", world.sign("/", "").await);
    for kind in BOTH {
        let layer = |_: &str| world.layer(ORIGIN);
        let subject = Subject::start(kind, Handler::default(), layer).await;
        let pieces = [head("/", &[CHUNKED, &line]), chunk(b"")];
        let reply = exchange(subject.address, &pieces).await.unwrap();
        assert_eq!(reply.status, 200, "{kind:?}");
    }
}

#[tokio::test]
async fn a_body_of_just_the_limit_passes_and_one_more_byte_does_not() {
    let world = World::start().await;
    for (length, status) in [(1000, 200), (1001, 413)] {
        let body = vec![b'x'; length];
        let signature = world.sign("/", body.clone()).await;
        let line = format!("Upstash-Signature: {signature}");
        let known = format!("Content-Length: {length}");
        for kind in BOTH {
            for by_receiver in [false, true] {
                let layer = |_: &str| {
                    let layer = world.layer(ORIGIN);
                    if !by_receiver {
                        return layer.with_body_limit(1000);
                    }
                    let verifier = world.verifier().with_body_limit(1000);
                    let url = qstash_api::tower::ExpectedUrl::under(ORIGIN).unwrap();
                    qstash_api::tower::VerifyLayer::new(verifier, url)
                };
                let subject = Subject::start(kind, Handler::default(), layer).await;
                let plain = [head("/", &[&known, &line]), body.clone()];
                let (first, second) = body.split_at(999);
                let chunked = [
                    head("/", &[CHUNKED, &line]),
                    chunk(first),
                    chunk(second),
                    chunk(b""),
                ];
                for pieces in [&plain[..], &chunked] {
                    let reply = exchange(subject.address, pieces).await.unwrap();
                    assert_eq!(reply.status, status, "{kind:?} {length} {by_receiver}");
                    if status == 413 {
                        assert_eq!(reply.body, "body-too-long");
                    }
                }
                let runs = if status == 200 { 2 } else { 0 };
                assert_eq!(subject.handler.runs(), runs);
            }
        }
    }
}

/// The answers come although not one byte of the body does.
#[tokio::test]
async fn a_body_that_says_it_is_too_long_is_not_waited_for() {
    let world = World::start().await;
    let line = format!("Upstash-Signature: {}", world.sign("/", "").await);
    for kind in BOTH {
        let layer = |_: &str| world.layer(ORIGIN).with_body_timeout(None);
        let subject = Subject::start(kind, Handler::default(), layer).await;
        for length in ["16777217", "18446744073709551613"] {
            let length = format!("Content-Length: {length}");
            let reply = exchange(subject.address, &[head("/", &[&length, &line])]).await;
            let reply = reply.unwrap();
            assert_eq!(
                (reply.status, &*reply.body),
                (413, "body-too-long"),
                "{kind:?}"
            );
        }
        assert_eq!(subject.handler.runs(), 0);
    }
}

/// More is sent than the layer takes; it stops reading and answers.
#[tokio::test]
async fn a_body_without_an_end_is_cut_off_at_the_limit() {
    let world = World::start().await;
    let line = format!("Upstash-Signature: {}", world.sign("/", "").await);
    for kind in BOTH {
        let layer = |_: &str| world.layer(ORIGIN).with_body_limit(100_000);
        let subject = Subject::start(kind, Handler::default(), layer).await;
        let mut pieces = vec![head("/", &[CHUNKED, &line])];
        pieces.extend((0..26).map(|_| chunk(&[b'x'; 4000])));
        let reply = exchange(subject.address, &pieces).await.unwrap();
        assert_eq!(
            (reply.status, &*reply.body),
            (413, "body-too-long"),
            "{kind:?}"
        );
        assert_eq!(subject.handler.runs(), 0);
    }
}

#[tokio::test]
async fn a_body_that_does_not_end_in_time_is_cut_off() {
    let world = World::start().await;
    let line = format!("Upstash-Signature: {}", world.sign("/", "body").await);
    for kind in BOTH {
        let timeout = Duration::from_millis(20);
        let layer = |_: &str| world.layer(ORIGIN).with_body_timeout(timeout);
        let subject = Subject::start(kind, Handler::default(), layer).await;
        let pieces = [head("/", &["Content-Length: 4", &line]), b"bod".to_vec()];
        let reply = exchange(subject.address, &pieces).await.unwrap();
        assert_eq!(
            (reply.status, &*reply.body),
            (408, "body-timeout"),
            "{kind:?}"
        );
        assert_eq!(subject.handler.runs(), 0);
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_reaches_nobody() {
    let world = World::start().await;
    let line = format!("Upstash-Signature: {}", world.sign("/", "body").await);
    for kind in BOTH {
        let layer = |_: &str| world.layer(ORIGIN);
        let subject = Subject::start(kind, Handler::default(), layer).await;
        // All of the body that was signed, but the coding never says that it ends there.
        let pieces = [
            head("/", &[CHUNKED, &line]),
            chunk(b"body"),
            b"not a length\r\n".to_vec(),
        ];
        let reply = exchange(subject.address, &pieces).await.unwrap();
        assert_eq!(
            (reply.status, &*reply.body),
            (400, "body-broken"),
            "{kind:?}"
        );
        assert_eq!(subject.handler.runs(), 0, "{kind:?}");
    }
}

#[tokio::test]
async fn a_limit_further_out_is_answered_like_our_own() {
    let world = World::start().await;
    let signature = world.sign("/", "body").await;
    let handler = Handler::default();
    let mut service = world.layer(ORIGIN).layer(handler.clone());
    for (limit, status) in [(4, 200), (3, 413)] {
        let request = request("/", &signature, b"body").map(|body| Limited::new(body, limit));
        let response = service.call(request).await.unwrap();
        assert_eq!(response.status(), status);
        let refusal = response.extensions().get();
        let is_too_long = matches!(refusal, Some(Refusal::Rejected(Rejection::BodyTooLong)));
        assert_eq!(is_too_long, status == 413);
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(
            body,
            if status == 200 {
                "handled"
            } else {
                "body-too-long"
            }
        );
    }
    assert_eq!(handler.runs(), 1);
}
