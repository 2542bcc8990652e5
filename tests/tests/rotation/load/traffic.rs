//! Messages that are published second by second, some of which are long under way.

use std::collections::BTreeMap;

use qstash_api::{Client, Message};

use super::endpoint::Endpoint;
use super::{RATE, World};

const SEED: u64 = 0x5eed;
/// One in so many deliveries is under way for longer than a moment.
const SLOW: u64 = 50;
/// The longest that one is under way, in seconds: as long as its token lives.
const LONGEST: u64 = 300;

pub(super) struct Traffic {
    client: Client,
    urls: Vec<String>,
    random: Random,
    /// The number of deliveries under way by the times of their arrival and signature.
    under_way: BTreeMap<u64, Vec<u64>>,
    /// The number of published messages that are to be answered by now.
    due: usize,
    pub(super) published: usize,
    pub(super) crossing: usize,
}

impl Traffic {
    pub(super) fn new(world: &World) -> Self {
        let endpoints = world.endpoints.iter();
        Self {
            client: world.client.clone(),
            urls: endpoints
                .map(|endpoint| endpoint.url().to_owned())
                .collect(),
            random: Random(SEED),
            under_way: BTreeMap::new(),
            due: 0,
            published: 0,
            crossing: 0,
        }
    }

    /// Publishes the messages of this second.
    pub(super) async fn flow(&mut self, world: &World) {
        let now = world.server.clock().now_secs();
        let mut messages = Vec::new();
        for number in 0..RATE {
            let url = &self.urls[number % self.urls.len()];
            let travel = match self.random.draw(SLOW) {
                0 => 1 + self.random.draw(LONGEST),
                _ => 0,
            };
            match travel {
                0 => self.due += 1,
                _ => self.under_way.entry(now + travel).or_default().push(now),
            }
            let message = Message::text(format!("message {number}")).retries(0);
            messages.push(message.to(format!("{url}/{travel}")));
        }
        self.published += RATE;
        let answers = self.client.batch_messages().messages(messages).send().await;
        assert_eq!(answers.unwrap().failures().count(), 0);
    }

    /// Waits until all of this second have come to an endpoint, and those that are not long under
    /// way were answered.
    pub(super) async fn have_arrived(&self, world: &World) {
        wait(world, Endpoint::arrived, self.published).await;
        wait(world, Endpoint::answered, self.due).await;
    }

    /// Waits until those were answered that arrive in this second.
    pub(super) async fn arrive(&mut self, world: &World) {
        let now = world.server.clock().now_secs();
        self.due += self.under_way.remove(&now).unwrap_or_default().len();
        wait(world, Endpoint::answered, self.due).await;
    }

    /// Counts those under way that were signed before this second, with the outgoing key, and
    /// arrive when every ring has adopted the new pair.
    pub(super) fn note_rotation(&mut self, world: &World) {
        let now = world.server.clock().now_secs();
        for signed in self
            .under_way
            .range_mut(now + 2..)
            .flat_map(|(_, signed)| signed)
        {
            // Each is counted once, however many rotations it crosses.
            if *signed < now {
                self.crossing += 1;
                *signed = u64::MAX;
            }
        }
    }

    /// Lets the time pass until the last one has arrived.
    pub(super) async fn finish(&mut self, world: &World) {
        while !self.under_way.is_empty() {
            world.tick();
            self.arrive(world).await;
        }
    }
}

/// The generator `SplitMix64`.
struct Random(u64);

impl Random {
    /// A number below `end`.
    fn draw(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// Waits until the endpoints together have counted so many.
async fn wait(
    world: &World,
    of: impl Fn(&Endpoint) -> tokio::sync::watch::Receiver<usize>,
    goal: usize,
) {
    let mut counts: Vec<_> = world.endpoints.iter().map(of).collect();
    loop {
        let total: usize = counts.iter().map(|count| *count.borrow()).sum();
        if total >= goal {
            return;
        }
        let changes = counts.iter_mut().map(|count| Box::pin(count.changed()));
        let (changed, ..) = futures_util::future::select_all(changes).await;
        changed.unwrap();
    }
}
