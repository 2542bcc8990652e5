//! Receivers that ask the service for its keys.

use std::time::Duration;

use qstash_api::Message;
use qstash_api::keys::KeyName;
use qstash_api::keys::refresh::KeyRefresh;
use qstash_api::receiver::{Clock, Receiver, RefreshingReceiver, Rejection};
use qstash_api::tower::{ExpectedUrl, Refusal, VerifyLayer};
use tower_layer::Layer;
use tower_service::Service;

use crate::tower::subject::{BOTH, Handler, Kind, Subject};
use crate::tower::world::{ORIGIN, World, exchange, head, request};

const HOUR: Duration = Duration::from_secs(3600);

/// A refresh of a ring with the keys that the service has now, in the time of the service.
fn refresh(world: &World) -> KeyRefresh {
    KeyRefresh::new(world.client.clone(), &world.pair().into()).with_clock(clock(world))
}

fn clock(world: &World) -> Clock {
    Clock::from(world.qstash.clock())
}

fn receiver(world: &World, refresh: &KeyRefresh) -> RefreshingReceiver {
    let with_clock = |receiver: Receiver| receiver.with_clock(clock(world));
    RefreshingReceiver::new(refresh).map_receiver(with_clock)
}

async fn subject(kind: Kind, receiver: RefreshingReceiver) -> Subject {
    let layer = |url: &str| VerifyLayer::new(receiver, ExpectedUrl::under(url).unwrap());
    Subject::start(kind, Handler::default(), layer).await
}

/// The number of requests for the keys since the last call.
fn readings(world: &World) -> usize {
    let requests = world.qstash.take_requests();
    let of_keys = requests.iter().filter(|sent| sent.path() == "/v2/keys");
    of_keys.count()
}

/// Retries are off: a delivery that is refused once is lost.
#[tokio::test]
async fn a_rotation_made_elsewhere_is_picked_up_through_the_layer() {
    let world = World::start().await;
    for kind in BOTH {
        let refresh = refresh(&world).min_interval(Duration::ZERO);
        let subject = subject(kind, receiver(&world, &refresh)).await;
        readings(&world);
        // The ring knows neither key after two rotations, and after one it knows one as next.
        for (rotations, asked, key) in [
            (0, 0, KeyName::Current),
            (2, 1, KeyName::Current),
            (1, 0, KeyName::Next),
            (3, 1, KeyName::Current),
        ] {
            (0..rotations).for_each(|_| world.qstash.rotate_signing_keys());
            let message = Message::text("x").retries(0);
            world.publish(subject.url("/"), message).await;
            world.qstash.settle().await;
            let seen = subject.handler.seen().pop().unwrap();
            assert_eq!(seen.verified.key(), key, "{kind:?} {rotations}");
            assert_eq!(readings(&world), asked, "{kind:?} {rotations}");
        }
        assert_eq!(subject.handler.runs(), 4, "{kind:?}");
    }
    assert_eq!(world.qstash.snapshot().dlq.len(), 0);
}

/// A delivery that is under way during the rotation arrives after it.
#[tokio::test]
async fn a_delivery_under_way_with_the_outgoing_key_passes_through_the_layer() {
    let world = World::start().await;
    for kind in BOTH {
        let refresh = refresh(&world).min_interval(Duration::ZERO);
        let receiver = receiver(&world, &refresh);
        let layer = |_: &str| VerifyLayer::new(receiver, ExpectedUrl::under(ORIGIN).unwrap());
        let subject = Subject::start(kind, Handler::default(), layer).await;
        let line = format!("Upstash-Signature: {}", world.sign("/", "").await);
        world.qstash.rotate_signing_keys();
        refresh.refresh().await.unwrap();
        let reply = exchange(subject.address, &[head("/", &[&line])]).await;
        assert_eq!(reply.unwrap().status, 200, "{kind:?}");
        let seen = subject.handler.seen().pop().unwrap();
        assert_eq!(seen.verified.key(), KeyName::Previous);
    }
}

#[tokio::test]
async fn forged_requests_do_not_drive_the_layer_to_ask() {
    let world = World::start().await;
    let genuine = world.sign("/", "").await;
    let (signed, _) = genuine.rsplit_once('.').unwrap();
    for kind in BOTH {
        // Nobody is kept waiting for keys that come in an hour.
        let patience = Duration::from_millis(1);
        let refresh = refresh(&world)
            .min_interval(HOUR)
            .max_delivery_wait(patience);
        refresh.refresh().await.unwrap();
        let receiver = receiver(&world, &refresh);
        let layer = |_: &str| VerifyLayer::new(receiver, ExpectedUrl::under(ORIGIN).unwrap());
        let subject = Subject::start(kind, Handler::default(), layer).await;
        readings(&world);
        // Misdirected or no token at all: no key would make it good.
        for (path, signature) in [("/other", &*genuine), ("/", "a.b.c"), ("/", "")] {
            let line = format!("Upstash-Signature: {signature}");
            let reply = exchange(subject.address, &[head(path, &[&line])]).await;
            assert_eq!(reply.unwrap().status, 401, "{kind:?} {path}");
        }
        for mac in ["A", "B", "C"] {
            let line = format!("Upstash-Signature: {signed}.{}A", mac.repeat(42));
            let reply = exchange(subject.address, &[head("/", &[&line])]).await;
            let reply = reply.unwrap();
            assert_eq!((reply.status, &*reply.body), (401, "unknown-key"));
        }
        assert_eq!(readings(&world), 0, "{kind:?}");
        assert_eq!(subject.handler.runs(), 0);
    }
}

#[tokio::test]
async fn keys_that_cannot_be_read_are_a_500_that_names_nothing() {
    let world = World::start().await;
    let refresh = refresh(&world).min_interval(Duration::ZERO);
    let receiver = receiver(&world, &refresh);
    (0..2).for_each(|_| world.qstash.rotate_signing_keys());
    let genuine = world.sign("/", "").await;
    world.qstash.refuse_connections().await;
    let line = format!("Upstash-Signature: {genuine}");
    for kind in BOTH {
        let receiver = receiver.clone();
        let layer = |_: &str| VerifyLayer::new(receiver, ExpectedUrl::under(ORIGIN).unwrap());
        let subject = Subject::start(kind, Handler::default(), layer).await;
        let reply = exchange(subject.address, &[head("/", &[&line])]).await;
        let reply = reply.unwrap();
        assert_eq!((reply.status, &*reply.body), (500, "fault"), "{kind:?}");
        assert_eq!(subject.handler.runs(), 0);
    }
}

#[tokio::test]
async fn layers_further_out_can_see_why() {
    let world = World::start().await;
    let receiver = receiver(&world, &refresh(&world));
    (0..2).for_each(|_| world.qstash.rotate_signing_keys());
    let genuine = world.sign("/", "").await;
    world.qstash.refuse_connections().await;
    let url = ExpectedUrl::under(ORIGIN).unwrap();
    let mut service = VerifyLayer::new(receiver, url).layer(Handler::default());
    let response = service.call(request("/", &genuine, b"")).await.unwrap();
    let refusal = response.extensions().get::<Refusal>().unwrap();
    let source = std::error::Error::source(refusal).unwrap();
    assert!(source.is::<qstash_api::Error>(), "{source:?}");
    let response = service.call(request("/", "", b"")).await.unwrap();
    let refusal = response.extensions().get::<Refusal>().unwrap();
    assert_eq!(refusal.to_string(), Rejection::Missing.to_string());
}
