//! The allocations of the client beside the same requests written straight on `reqwest`.
//!
//! Allocations of the server, on its own thread, are not counted. The counting allocator would slow down whatever is
//! timed, so this is a process of its own.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark may stop"
)]

mod calls;
#[path = "../../src/figure.rs"]
#[expect(dead_code, reason = "only a part of it is needed here")]
mod figure;
mod server;

use std::hint::black_box;

use tokio::runtime::{Builder, Runtime};

use calls::Calls;
use figure::{Figure, Wanted, ratios};
use server::Server;

const PAIRS: usize = 21;
const CALLS: u32 = 100;

/// The number of allocations of a call.
fn count<T>(runtime: &Runtime, call: impl AsyncFn() -> T) -> f64 {
    let counted = allocation_counter::measure(|| {
        runtime.block_on(async {
            for _ in 0..CALLS {
                black_box(call().await);
            }
        });
    });
    f64::from(u32::try_from(counted.count_total).unwrap()) / f64::from(CALLS)
}

fn main() {
    let server = Server::start();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let calls = &runtime.block_on(Calls::new(&server));
    let print = |name: &str, ratios: Vec<f64>, ours: f64, bare: f64| {
        println!("{}", Figure::of(name, ratios, Wanted::AtMost(1.1)).unwrap());
        println!("  {ours:.1} and {bare:.1} allocations");
    };
    let ours = || count(&runtime, || calls.ours.keys());
    let bare = || count(&runtime, || calls.bare.keys());
    let name = "get_signing_keys / bare reqwest, allocations";
    print(name, ratios(PAIRS, ours, bare), ours(), bare());

    let ours = || count(&runtime, || calls.publish());
    let bare = || count(&runtime, || calls.bare_publish());
    let name = "publish_message of 1 KiB / bare reqwest, allocations";
    print(name, ratios(PAIRS, ours, bare), ours(), bare());

    let ours = || count(&runtime, || calls.ours.page());
    let bare = || count(&runtime, || calls.bare.page());
    let name = "list_logs, a page of 100 / bare reqwest, allocations";
    print(name, ratios(PAIRS, ours, bare), ours(), bare());
}
