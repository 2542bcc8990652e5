//! The examples and the libraries that Cargo has built of the workspace.

use std::process::Command;

use serde_json::Value;

use super::workspace;

/// Builds the examples, and returns what Cargo says of each of them and of everything that they need.
///
/// After `cargo test` this compiles nothing: the same packages give the same features.
pub(crate) fn artifacts() -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--quiet", "--examples"])
        .arg("--message-format=json-render-diagnostics")
        .current_dir(workspace());
    // What cargo says of this package to its test would be news to build scripts, which then run again.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
            .iter()
            .any(|prefix| name.starts_with(prefix))
        {
            cargo.env_remove(name);
        }
    }
    let output = cargo.output().expect("Cargo runs");
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{problem}");
    let messages = String::from_utf8(output.stdout).expect("JSON");
    let messages = messages
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    messages
        .filter(|message| message["reason"] == "compiler-artifact")
        .collect()
}
