//! The code that progenitor makes of the fixtures, compiled.
//!
//! All of it goes into one scratch crate, a module for each fixture, which is checked once with the
//! dependencies of the workspace: its `Cargo.lock` lies beside it, and nothing is downloaded.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use xtask::finding::Findings;
use xtask::preflight::{preflight, without_foreign_formats};

use crate::fixture::{Claim, code, fixtures, good};

/// The crate's manifest: what the generated crate depends on.
const MANIFEST: &str = r#"
[package]
name = "preflight-scratch"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
bytes = "1"
progenitor-client = "0.15"
reqwest = { version = "0.13", default-features = false, features = ["json", "query", "stream"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[workspace]
"#;

#[test]
fn the_compiler_refuses_the_code_of_the_fixtures_that_say_so_and_no_other() {
    let mut modules = BTreeMap::new();
    let mut expected = BTreeSet::new();
    for fixture in fixtures() {
        if matches!(
            fixture.claim,
            Claim::IsTooDeep | Claim::Overflows | Claim::Panics | Claim::Refuses
        ) {
            continue;
        }
        let code = fixture.generate().expect(&fixture.name);
        modules.insert(fixture.module(), code);
        if fixture.claim == Claim::DoesNotCompile {
            expected.insert(fixture.module());
        }
    }
    for (name, document) in good() {
        let mut findings = Findings::new();
        let document = without_foreign_formats(document, &mut findings);
        let api = preflight(&document, &mut findings).expect(&name);
        modules.insert(
            format!("good_{}", name.replace(['-', '.'], "_")),
            code(&api).expect(&name),
        );
    }
    let errors = check(&modules);
    let refused: BTreeSet<_> = errors.keys().cloned().collect();
    assert_eq!(refused, expected, "{errors:#?}");
}

#[test]
fn the_compiler_gives_up_on_the_code_of_the_fixtures_that_say_so() {
    for fixture in fixtures() {
        if fixture.claim == Claim::IsTooDeep {
            let code = fixture.generate().expect(&fixture.name);
            let errors = check(&BTreeMap::from([(fixture.module(), code)]));
            let words: String = errors.into_values().collect();
            assert!(words.contains("overflow"), "{}: {words}", fixture.name);
        }
    }
}

/// The first error of the compiler in each module that has one.
fn check(modules: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace");
    let scratch = tempfile::tempdir().expect("a scratch directory");
    let source = scratch.path().join("src");
    fs::create_dir(&source).expect("src");
    fs::write(scratch.path().join("Cargo.toml"), MANIFEST).expect("the manifest");
    fs::copy(
        workspace.join("Cargo.lock"),
        scratch.path().join("Cargo.lock"),
    )
    .expect("the lock file");
    let mut library = String::from("#![allow(warnings)]\n");
    for (name, code) in modules {
        library.push_str(&format!("pub mod {name};\n"));
        fs::write(source.join(format!("{name}.rs")), code).expect("a module");
    }
    fs::write(source.join("lib.rs"), library).expect("the library");

    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--offline", "--quiet", "--message-format=json"])
        .current_dir(scratch.path())
        .env("CARGO_TARGET_DIR", target_directory().join("preflight"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo");
    let mut errors = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line).expect("a message of cargo");
        if let Some((module, error)) = error(&message["message"]) {
            errors.entry(module).or_insert(error);
        }
    }
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        !errors.is_empty() || output.status.success(),
        "cargo check did not get to the code: {words}"
    );
    errors
}

/// The module and the words of an error; no module where the compiler names none.
fn error(message: &Value) -> Option<(String, String)> {
    let words = message["message"].as_str().unwrap_or_default();
    if message["level"] != "error" || words.starts_with("aborting due to") {
        return None;
    }
    let mut spans = message["spans"].as_array()?.iter();
    let Some(span) = spans.find(|span| span["is_primary"] == true) else {
        return Some((String::new(), words.to_owned()));
    };
    let file = Path::new(span["file_name"].as_str()?).file_stem()?;
    let code = span["text"][0]["text"].as_str().unwrap_or_default().trim();
    Some((
        file.to_string_lossy().into_owned(),
        format!("{words}: {code}"),
    ))
}

/// The target directory that this test was built in: its executable is in `debug/deps`.
fn target_directory() -> PathBuf {
    let executable = env::current_exe().expect("this test");
    executable
        .ancestors()
        .nth(3)
        .expect("the target directory")
        .to_owned()
}
