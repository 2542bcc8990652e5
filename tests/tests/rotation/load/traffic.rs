//! Messages that are published without a pause.

use qstash_api::{Client, Message};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::World;
use super::endpoint::{Endpoint, Waiting};

/// So many messages for each endpoint are published at once.
const BATCH: usize = 10;

pub(super) struct Traffic {
    batches: watch::Receiver<usize>,
    stop: watch::Sender<bool>,
    task: JoinHandle<usize>,
}

impl Traffic {
    /// Publishes a batch as soon as the one before is delivered, until it is stopped.
    pub(super) fn start(world: &World) -> Self {
        let client = world.client.clone();
        let urls = urls(world, "/live");
        let answered: Vec<_> = world.endpoints.iter().map(Endpoint::answered).collect();
        let (told, batches) = watch::channel(0);
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(async move {
            let mut published = 0;
            while !*stopped.borrow() {
                published += publish(&client, &urls).await;
                for answered in &answered {
                    let share = published / urls.len();
                    let mut answered = answered.clone();
                    answered.wait_for(|count| *count >= share).await.unwrap();
                }
                told.send_modify(|batches| *batches += 1);
            }
            published
        });
        Self {
            batches,
            stop,
            task,
        }
    }

    /// Waits until so many more batches were delivered, each as a whole after this call.
    pub(super) async fn flow(&self, batches: usize) {
        let mut delivered = self.batches.clone();
        let goal = *delivered.borrow() + 1 + batches;
        delivered.wait_for(|count| *count >= goal).await.unwrap();
    }

    /// Publishes a batch that waits at the endpoints, and says how many messages it has.
    pub(super) async fn publish_held(&self, world: &World, waiting: &Waiting) -> usize {
        let published = publish(&world.client, &urls(world, "/held")).await;
        waiting.have_arrived(BATCH).await;
        published
    }

    /// Ends it, and says how many messages were published.
    pub(super) async fn stop(self) -> usize {
        self.stop.send_replace(true);
        self.task.await.unwrap()
    }
}

fn urls(world: &World, path: &str) -> Vec<String> {
    let endpoints = world.endpoints.iter();
    endpoints
        .map(|endpoint| format!("{}{path}", endpoint.url()))
        .collect()
}

async fn publish(client: &Client, urls: &[String]) -> usize {
    let messages = urls.iter().flat_map(|url| {
        let message = |number| Message::text(format!("message {number}")).retries(0);
        (0..BATCH).map(move |number| message(number).to(url))
    });
    let answers = client.batch_messages().messages(messages).send().await;
    assert_eq!(answers.unwrap().failures().count(), 0);
    BATCH * urls.len()
}
