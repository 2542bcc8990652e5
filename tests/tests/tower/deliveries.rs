//! Genuine deliveries reach the handler as they are.

use qstash_api::Message;
use qstash_api::keys::{KeyName, KeyRing, Region};
use qstash_api::receiver::Receiver as Verifier;
use qstash_api::tower::{ExpectedUrl, VerifyLayer};
use qstash_dev_server::QStash;

use crate::tower::subject::{BOTH, Handler, Subject};
use crate::tower::world::World;

#[tokio::test]
async fn a_delivery_reaches_the_handler_byte_for_byte() {
    let world = World::start().await;
    let every_byte: Vec<u8> = (0..=255).cycle().take(3_000_000).collect();
    for kind in BOTH {
        let subject = Subject::start(kind, Handler::default(), |url| world.layer(url)).await;
        for body in [&b""[..], b"x", b"{\"a\": 1}\r\n", &every_byte] {
            let url = subject.url("/a//b%2F?x=1&x=%20");
            let message = Message::bytes(body.to_vec(), "application/octet-stream");
            world.publish(url.clone(), message).await;
            world.qstash.settle().await;
            let seen = subject.handler.seen().pop().unwrap();
            assert!(seen.body == body, "{kind:?}: {} bytes", body.len());
            assert_eq!(seen.target, "/a//b%2F?x=1&x=%20");
            assert_eq!(seen.verified.claims().subject(), url);
            assert_eq!(seen.verified.key(), KeyName::Current);
        }
        assert_eq!(subject.handler.runs(), 4);
    }
    assert_eq!(world.qstash.snapshot().dlq.len(), 0);
}

#[tokio::test]
async fn a_message_to_a_url_without_a_path_arrives() {
    let world = World::start().await;
    for kind in BOTH {
        let subject = Subject::start(kind, Handler::default(), |url| world.layer(url)).await;
        for path in ["", "/", "?x=1", "/?x=1"] {
            world
                .publish(subject.url(path), Message::text("root"))
                .await;
            world.qstash.settle().await;
            let seen = subject.handler.seen().pop().unwrap();
            assert_eq!(seen.verified.claims().subject(), subject.url(path));
        }
        assert_eq!(subject.handler.runs(), 4, "{kind:?}");
    }
}

#[tokio::test]
async fn deliveries_without_a_body_arrive_whatever_their_method() {
    let world = World::start().await;
    for kind in BOTH {
        let subject = Subject::start(kind, Handler::default(), |url| world.layer(url)).await;
        for method in ["GET", "DELETE", "PUT", "PATCH", "POST"] {
            let message = Message::empty().method(method.parse().unwrap());
            world.publish(subject.url("/"), message).await;
            world.qstash.settle().await;
            let seen = subject.handler.seen().pop().unwrap();
            assert_eq!((seen.method.as_str(), seen.body.len()), (method, 0));
        }
        assert_eq!(subject.handler.runs(), 5, "{kind:?}");
    }
}

/// The service sends no HEAD, but a signature does not sign the method.
#[tokio::test]
async fn a_head_request_is_verified_like_any_other() {
    let world = World::start().await;
    let signature = world.sign("/", "").await;
    for kind in BOTH {
        let layer = |_: &str| world.layer(crate::tower::world::ORIGIN);
        let subject = Subject::start(kind, Handler::default(), layer).await;
        let client = crate::client::http().build().unwrap();
        let signed = client.head(subject.url("/"));
        let signed = signed.header("Upstash-Signature", &signature);
        assert_eq!(signed.send().await.unwrap().status(), 200);
        let unsigned = client.head(subject.url("/")).send().await.unwrap();
        assert_eq!(unsigned.status(), 401);
        assert_eq!(subject.handler.runs(), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn many_deliveries_at_once_keep_their_bodies_apart() {
    let world = World::start().await;
    for kind in BOTH {
        let subject = Subject::start(kind, Handler::default(), |url| world.layer(url)).await;
        world.qstash.hold_deliveries();
        for number in 0..100 {
            let url = subject.url(&format!("/{number}"));
            let body = number.to_string().repeat(1000);
            world.publish(url, Message::text(body)).await;
        }
        world.qstash.release_deliveries();
        world.qstash.settle().await;
        let seen = subject.handler.seen();
        assert_eq!(seen.len(), 100, "{kind:?}");
        for seen in seen {
            let number = seen.target.trim_start_matches('/');
            assert_eq!(seen.body, number.repeat(1000));
        }
    }
}

#[tokio::test]
async fn clones_of_a_layer_share_the_ring_and_see_rotations() {
    let world = World::start().await;
    let pair = world.pair();
    let ring = KeyRing::new(pair.current().expose(), pair.next().expose()).unwrap();
    for kind in BOTH {
        let layer = |url: &str| {
            let url = ExpectedUrl::under(url).unwrap();
            VerifyLayer::new(Verifier::new(&ring), url)
        };
        let subject = Subject::start(kind, Handler::default(), layer).await;
        for (rotations, key) in [(0, KeyName::Current), (1, KeyName::Next)] {
            (0..rotations).for_each(|_| world.qstash.rotate_signing_keys());
            world.publish(subject.url("/"), Message::text("x")).await;
            world.qstash.settle().await;
            assert_eq!(subject.handler.seen().pop().unwrap().verified.key(), key);
        }
        ring.adopt(&world.pair(), world.qstash.clock());
        world.publish(subject.url("/"), Message::text("x")).await;
        world.qstash.settle().await;
        let seen = subject.handler.seen().pop().unwrap();
        assert_eq!(
            (seen.verified.key(), subject.handler.runs()),
            (KeyName::Current, 3)
        );
    }
}

#[tokio::test]
async fn deliveries_of_two_regions_are_told_apart_by_their_keys() {
    use qstash_api::keys::KeyRings;
    let us = QStash::builder().region("us-east-1").start().await.unwrap();
    let keys = us.snapshot().signing_keys;
    let rings = KeyRings::for_region(Region::EuCentral1, KeyRing::new("eu_a", "eu_b").unwrap())
        .with_ring(
            Region::UsEast1,
            KeyRing::new(keys.current, keys.next).unwrap(),
        );
    for kind in BOTH {
        let layer = |url: &str| {
            let url = ExpectedUrl::under(url).unwrap();
            VerifyLayer::new(Verifier::new(rings.clone()), url)
        };
        let subject = Subject::start(kind, Handler::default(), layer).await;
        let publish = format!("{}/v2/publish/{}", us.url(), subject.url("/"));
        let client = crate::client::http().build().unwrap();
        let request = client.post(publish).bearer_auth(us.token()).body("x");
        request.send().await.unwrap().error_for_status().unwrap();
        us.settle().await;
        let seen = subject.handler.seen().pop().unwrap();
        assert_eq!(seen.verified.region(), Some(Region::UsEast1));
    }
}
