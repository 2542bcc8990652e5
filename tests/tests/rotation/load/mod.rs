//! Twenty rotations, a minute apart, under deliveries that never stop.
//!
//! A run goes second by second on the clock that the service and the receivers live by. In each
//! second so many deliveries are made, of which some are long under way, and in one second of each
//! minute the keys are rotated while deliveries are being signed. What goes when is drawn from a
//! seed, so two runs differ in nothing but the rings of the receivers.

mod endpoint;
mod forger;
mod rotating;
mod traffic;

use std::fmt;
use std::time::{Duration, Instant};

use qstash_api::keys::{KeyPair, KeyRing, PREVIOUS_KEY_LIFETIME};
use qstash_api::{Client, keys::refresh::KeyRefresh};
use qstash_dev_server::QStash;
use tokio::sync::watch;

use super::common;
use endpoint::Endpoint;
use forger::Forger;
use traffic::Traffic;

const ROTATIONS: usize = 20;
const MINUTE: u64 = 60;
/// The second of each minute in which the keys are rotated.
const ROTATES_AT: u64 = 30;
/// Deliveries in a second, to three endpoints.
pub(crate) const RATE: usize = 201;

/// The keys that the rings of a run keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rings {
    /// The outgoing key too, as long as the crate keeps it.
    WithPrevious,
    /// The current and the next key, which they learn as soon as the others do.
    CurrentAndNext,
}

/// The outcome of a run.
#[derive(Debug)]
pub(crate) struct Figures {
    rings: Rings,
    /// Genuine deliveries.
    pub(crate) delivered: usize,
    /// Of these, the ones that were refused.
    pub(crate) lost: usize,
    /// Of the delivered ones, those that were signed before a rotation and arrived after it.
    pub(crate) crossing: usize,
    pub(crate) forged: usize,
    pub(crate) forged_accepted: usize,
    /// The service's seconds in which deliveries were made.
    seconds: u64,
    took: Duration,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let took = self.took.as_secs_f64();
        write!(
            f,
            "{:?}: {} deliveries, {} in each of {} seconds of the service's clock ({:.0} a second of ours), \
             {ROTATIONS} rotations a minute apart, {} deliveries under way during one: {} refused; {} forged ones: {} \
             accepted",
            self.rings,
            self.delivered,
            RATE,
            self.seconds,
            self.delivered as f64 / took,
            self.crossing,
            self.lost,
            self.forged,
            self.forged_accepted,
        )
    }
}

struct World {
    server: QStash,
    client: Client,
    endpoints: Vec<Endpoint>,
    /// The service's time, for what waits for it.
    time: watch::Sender<u64>,
}

impl World {
    async fn start(rings: Rings) -> Self {
        let server = QStash::builder().without_records().start().await.unwrap();
        let client = common::client(&server);
        let pair = common::pair(&server);
        let time = watch::Sender::new(server.clock().now_secs());
        let lifetime = match rings {
            Rings::WithPrevious => PREVIOUS_KEY_LIFETIME,
            Rings::CurrentAndNext => Duration::ZERO,
        };
        let mut endpoints = Vec::new();
        let hour = Duration::from_secs(3600);
        // The first asks often, the others when a delivery gives reason to.
        for interval in [Duration::from_millis(25), hour, hour] {
            let refresh = KeyRefresh::new(client.clone(), &KeyRing::from(pair.clone()))
                .interval(interval)
                .min_interval(Duration::from_millis(5))
                .max_delivery_wait(Duration::from_secs(600))
                .previous_key_lifetime(lifetime)
                .with_clock(common::clock(&server));
            let endpoint = Endpoint::start(refresh, common::clock(&server), time.subscribe());
            endpoints.push(endpoint.await);
        }
        Self {
            server,
            client,
            endpoints,
            time,
        }
    }

    async fn keys(&self) -> KeyPair {
        let ring = KeyRing::from_service(&self.client).await.unwrap();
        ring.keys().pair().unwrap()
    }

    fn count(&self, count: impl Fn(&Endpoint) -> usize) -> usize {
        self.endpoints.iter().map(count).sum()
    }

    /// The next second begins.
    fn tick(&self) {
        self.server.clock().advance(Duration::from_secs(1));
        self.time.send_replace(self.server.clock().now_secs());
    }

    async fn all_have_adopted(&self, pair: &KeyPair) {
        for endpoint in &self.endpoints {
            endpoint.has_adopted(pair).await;
        }
    }
}

/// A run with deliveries in so many seconds before and after the one of each rotation.
pub(crate) async fn run(rings: Rings, around: u64) -> Figures {
    let begun = Instant::now();
    let world = World::start(rings).await;
    let mut traffic = Traffic::new(&world);
    let mut forger = Forger::new();
    let mut seconds = 0;
    for minute in 0..ROTATIONS {
        for second in 0..MINUTE {
            world.tick();
            traffic.arrive(&world).await;
            let rotates = second == ROTATES_AT;
            if second.abs_diff(ROTATES_AT) <= around {
                seconds += 1;
                let rotation = async {
                    if rotates {
                        forger.retire(world.keys().await);
                        rotating::rotate(&world, minute).await;
                    }
                };
                tokio::join!(traffic.flow(&world), rotation);
                traffic.have_arrived(&world).await;
            }
            if rotates {
                traffic.note_rotation(&world);
            }
            if second == ROTATES_AT + 1 {
                // Deliveries signed with the next key have told those who do not ask by themselves.
                let pair = world.keys().await;
                world.all_have_adopted(&pair).await;
                forger.try_everything(&world, &pair).await;
            }
        }
    }
    traffic.finish(&world).await;
    world.server.settle().await;
    let figures = Figures {
        rings,
        delivered: traffic.published,
        lost: world.count(Endpoint::lost),
        crossing: traffic.crossing,
        forged: forger.tried,
        forged_accepted: world.count(Endpoint::forged_accepted),
        seconds,
        took: begun.elapsed(),
    };
    // The service has seen the same: retries are off, so what is refused once is dead.
    assert_eq!(world.server.snapshot().dlq.len(), figures.lost);
    let answered = world.count(Endpoint::accepted) + figures.lost;
    assert_eq!(answered, figures.delivered);
    figures
}
