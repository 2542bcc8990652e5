//! Every example runs without set-up, says what it is to say, and leaves the service of the environment alone.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::common::{built, tree, workspace};
use qstash_dev_server::{Operation, QStash};

/// Each example with lines, or parts of lines, that it prints in this order.
const EXAMPLES: [(&str, &[&str]); 9] = [
    (
        "axum_receiver",
        &[
            "received \"hello\", signed with the current key",
            "half a minute later:",
            "received \"too early\", signed with the current key, after 1 retries",
            "received \"after a rotation\", signed with the next key",
            "forged: 401 Unauthorized, missing",
        ],
    ),
    (
        "batch_to_url_group",
        &[
            "order-events has 2 endpoints",
            "Message 0: accepted, to 2 endpoint(s)",
            "Message 2: accepted, to 1 endpoint(s)",
            "Message 3: refused",
            r#"/billing {"order":7}"#,
            r#"/shipping {"order":8}"#,
            "/statistics two orders",
        ],
    ),
    (
        "drain_dlq",
        &[
            "Attempts that failed: 8",
            "In the DLQ: reminder answered",
            "Retried: 2",
            "Delivered: invoice",
            "Refused before sending",
            "Deleted: 4",
            "Deleted: 2",
            "Left in the DLQ: 0",
        ],
    ),
    (
        "fleet_rotation",
        &[
            "billing is process",
            "Rotation 1: the signing keys were rotated",
            "Not rotated: these verifiers have not proven",
            "shipping (it has not learnt of the last rotation)",
            "Rotation 2: the signing keys were rotated",
            "0 deliveries refused",
        ],
    ),
    (
        "follow_logs",
        &[
            "A page of 4, more to come: true",
            "A page of 1, more to come: false",
            "Delivered: three",
            "Delivered: one",
            "New: four DELIVERED",
        ],
    ),
    (
        "publish",
        &[
            "nothing has arrived: true",
            r#"POST /orders {"id":7,"items":["tea","biscuits"]}"#,
            "genuine, by the current key",
            "another body it is refused",
            "Callback: /done with status 200",
        ],
    ),
    (
        "rotate_signing_keys",
        &[
            "on the loopback interface",
            "Before: current A (sig_***), next B (sig_***)",
            "After:  current B (sig_***), next C (sig_***)",
            "The key that was next is now the current one.",
            "Rotated, with 1 previous key",
        ],
    ),
    (
        "rotation_under_load",
        &[
            "9: the signing keys were rotated",
            "500 messages delivered, 10 rotations, 0 deliveries refused",
        ],
    ),
    (
        "schedule",
        &[
            "Created weekday-report",
            "Deliveries in a week: 5",
            "Deliveries in a week of pause: 0",
            "Deliveries in a day after the pause: 1",
            "schedules left: 0",
        ],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn examples_run_without_set_up() {
    let programs = build();
    let directory = workspace().join("qstash-api/examples");
    let files = tree::files_ending(&directory, ".rs");
    let names: Vec<_> = files
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy())
        .collect();
    let known: Vec<_> = EXAMPLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, known, "say here what each example prints");

    for (name, lines) in EXAMPLES {
        let text = said(name, &command(&programs, name).output().unwrap());
        assert_in_order(name, &text, lines);
        for (at, _) in text.match_indices("sig_") {
            assert!(text[at..].starts_with("sig_***"), "{name}: {text}");
        }
    }

    // The service that the environment names is rotated by the one example, if that is said to be meant, and left alone
    // by the others.
    for (name, _) in EXAMPLES {
        let server = QStash::start().await.unwrap();
        let before = server.snapshot().signing_keys;
        let mut command = command(&programs, name);
        command
            .env("QSTASH_URL", server.url())
            .env("QSTASH_TOKEN", server.token());
        if name != "rotate_signing_keys" {
            said(name, &command.output().unwrap());
            assert!(server.requests().is_empty(), "{name}");
            continue;
        }
        let refused = command.output().unwrap();
        assert!(!refused.status.success());
        assert!(String::from_utf8_lossy(&refused.stderr).contains("--for-good"));
        assert!(server.requests().is_empty());
        let text = said(name, &command.arg("--for-good").output().unwrap());
        let after = server.snapshot().signing_keys;
        assert_eq!(server.effects_of(Operation::RotateSigningKeys), 1);
        assert_eq!(after.current, before.next);
        assert!(text.contains(&server.url()), "{text}");
        for secret in [server.token(), &before.current, &after.current, &after.next] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[test]
fn what_an_example_is_to_say_has_an_order() {
    let text = "one\ntwo\n";
    assert_in_order("it", text, &["one", "two"]);
    for lines in [&["two", "one"], &["one", "three"]] {
        assert!(std::panic::catch_unwind(|| assert_in_order("it", text, lines)).is_err());
    }
}

/// Builds the examples and returns where each is.
fn build() -> BTreeMap<String, PathBuf> {
    let mut artifacts = built::artifacts();
    artifacts.retain(|artifact| artifact["target"]["kind"][0] == "example");
    let programs = artifacts.iter().map(|artifact| {
        let name = artifact["target"]["name"].as_str().unwrap();
        let path = artifact["executable"].as_str().unwrap();
        (name.to_owned(), path.into())
    });
    programs.collect()
}

/// An example, in an environment that says nothing about QStash and names no proxy.
fn command(programs: &BTreeMap<String, PathBuf>, name: &str) -> Command {
    let mut command = Command::new(&programs[name]);
    for (variable, _) in std::env::vars_os() {
        let upper = variable.to_string_lossy().to_ascii_uppercase();
        if upper.contains("QSTASH") || upper.ends_with("_PROXY") {
            command.env_remove(variable);
        }
    }
    command
}

/// The output of an example that has succeeded.
fn said(name: &str, output: &Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(output.status.success(), "{name}: {out}{err}");
    assert_eq!(err, "", "{name}");
    out.into_owned()
}

fn assert_in_order(name: &str, text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            panic!("{name} does not say {part:?} where it should:\n{text}");
        };
        rest = after;
    }
}
