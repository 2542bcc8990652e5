//! Asks judges outside of this project what kinds of change do to callers: `cargo-semver-checks`, the
//! compiler on a crate that calls everything, and what that crate sends and hears when it runs.
//!
//! `cargo run -p qstash-benchmarks --example verdicts` writes `xtask/tests/data/diff/verdicts.json`. It needs
//! `cargo-semver-checks` in the path and a few minutes.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "nobody waits for this program but the person who has started it"
)]

#[path = "../../../xtask/tests/diff/kinds.rs"]
mod kinds;
#[path = "../../../xtask/examples/mutants/manifest.rs"]
mod manifest;

mod judge;

use serde_json::json;

fn main() {
    let directory = tempfile::tempdir().expect("a scratch directory");
    let path = manifest::workspace().join("xtask/tests/data/diff/verdicts.json");
    let mut judges = judge::Judges::new(directory.path());
    let mut rows = Vec::new();
    for kind in kinds::kinds() {
        let judgement = judges.judge(&kind);
        eprintln!("{:<9}  {}", judgement.verdict(), kind.name);
        if let Some((ours, reason)) = &kind.ours {
            eprintln!("           we say {ours}: {reason}");
        }
        rows.push(json!({
            "name": kind.name,
            "verdict": judgement.verdict(),
            "caller_compiles": judgement.compiles,
            "run": judgement.run.word(),
            "semver_checks": judgement.lints,
        }));
        let text = serde_json::to_string_pretty(&rows).expect("JSON");
        std::fs::write(&path, format!("{text}\n")).expect("a file to write");
    }
    eprintln!("wrote {}", path.display());
}
