//! The deliveries that a rotation loses, with the outgoing key kept and without.

use crate::rotation::load::{Rings, run};

/// Deliveries in one second before and one after each rotation, beside its own. `cargo bench` has
/// the same run with deliveries in every second.
const AROUND: u64 = 1;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_rotations_under_load_lose_no_delivery() {
    let figures = run(Rings::WithPrevious, AROUND).await;
    println!("{figures}");
    assert!(
        figures.delivered >= 10_000 && figures.crossing >= 50,
        "{figures}"
    );
    assert_eq!((figures.lost, figures.forged_accepted), (0, 0), "{figures}");
}

/// The same run shows that the one above could have failed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rings_that_forget_the_outgoing_key_lose_what_is_under_way() {
    let figures = run(Rings::CurrentAndNext, AROUND).await;
    println!("{figures}");
    assert!(
        figures.lost >= figures.crossing && figures.crossing >= 50,
        "{figures}"
    );
    assert_eq!(figures.forged_accepted, 0, "{figures}");
}
