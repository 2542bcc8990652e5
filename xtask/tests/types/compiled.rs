//! The modules of types of drawn APIs, compiled without a warning.
//!
//! All of them go into one scratch crate, which is checked once with the dependencies of the workspace: its
//! `Cargo.lock` lies beside it, and nothing is downloaded.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestRunner};
use xtask::settings::Settings;

use crate::{draw, module};

/// How many APIs are drawn where the variable `DRAWN` says nothing else.
const DRAWN: u64 = 24;

const MANIFEST: &str = r#"
[package]
name = "drawn-types"
version = "0.0.0"
edition = "2024"
publish = false

[features]
default = ["schemars"]
schemars = ["dep:schemars"]

[dependencies]
schemars = { version = "1", optional = true }
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[workspace]
"#;

/// What generated types need of the runtime.
const RUNTIME: &str = r"
mod json_schema;
mod lenient;
mod member;
mod secret;
mod tagged;
pub use secret::Secret;
pub(crate) use {
    lenient::{null_as_default, object},
    member::Member,
    tagged::{read_variant, tag, write_variant},
};
";

#[test]
fn the_types_of_drawn_apis_compile_without_a_warning() {
    let settings = Settings {
        schemars_feature: Some("schemars".to_owned()),
        ..draw::settings()
    };
    let drawn = env::var("DRAWN").map_or(DRAWN, |drawn| drawn.parse().expect("a number"));
    let scratch = tempfile::tempdir().expect("a scratch directory");
    let source = scratch.path().join("src");
    fs::create_dir(&source).expect("src");
    let mut library = String::from(
        "#![deny(warnings)]\n#![allow(dead_code, unused_imports, deprecated)]\npub mod runtime;\n",
    );
    for seed in 0..drawn {
        let mut runner = TestRunner::new(Config {
            rng_algorithm: RngAlgorithm::ChaCha,
            rng_seed: RngSeed::Fixed(seed),
            ..Config::default()
        });
        let api = draw::api().new_tree(&mut runner).expect("an API").current();
        let name = format!("api{seed}");
        library.push_str(&format!(
            "pub mod {name} {{ pub use crate::runtime; pub mod types; }}\n"
        ));
        fs::create_dir(source.join(&name)).expect("a directory");
        fs::write(source.join(&name).join("types.rs"), module(&api, &settings)).expect("a module");
    }
    fs::write(source.join("lib.rs"), library).expect("the library");
    check(scratch.path());
}

fn check(scratch: &Path) {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::write(scratch.join("Cargo.toml"), MANIFEST).expect("the manifest");
    fs::copy(package.join("../Cargo.lock"), scratch.join("Cargo.lock")).expect("the lock file");
    let runtime = scratch.join("src/runtime");
    fs::create_dir(&runtime).expect("a directory");
    fs::write(runtime.join("mod.rs"), RUNTIME).expect("the runtime");
    for file in ["json_schema", "lenient", "member", "secret", "tagged"] {
        let name = format!("{file}.rs");
        fs::copy(package.join("runtime").join(&name), runtime.join(&name)).expect("the runtime");
    }
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--offline", "--quiet"])
        .current_dir(scratch)
        .env("CARGO_TARGET_DIR", target_directory().join("drawn"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The target directory that this test was built in: its executable is in `debug/deps`.
fn target_directory() -> PathBuf {
    let executable = env::current_exe().expect("this test");
    let target = executable.ancestors().nth(3);
    target.expect("the target directory").to_owned()
}
