//! Forged deliveries do not reach the handler, and their sender learns nothing.

use std::time::Duration;

use qstash_api::Message;
use qstash_api::Timestamp;
use qstash_api::keys::KeyRing;
use qstash_api::receiver::{Clock, Receiver as Verifier};
use qstash_api::tower::{ExpectedUrl, VerifyLayer};

use crate::tower::subject::{BOTH, Handler, Subject};
use crate::tower::world::{ORIGIN, Reply, World, exchange, head};

#[tokio::test]
async fn whoever_cannot_sign_gets_a_code_and_nothing_more() {
    let world = World::start().await;
    let genuine = world.sign("/orders", "body").await;
    let (signed, _) = genuine.rsplit_once('.').unwrap();
    let other_mac = format!("{signed}.{}", "A".repeat(43));
    let cases = [
        (None, "/orders", "body", "missing"),
        (Some(""), "/orders", "body", "missing"),
        (Some("a.b"), "/orders", "body", "malformed"),
        (Some(&*other_mac), "/orders", "body", "unknown-key"),
        (Some(&*genuine), "/orders", "bodY", "body-mismatch"),
        (Some(&*genuine), "/orders", "", "body-mismatch"),
        (Some(&*genuine), "/orders", "body\n", "body-mismatch"),
        (Some(&*genuine), "/orders/", "body", "url-mismatch"),
        (Some(&*genuine), "/orders?", "body", "url-mismatch"),
        (Some(&*genuine), "/Orders", "body", "url-mismatch"),
        (Some(&*genuine), "/", "body", "url-mismatch"),
    ];
    for kind in BOTH {
        let layer = |_: &str| world.layer(ORIGIN);
        let subject = Subject::start(kind, Handler::default(), layer).await;
        for (signature, path, body, code) in cases {
            let length = format!("Content-Length: {}", body.len());
            let signature = signature.map(|signature| format!("Upstash-Signature: {signature}"));
            let lines: Vec<&str> = [Some(&*length), signature.as_deref()]
                .into_iter()
                .flatten()
                .collect();
            let pieces = [head(path, &lines), body.as_bytes().to_vec()];
            let reply = exchange(subject.address, &pieces).await.unwrap();
            assert_eq!((reply.status, &*reply.body), (401, code), "{kind:?} {path}");
            assert_says_nothing_else(&reply);
        }
        assert_eq!(subject.handler.runs(), 0, "{kind:?}");
        // The same signature with what it is for.
        let line = format!("Upstash-Signature: {genuine}");
        let pieces = [
            head("/orders", &["Content-Length: 4", &line]),
            b"body".to_vec(),
        ];
        let reply = exchange(subject.address, &pieces).await.unwrap();
        assert_eq!((reply.status, &*reply.body), (200, "handled"), "{kind:?}");
        assert_eq!(subject.handler.runs(), 1, "{kind:?}");
    }
}

/// The headers of the answer are those of every 401.
fn assert_says_nothing_else(reply: &Reply) {
    let names = reply.head.lines().skip(1);
    let names = names.map(|line| line.split(':').next().unwrap());
    let expected = [
        "connection",
        "content-length",
        "content-type",
        "date",
        "www-authenticate",
    ];
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    assert_eq!(names, expected);
}

/// Not even an invitation to send the body: the layer does not ask for it.
#[tokio::test]
async fn a_forged_request_is_answered_before_its_body_is_sent() {
    let world = World::start().await;
    for kind in BOTH {
        let layer = |_: &str| world.layer(ORIGIN);
        let subject = Subject::start(kind, Handler::default(), layer).await;
        let lines = [
            "Content-Length: 1000000",
            "Expect: 100-continue",
            "Upstash-Signature: a.b.c",
        ];
        let reply = exchange(subject.address, &[head("/", &lines)]).await;
        let reply = reply.unwrap();
        assert_eq!((reply.status, &*reply.body), (401, "malformed"), "{kind:?}");
    }
}

#[tokio::test]
async fn a_delivery_that_is_replayed_too_late_is_refused() {
    let world = World::start().await;
    let genuine = world.sign("/", "").await;
    let now = Timestamp::from(world.qstash.clock());
    let line = format!("Upstash-Signature: {genuine}");
    for kind in BOTH {
        for (later, status, text) in [(299, 200, "handled"), (360, 401, "expired")] {
            let verifier = world
                .verifier()
                .with_clock(Clock::fixed(now + Duration::from_secs(later)));
            let layer = |_: &str| VerifyLayer::new(verifier, ExpectedUrl::under(ORIGIN).unwrap());
            let subject = Subject::start(kind, Handler::default(), layer).await;
            let reply = exchange(subject.address, &[head("/", &[&line])]).await;
            let reply = reply.unwrap();
            assert_eq!((reply.status, &*reply.body), (status, text), "{kind:?}");
        }
    }
}

/// The service takes a refusal for a delivery that failed: with the right keys the next attempt succeeds.
#[tokio::test]
async fn a_delivery_that_was_refused_comes_again() {
    let world = World::start().await;
    for kind in BOTH {
        let ring = KeyRing::new("sig_old_a", "sig_old_b").unwrap();
        let layer = |url: &str| {
            let url = ExpectedUrl::under(url).unwrap();
            VerifyLayer::new(Verifier::new(&ring), url)
        };
        let subject = Subject::start(kind, Handler::default(), layer).await;
        world.publish(subject.url("/"), Message::text("x")).await;
        world.qstash.settle().await;
        assert_eq!(subject.handler.runs(), 0, "{kind:?}");
        ring.adopt(&world.pair(), world.qstash.clock());
        world.qstash.advance(Duration::from_secs(20)).await;
        let seen = subject.handler.seen().pop().unwrap();
        assert_eq!(seen.headers.get("upstash-retried").unwrap(), "1");
    }
}

#[tokio::test]
async fn urls_can_be_derived_or_left_unchecked() {
    let world = World::start().await;
    let genuine = world.sign("/outside/orders", "").await;
    let line = format!("Upstash-Signature: {genuine}");
    let behind_proxy = ExpectedUrl::from_fn(|parts| {
        let host = parts.headers.get("x-forwarded-host")?.to_str().ok()?;
        (host == "example.com").then(|| format!("https://{host}/outside{}", parts.uri.path()))
    });
    let stripped = ExpectedUrl::under(format!("{ORIGIN}/outside")).unwrap();
    let cases = [
        (&behind_proxy, "X-Forwarded-Host: example.com", 200),
        (&behind_proxy, "X-Forwarded-Host: evil.example", 401),
        (&behind_proxy, "X-Other: 1", 401),
        (&stripped, "X-Other: 1", 200),
        (&ExpectedUrl::unchecked(), "X-Other: 1", 200),
    ];
    for kind in BOTH {
        for (url, header, status) in cases {
            let layer = |_: &str| VerifyLayer::new(world.verifier(), url.clone());
            let subject = Subject::start(kind, Handler::default(), layer).await;
            let pieces = [head("/orders", &[&line, header])];
            let reply = exchange(subject.address, &pieces).await.unwrap();
            assert_eq!(reply.status, status, "{kind:?} {url:?} {header}");
        }
    }
}
