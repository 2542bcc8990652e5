//! The cost of the client beside the same requests written straight on `reqwest`, over loopback.
//!
//! - `get_signing_keys`, `publish_message` of 1 KiB JSON, and a page of 100 log entries: one call after the other.
//! - 64 callers on one client: how many calls they get through.
//! - a page of 100 log entries, as it came over the wire, to its types: against `serde_json` into the same types.
//!
//! Both sides send the same bytes to the same server, and decode the same answer into the same type; that is checked
//! before the clock starts. What they allocate is counted by the benchmark `allocations`, in a process of its own.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark may stop"
)]

mod calls;
mod decoding;
#[path = "../../src/figure.rs"]
#[expect(dead_code, reason = "only a part of it is needed here")]
mod figure;
mod server;

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use tokio::runtime::{Builder, Runtime};

use calls::Calls;
use figure::{Figure, Wanted, ratios};
use server::Server;

/// One pair differs from the next by a tenth and more, so that it takes many to tell a hundredth.
const PAIRS: usize = 1001;
const CALLERS: usize = 64;
const CALLS_EACH: usize = 20;

/// The seconds that so many calls take, one after the other.
fn time<T>(runtime: &Runtime, calls: usize, call: impl AsyncFn() -> T) -> f64 {
    runtime.block_on(async {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(call().await);
        }
        start.elapsed().as_secs_f64()
    })
}

fn print(name: &str, ratios: Vec<f64>, wanted: Wanted) {
    println!("{}", Figure::of(name, ratios, wanted).unwrap());
}

fn one_by_one(runtime: &Runtime, calls: &Calls) {
    let limit = Wanted::AtMost(1.05);
    let keys = ratios(
        PAIRS,
        || time(runtime, 100, || calls.ours.keys()),
        || time(runtime, 100, || calls.bare.keys()),
    );
    print("get_signing_keys / bare reqwest, time", keys, limit);
    let publish = ratios(
        PAIRS,
        || time(runtime, 100, || calls.publish()),
        || time(runtime, 100, || calls.bare_publish()),
    );
    print(
        "publish_message of 1 KiB / bare reqwest, time",
        publish,
        limit,
    );
    let page = ratios(
        PAIRS,
        || time(runtime, 10, || calls.ours.page()),
        || time(runtime, 10, || calls.bare.page()),
    );
    print("list_logs, a page of 100 / bare reqwest, time", page, limit);
}

/// The seconds that all callers take together.
macro_rules! callers {
    ($runtime:expr, $client:expr) => {
        $runtime.block_on(async {
            let start = Instant::now();
            let callers = [(); CALLERS].map(|()| {
                let client = $client.clone();
                tokio::spawn(async move {
                    for _ in 0..CALLS_EACH {
                        black_box(client.keys().await);
                    }
                })
            });
            for caller in callers {
                caller.await.unwrap();
            }
            start.elapsed().as_secs_f64()
        })
    };
}

/// On a runtime of its own, and with clients that were made there: connections stay with the runtime they began on.
fn together(server: &Server) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let calls = runtime.block_on(Calls::new(server));
    // Throughput is the inverse of time.
    let throughput = ratios(
        PAIRS / 10,
        || callers!(runtime, calls.bare),
        || callers!(runtime, calls.ours),
    );
    print(
        "64 callers on one client / bare reqwest, throughput",
        throughput,
        Wanted::AtLeast(0.95),
    );
}

fn requests(criterion: &mut Criterion) {
    let server = Server::start();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let calls = runtime.block_on(Calls::new(&server));

    println!("\nratios");
    one_by_one(&runtime, &calls);
    decoding::ratio();
    together(&server);

    let mut group = criterion.benchmark_group("publish_message of 1 KiB");
    group.bench_function("ours", |bencher| {
        bencher.iter(|| runtime.block_on(calls.publish()));
    });
    group.bench_function("bare reqwest", |bencher| {
        bencher.iter(|| runtime.block_on(calls.bare_publish()));
    });
    group.finish();
}

criterion_group!(benches, requests);
criterion_main!(benches);
