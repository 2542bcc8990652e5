//! Twenty rotations a minute apart, with 201 deliveries in every second: what rings lose that keep the
//! outgoing key, and what rings lose that do not.
//!
//! `cargo bench -p qstash-benchmarks --bench rotation_under_load`
//!
//! It is no measurement of time, but takes too much of it for a test. The tests of `rotation` have
//! the same run with deliveries around the rotations alone.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a run that goes wrong stops"
)]

#[path = "../../tests/client.rs"]
mod client;
#[path = "../../tests/rotation/common.rs"]
#[allow(dead_code, reason = "shared with tests that need more")]
mod common;
#[path = "../../tests/rotation/load/mod.rs"]
mod load;

use load::{Rings, run};

#[tokio::main]
async fn main() {
    let kept = run(Rings::WithPrevious, 60).await;
    println!("{kept}");
    let forgotten = run(Rings::CurrentAndNext, 60).await;
    println!("{forgotten}");
    assert_eq!((kept.lost, kept.forged_accepted), (0, 0));
    assert_eq!(forgotten.forged_accepted, 0);
    assert!(forgotten.lost >= forgotten.crossing && forgotten.crossing > 0);
}
