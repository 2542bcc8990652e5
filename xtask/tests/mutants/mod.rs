//! The configured document and its overlay with something changed at random: whatever it is, the outcome is
//! files or findings.
//!
//! To be quick, the mutants are of slices of the document. `cargo run --release -p xtask --example mutants` tries
//! as many mutants of the whole one as one likes, and compiles what comes out.

#![allow(dead_code, reason = "the example uses the rest")]

#[path = "../mutate/mod.rs"]
mod mutate;
mod slices;
mod subject;

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use mutate::{KINDS, Kind};
use subject::{Committed, Outcome};

/// The number of mutants in a test run.
const MUTANTS: u64 = 200;

/// The number of slices of the document.
const SLICES: usize = 16;

/// Made once for both tests.
static COMMITTED: LazyLock<Committed> = LazyLock::new(Committed::read);
static PARTS: LazyLock<Vec<Committed>> = LazyLock::new(|| COMMITTED.slices(SLICES));

#[test]
fn every_mutant_of_a_slice_of_the_document_ends_in_files_or_findings() {
    let slices = &*PARTS;
    let (next, files, findings) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= MUTANTS {
                return;
            }
            let count = match of(slices, seed).mutant(seed).outcome() {
                Outcome::Files(_) => &files,
                Outcome::Findings(_) => &findings,
                Outcome::Hole(words) => panic!("mutant {seed}: {words}"),
            };
            count.fetch_add(1, Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    // Both must be among them for this to say anything.
    let (files, findings) = (files.into_inner(), findings.into_inner());
    assert!(
        files > MUTANTS / 20 && findings > MUTANTS / 20,
        "{files} and {findings}"
    );
}

fn of(slices: &[Committed], seed: u64) -> &Committed {
    &slices[usize::try_from(seed).expect("a small number") % slices.len()]
}

/// The premise of the test above.
#[test]
fn the_slices_hold_the_whole_document_and_the_mutants_change_them_in_every_way() {
    let slices = &*PARTS;
    let held: BTreeSet<_> = slices.iter().flat_map(Committed::paths).collect();
    assert_eq!(held, COMMITTED.paths().collect());
    for (number, slice) in slices.iter().enumerate() {
        let outcome = slice.unchanged().outcome();
        assert!(
            matches!(outcome, Outcome::Files(_)),
            "slice {number}: {outcome:?}"
        );
    }
    let mutants = (0..MUTANTS).map(|seed| of(slices, seed).mutant(seed));
    let made: BTreeSet<(bool, Kind)> = mutants
        .flat_map(|mutant| {
            mutant
                .kinds
                .into_iter()
                .map(move |kind| (mutant.in_overlay, kind))
        })
        .collect();
    let kinds = KINDS.into_iter().chain([Kind::Lines]);
    let all = kinds.flat_map(|kind| [(false, kind), (true, kind)]);
    assert_eq!(made, all.collect());
}
