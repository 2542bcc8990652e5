//! The configured document and its overlay with something changed at random: whatever it is, the outcome is
//! files or findings.
//!
//! `cargo run --release -p xtask --example mutants` tries as many as one likes and compiles what comes out.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(dead_code, reason = "the example uses the rest")]

#[path = "../mutate/mod.rs"]
mod mutate;
mod subject;

use std::sync::atomic::{AtomicU64, Ordering};

use subject::{Committed, Outcome};

/// How many mutants a test run looks at; each takes half a second in a debug build.
const MUTANTS: u64 = 40;

#[test]
fn every_mutant_of_the_document_ends_in_files_or_findings() {
    let committed = Committed::read();
    let (next, files, findings) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= MUTANTS {
                return;
            }
            let count = match committed.mutant(seed).outcome() {
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
