//! A simulated day of messages, with faults in both directions: nothing is lost, and nothing comes twice without cause.
//!
//! `SOAK=10000 cargo test -p qstash-tests --test service soak -- --nocapture` takes so many messages, and prints figures.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use qstash_api::{Client, FlowControl, Message, RetryPolicy};
use qstash_dev_server::{
    Answer, Destination, Fault, Gate, Operation, QStash, RateLimit, Reaction, RecordedRequest,
};
use tokio::task::JoinSet;

const HOURS: u64 = 24;
const HOUR: Duration = Duration::from_secs(3600);
/// In a gate that others wait for.
const FEW: u64 = 480;

/// Numbers that are the same every time: splitmix64.
fn draw(seed: u64) -> u64 {
    let mut number = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// The answers of the destination to each message, in order; `true` for a success that arrived.
type Seen = Arc<Mutex<HashMap<String, Vec<bool>>>>;

/// A gate that opens as soon as something waits for it.
fn soon() -> Gate {
    let gate = Gate::closed();
    let opened = gate.clone();
    tokio::spawn(async move {
        opened.reached(1).await;
        opened.open();
    });
    gate
}

fn react(request: &RecordedRequest, seen: &Seen) -> Reaction {
    let id = request.header("Upstash-Message-Id").unwrap().to_owned();
    let mut seen = seen.lock().unwrap();
    let attempts = seen.entry(id).or_default();
    let number = std::str::from_utf8(request.body()).unwrap();
    let seed = number.parse::<u64>().unwrap() * 8 + attempts.len() as u64;
    let (is_taken, reaction) = match draw(seed) % 16 {
        0 => (false, Answer::empty(500).into()),
        1 => (
            false,
            Answer::empty(429).with_header("Retry-After", "600").into(),
        ),
        2 => (false, Answer::text(503, "busy").into()),
        3 => (false, Reaction::Reset),
        4 => {
            let answer = Answer::text(200, "cut short");
            (false, Reaction::Truncate { answer, keep: 3 })
        }
        5 => {
            let dead = Answer::empty(489).with_header("Upstash-NonRetryable-Error", "true");
            (false, dead.into())
        }
        6 => {
            let (answer, gate) = (Answer::empty(200), soon());
            (true, Reaction::Stall { answer, gate })
        }
        _ => (true, Answer::empty(200).into()),
    };
    attempts.push(is_taken);
    reaction
}

/// A fault of a request of the client, once in a while.
fn fault(seed: u64) -> Option<Fault> {
    Some(match draw(seed ^ 0xfa17) % 40 {
        0 => Fault::reset_before_reading(),
        1 => Fault::reset(),
        2 => Fault::reset().applied(),
        3 => Fault::truncate(),
        4 => Fault::stall(&soon()),
        5 => Fault::answer(Answer::error(503, "busy")),
        6 => Fault::answer(RateLimit::Burst.exceeded_without_headers()),
        7 => Fault::answer(Answer::html(502, "<h1>Bad gateway</h1>")),
        _ => return None,
    })
}

async fn publish(client: Client, url: String, number: u64) -> Option<String> {
    let random = draw(number);
    let message = Message::text(number.to_string())
        .deduplication_id(format!("soak-{number}"))
        .retries((random % 4) as u32);
    let sent = if random.is_multiple_of(7) {
        let enqueue = client.enqueue_message().queue(format!("q{}", random % 3));
        enqueue.destination(&url).message(message).send().await
    } else {
        let message = match random % 5 {
            0 => message.delay(Duration::from_secs(random % (HOURS * 3600))),
            1 => message.flow_control(FlowControl::new("soak").rate(50).parallelism(5)),
            _ => message,
        };
        let publish = client.publish_message();
        publish.destination(&url).message(message).send().await
    };
    sent.ok()
        .and_then(|sent| sent.message_id().map(str::to_owned))
}

/// Publishes for a day, hour by hour, cancels some, and waits until nothing is left.
async fn live(server: &QStash, destination: &Destination, count: u64) -> BTreeSet<String> {
    let policy = RetryPolicy::default().base_delay(Duration::from_millis(1));
    let client = server.client_builder().retry(policy).build().unwrap();
    let mut known = BTreeSet::new();
    for hour in 0..HOURS {
        let mut requests = JoinSet::new();
        for number in hour * count / HOURS..(hour + 1) * count / HOURS {
            if let Some(fault) = fault(number) {
                let operation = [Operation::PublishMessage, Operation::EnqueueMessage];
                server
                    .faults()
                    .once(operation[(number % 2) as usize], fault);
            }
            requests.spawn(publish(client.clone(), destination.url(), number));
            if requests.len() == 16 {
                known.extend(requests.join_next().await.unwrap().unwrap());
            }
        }
        known.extend(requests.join_all().await.into_iter().flatten());
        for id in known.iter().skip(7).step_by(50) {
            // Most of them are delivered by now, which is an error and no harm.
            let _ = client.cancel_message().message_id(id).send().await;
        }
        server.advance(HOUR).await;
    }
    // The last retry waits for a day at most.
    for _ in 0..5 {
        server.advance(HOUR * 24).await;
    }
    known
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_in_a_day_of_faults_and_nothing_comes_twice_without_cause() {
    let count = std::env::var("SOAK").map_or(FEW, |count| count.parse().unwrap());
    let begun = Instant::now();
    let server = QStash::builder()
        .logs_kept(usize::MAX)
        .start()
        .await
        .unwrap();
    let seen = Seen::default();
    let noted = Arc::clone(&seen);
    let destination = Destination::start_with(move |request| react(request, &noted));
    let destination = destination.await.unwrap();
    let known = live(&server, &destination, count).await;

    let snapshot = server.snapshot();
    assert_eq!(snapshot.messages.len(), 0, "{:?}", snapshot.messages);
    assert!(snapshot.queues.iter().all(|queue| queue["lag"] == 0));
    let keys = &snapshot.flow_control_keys;
    assert!(
        keys.iter()
            .all(|key| key["waitListSize"] == 0 && key["parallelismCount"] == 0)
    );

    let mut ends: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in &snapshot.logs {
        let [id, state] = ["messageId", "state"].map(|name| entry[name].as_str().unwrap());
        let ends = ends.entry(id).or_default();
        if ["DELIVERED", "FAILED", "CANCELED"].contains(&state) {
            ends.push(state);
        }
    }
    let accepted: BTreeSet<String> = server
        .published()
        .iter()
        .map(|message| message.id().to_owned())
        .collect();
    assert_eq!(accepted.len(), server.published().len());
    assert!(known.is_subset(&accepted) && accepted.len() as u64 <= count);
    let dlq: BTreeSet<&str> = snapshot
        .dlq
        .iter()
        .map(|letter| letter["messageId"].as_str().unwrap())
        .collect();
    let seen = seen.lock().unwrap();
    let mut figures: BTreeMap<&str, usize> = BTreeMap::new();
    for message in server.published().iter() {
        let id = message.id();
        let [end] = ends[id].as_slice() else {
            panic!("{id} ended as {:?}", ends[id]);
        };
        *figures.entry(end).or_default() += 1;
        assert_eq!(dlq.contains(id), *end == "FAILED", "{id}");
        let attempts = seen.get(id).map_or(&[][..], Vec::as_slice);
        assert!(
            attempts.len() as u64 <= u64::from(message.retries().unwrap()) + 1,
            "{id}"
        );
        // What was taken is never sent again.
        let taken = attempts.iter().position(|taken| *taken);
        assert!(
            taken.is_none_or(|at| at + 1 == attempts.len()),
            "{id}: {attempts:?}"
        );
        // A message that is cancelled on its way may have arrived all the same.
        if *end != "CANCELED" {
            assert_eq!(taken.is_some(), *end == "DELIVERED", "{id}: {attempts:?}");
        }
    }
    let attempts: usize = seen.values().map(Vec::len).sum();
    println!(
        "{count} messages, {} accepted: {figures:?} after {attempts} attempts, {:?}",
        accepted.len(),
        begun.elapsed()
    );
}

/// A server that keeps no records keeps nothing of what is over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_stays_flat() {
    let count = std::env::var("SOAK").map_or(FEW, |count| count.parse().unwrap());
    let builder = QStash::builder().without_records().logs_kept(100);
    let server = builder.start().await.unwrap();
    let destination = Destination::start().await.unwrap();
    let client = server.client().unwrap();
    let mut resident = Vec::new();
    for _ in 0..4 {
        let mut requests = JoinSet::new();
        for number in 0..count {
            requests.spawn(publish(client.clone(), destination.url(), number));
            if requests.len() == 16 {
                requests.join_next().await.unwrap().unwrap();
            }
        }
        requests.join_all().await;
        server.advance(HOUR * 48).await;
        destination.take_requests();
        let snapshot = server.snapshot();
        assert_eq!((snapshot.messages.len(), snapshot.logs.len()), (0, 100));
        assert!(server.published().is_empty() && server.effects().is_empty());
        resident.extend(resident_set());
    }
    println!("resident after each of four rounds of {count} messages, in MiB: {resident:?}");
    // What is kept by the first round is kept: caches, the heap. With records it would be four times as much.
    if let [first, .., last] = resident.as_slice() {
        assert!(*last <= first * 1.5 + 16.0, "{resident:?}");
    }
}

/// The memory of this process in MiB, where the system tells.
fn resident_set() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024.0)
}
