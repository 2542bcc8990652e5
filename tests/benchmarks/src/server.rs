//! The server for tests: how the time of a message grows with the number of messages.

use std::error::Error;
use std::time::{Duration, Instant};

use qstash_dev_server::{Destination, QStash};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use crate::Setup;
use crate::figure::{Figure, Wanted};
use crate::page::Block;

const FEW: usize = 5_000;
const MANY: usize = 200_000;
const QUICK: usize = 20_000;
/// The number of requests that are under way at a time.
const AT_ONCE: usize = 16;

/// The way that the messages go.
#[derive(Clone, Copy)]
enum Way {
    /// Each is delivered as soon as it is published.
    AtOnce,
    /// All wait in a queue that is paused, and go when it is resumed.
    ThroughQueue,
}

pub(crate) fn take(setup: &Setup) -> Result<Vec<Block>, Box<dyn Error>> {
    let many = if setup.quick { QUICK } else { MANY };
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let mut figures = Vec::new();
    let mut longest = Duration::ZERO;
    for (name, way) in [
        ("delivered at once", Way::AtOnce),
        ("held in a queue, then delivered", Way::ThroughQueue),
    ] {
        let mut ratios = Vec::new();
        for _ in 0..setup.pairs(3) {
            let few = time(&runtime, way, FEW)?;
            let whole = time(&runtime, way, many)?;
            longest = longest.max(whole);
            let each = |time: Duration, count: usize| time.as_secs_f64() / count as f64;
            ratios.push(each(whole, many) / each(few, FEW));
        }
        let name = format!("each of {many} messages {name} / each of {FEW}, time");
        figures.extend(Figure::of(&name, ratios, Wanted::AtMost(1.5)));
    }
    let about = "The server for tests with a client and a destination in the same process: publishing over HTTP, 16 \
                 requests at a time, and delivering, to the end of the last one.";
    let text = format!(
        "{many} messages took {:.1} s at most, from the first publish to the last delivery.",
        longest.as_secs_f64()
    );
    Ok(vec![Block::Figures(about, figures), Block::Text(text)])
}

fn time(runtime: &Runtime, way: Way, count: usize) -> Result<Duration, Box<dyn Error>> {
    runtime.block_on(async {
        let builder = QStash::builder().without_records().logs_kept(1000);
        let server = builder.start().await?;
        let destination = Destination::start().await?;
        let client = reqwest::Client::builder().no_proxy().build()?;
        let begun = Instant::now();
        let (prefix, queue) = (format!("{}/v2", server.url()), "/queues/q");
        let post = |path: &str| {
            let request = client.post(format!("{prefix}{path}"));
            request.bearer_auth(server.token())
        };
        let publish = match way {
            Way::AtOnce => format!("/publish/{}", destination.url()),
            Way::ThroughQueue => {
                let body = r#"{"queueName":"q","parallelism":100,"paused":true}"#;
                post("/queues")
                    .body(body)
                    .send()
                    .await?
                    .error_for_status()?;
                format!("/enqueue/q/{}", destination.url())
            }
        };
        let mut requests = JoinSet::new();
        for number in 0..count {
            requests.spawn(post(&publish).body(number.to_string()).send());
            if requests.len() == AT_ONCE
                && let Some(sent) = requests.join_next().await
            {
                sent??.error_for_status()?;
            }
            if number.is_multiple_of(1000) {
                destination.take_requests();
            }
        }
        while let Some(sent) = requests.join_next().await {
            sent??.error_for_status()?;
        }
        if matches!(way, Way::ThroughQueue) {
            post(&format!("{queue}/resume"))
                .send()
                .await?
                .error_for_status()?;
        }
        let forgets = async {
            loop {
                destination.wait_for_requests(1000).await;
                destination.take_requests();
            }
        };
        tokio::select! {
            () = server.settle() => {}
            () = forgets => {}
        }
        let left = server.snapshot().messages.len();
        if left > 0 {
            return Err(format!("{left} of {count} messages were not delivered").into());
        }
        Ok(begun.elapsed())
    })
}
