//! The crates that each set of features brings to a program, as Cargo resolves them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::common::{built, workspace};

/// The lines that `cargo tree` writes with these arguments, without those that stand for what was written before.
fn tree(arguments: &[&str]) -> BTreeSet<String> {
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--offline", "--locked", "--prefix", "none"])
        .args(arguments)
        .current_dir(workspace());
    let output = tree.output().expect("Cargo can be run");
    let text = String::from_utf8_lossy(&output.stdout);
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {problem}");
    let lines = text.lines().map(|line| line.trim_end_matches(" (*)"));
    lines.map(str::to_owned).collect()
}

/// The crates that a program gets with the crate and these features of it, and no others.
fn crates(features: &str) -> BTreeSet<String> {
    let lines = tree(&[
        "--package=qstash-api",
        "--edges=normal",
        "--format={p}",
        "--no-default-features",
        "--features",
        features,
    ]);
    let names = lines.iter().filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

/// Cargo builds a crate once more for the side of macros and build scripts where its features are others there.
#[test]
fn no_crate_is_built_twice_with_other_features() {
    let artifacts = built::artifacts();
    let is_library = |it: &&Value| {
        let mut kinds = it["target"]["kind"].as_array().into_iter().flatten();
        kinds.any(|kind| kind == "lib" || kind == "proc-macro")
    };
    let mut built = BTreeSet::new();
    for artifact in artifacts.iter().filter(is_library) {
        let (package, features) = (&artifact["package_id"], &artifact["features"]);
        assert!(built.insert(package.to_string()), "{package} {features}");
    }
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
