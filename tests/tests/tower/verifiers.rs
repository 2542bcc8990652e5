//! Verifiers that are no plain receivers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use qstash_api::keys::{KeyPair, KeyRing};
use qstash_api::receiver::{
    Delivery, Receiver as Verifier, Rejection, Unverified, Verify, Verifying,
};
use qstash_api::tower::{ExpectedUrl, Refusal, VerifyLayer};
use qstash_api::{Client, Message};
use tower_layer::Layer;
use tower_service::Service;

use crate::subject::{BOTH, Handler, Subject};
use crate::world::{ORIGIN, World, exchange, head, request};

/// Asks the service for its keys when a signature that could be genuine matches none.
#[derive(Clone)]
struct Asking {
    verifier: Verifier,
    ring: KeyRing,
    client: Client,
    asked: Arc<AtomicUsize>,
}

impl Asking {
    fn new(world: &World) -> Self {
        let ring = KeyRing::new("sig_old_a", "sig_old_b").unwrap();
        Self {
            verifier: Verifier::new(&ring),
            ring,
            client: world.client.clone(),
            asked: Arc::default(),
        }
    }
}

impl Verify for Asking {
    async fn begin(&self, delivery: Delivery<'_>) -> Result<Verifying, Unverified> {
        match self.verifier.begin(delivery) {
            Err(Rejection::UnknownKey) if self.verifier.is_plausible(delivery) => {
                self.asked.fetch_add(1, Ordering::Relaxed);
                let keys = self.client.get_signing_keys().send().await;
                let keys = keys.map_err(Unverified::fault)?;
                let pair = KeyPair::new(keys.current.expose(), keys.next.expose());
                self.ring.adopt(&pair.map_err(Unverified::fault)?, 0);
                Ok(self.verifier.begin(delivery)?)
            }
            outcome => Ok(outcome?),
        }
    }
}

#[tokio::test]
async fn a_verifier_may_ask_the_service_first() {
    let world = World::start().await;
    for kind in BOTH {
        let asking = Asking::new(&world);
        let asked = Arc::clone(&asking.asked);
        let layer = |url: &str| VerifyLayer::new(asking, ExpectedUrl::under(url).unwrap());
        let subject = Subject::start(kind, Handler::default(), layer).await;
        for _ in 0..2 {
            world.publish(subject.url("/"), Message::text("x")).await;
            world.qstash.settle().await;
        }
        assert_eq!(subject.handler.runs(), 2, "{kind:?}");
        let reply = exchange(subject.address, &[head("/", &["Upstash-Signature: a.b.c"])]).await;
        assert_eq!(reply.unwrap().status, 401, "{kind:?}");
        assert_eq!(asked.load(Ordering::Relaxed), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn a_fault_of_ours_is_a_500_that_names_nothing() {
    let world = World::start().await;
    let genuine = world.sign("/", "").await;
    world.qstash.refuse_connections().await;
    let line = format!("Upstash-Signature: {genuine}");
    for kind in BOTH {
        let asking = Asking::new(&world);
        let layer = |_: &str| VerifyLayer::new(asking, ExpectedUrl::under(ORIGIN).unwrap());
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
    let genuine = world.sign("/", "").await;
    world.qstash.refuse_connections().await;
    let url = ExpectedUrl::under(ORIGIN).unwrap();
    let mut service = VerifyLayer::new(Asking::new(&world), url).layer(Handler::default());
    let response = service.call(request("/", &genuine, b"")).await.unwrap();
    let refusal = response.extensions().get::<Refusal>().unwrap();
    let source = std::error::Error::source(refusal).unwrap();
    assert!(source.is::<qstash_api::Error>());
    let response = service.call(request("/", "", b"")).await.unwrap();
    let refusal = response.extensions().get::<Refusal>().unwrap();
    assert_eq!(refusal.to_string(), Rejection::Missing.to_string());
}
