//! The crates that each set of features brings to a program, as Cargo resolves them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::process::Command;

use crate::common::workspace;

/// The crates that a program gets with the crate and these features of it, and no others.
fn crates(features: &str) -> BTreeSet<String> {
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--offline", "--locked", "--package", "qstash-api"])
        .args(["--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .args(["--no-default-features", "--features", features])
        .current_dir(workspace());
    let output = tree.output().expect("Cargo can be run");
    let text = String::from_utf8_lossy(&output.stdout);
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{features}: {problem}");
    let names = text
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

/// Two providers in one program make rustls panic wherever it is not told which to take, so the crate brings the one
/// that `reqwest` brings, or none.
#[test]
fn cryptography_is_chosen_by_reqwest_or_by_the_program() {
    for (features, aws_lc_rs) in [
        ("default", true),
        ("rustls", true),
        ("rustls-no-provider", false),
    ] {
        let crates = crates(features);
        assert!(!crates.contains("ring"), "{features}");
        assert_eq!(crates.contains("aws-lc-rs"), aws_lc_rs, "{features}");
    }
}

/// The receiving side has no HTTP client and no runtime, so that it is small and builds wherever Rust does.
#[test]
fn without_a_client_there_is_no_http_client_and_no_runtime() {
    for features in ["", "tower", "tower,tracing"] {
        let crates = crates(features);
        for name in [
            "getrandom",
            "hyper",
            "reqwest",
            "rustls",
            "syn",
            "tokio",
            "url",
        ] {
            let (tracing, has) = (features.contains("tracing"), crates.contains(name));
            // The macros of `tracing` bring `syn`.
            assert!(!has || (name == "syn" && tracing), "{features}: {name}");
        }
    }
    let (alone, with_tower) = (crates(""), crates("tower"));
    assert!(alone.len() <= 27, "{}: {alone:?}", alone.len());
    assert!(
        with_tower.len() <= 33,
        "{}: {with_tower:?}",
        with_tower.len()
    );
}
