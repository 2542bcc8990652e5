//! Twenty rotations, a minute apart, under deliveries that never stop.
//!
//! Every delivery is verified by three receivers at once: the one that answers, which refreshes its
//! ring, and two that stand beside it and have a current and a next key only. What these refuse is
//! what would have been lost, of the very same deliveries.

mod endpoint;
mod forger;
mod rotating;
mod traffic;

use std::time::{Duration, Instant};

use qstash_api::keys::{KeyPair, KeyRing};
use qstash_api::{Client, keys::refresh::KeyRefresh};
use qstash_tests::QStash;

use crate::common;
use endpoint::{Endpoint, Waiting};
use forger::Forger;
use traffic::Traffic;

const ROTATIONS: usize = 20;
const MINUTE: Duration = Duration::from_secs(60);

struct World {
    server: QStash,
    client: Client,
    endpoints: Vec<Endpoint>,
}

impl World {
    async fn start() -> Self {
        let server = QStash::builder().without_records().start().await.unwrap();
        let client = common::client(&server);
        let pair = common::pair(&server);
        let mut endpoints = Vec::new();
        // The first asks often, the others when a delivery gives reason to.
        for interval in [Duration::from_millis(25), MINUTE * 60, MINUTE * 60] {
            let refresh = KeyRefresh::new(client.clone(), &KeyRing::from(pair.clone()))
                .every(interval)
                .spaced(Duration::from_millis(5))
                .with_patience(MINUTE)
                .with_clock(common::clock(&server));
            endpoints.push(Endpoint::start(refresh, &pair, common::clock(&server)).await);
        }
        Self {
            server,
            client,
            endpoints,
        }
    }

    async fn keys(&self) -> KeyPair {
        let ring = KeyRing::from_service(&self.client).await.unwrap();
        ring.keys().pair().unwrap()
    }

    fn count(&self, count: impl Fn(&Endpoint) -> usize) -> usize {
        self.endpoints.iter().map(count).sum()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_rotations_under_load_lose_no_delivery() {
    let begun = Instant::now();
    let world = World::start().await;
    let traffic = Traffic::start(&world);
    let mut forger = Forger::new();
    let mut held = 0;
    for minute in 0..ROTATIONS {
        traffic.flow(2).await;
        // Signed before the rotation, and under way until a minute after it.
        let waiting = Waiting::begin(&world.endpoints);
        held += traffic.publish_held(&world, &waiting).await;
        // Signed in the midst of it: these wait in the service.
        let is_held = minute % 3 == 0;
        if is_held {
            world.server.hold_deliveries();
        }
        let outgoing = world.keys().await;
        rotating::rotate(&world, minute).await;
        let pair = world.keys().await;
        for endpoint in &world.endpoints {
            endpoint.tell_those_beside(&pair);
        }
        if is_held {
            world.server.release_deliveries();
        }
        traffic.flow(2).await;
        forger.retire(outgoing);
        forger.try_everything(&world, &pair).await;
        world.server.clock().advance(MINUTE);
        waiting.end();
        for endpoint in &world.endpoints {
            endpoint.has_adopted(&pair).await;
        }
    }
    let published = traffic.stop().await + held;
    world.server.settle().await;
    let snapshot = world.server.snapshot();
    assert_eq!(snapshot.dlq, Vec::<serde_json::Value>::new());
    assert_eq!(world.count(Endpoint::accepted), published);
    assert_eq!(world.count(Endpoint::refused), forger.tried);

    let never_told = world.count(Endpoint::lost_by_the_never_told);
    let told_at_once = world.count(Endpoint::lost_by_the_told);
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{published} deliveries ({:.0} a second, {held} of them under way during a rotation), {ROTATIONS} times \
         rotated: 0 refused; {} forged ones: all refused. With a current and a next key only: {never_told} refused \
         by rings that are never told, {told_at_once} by rings that are told at once",
        published as f64 / seconds,
        forger.tried,
    );
    assert!(told_at_once >= held, "{told_at_once} of {held}");
    assert!(never_told > published / 2, "{never_told} of {published}");
}
