//! APIs that are drawn from the grammar of the core form, generated and compiled together.

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use xtask::finding::Findings;
use xtask::pipeline;
use xtask::settings::Settings;
use xtask::write::Files;

use super::compiled;

#[path = "../../../xtask/tests/draw/mod.rs"]
mod draw;

/// The number of APIs that are drawn, unless the variable `DRAWN` says another.
const DRAWN: u64 = 12;

/// The feature that the types implement `JsonSchema` behind.
const FEATURE: &str = "schemars";

#[test]
fn whatever_the_core_form_can_say_generates_code_that_compiles_without_a_warning() {
    let drawn = std::env::var("DRAWN").map_or(DRAWN, |drawn| drawn.parse().expect("a number"));
    let modules: Vec<(String, Files)> = (0..drawn)
        .map(|seed| (format!("drawn{seed}"), files(seed)))
        .collect();
    let modules: Vec<(&str, Files)> = modules
        .iter()
        .map(|(name, files)| (name.as_str(), files.clone()))
        .collect();
    if let Err(errors) = compiled::compile(&modules, &[FEATURE]) {
        panic!("{errors}");
    }
}

/// The files for the API of a seed.
fn files(seed: u64) -> Files {
    let config = Config {
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let api = draw::api().new_tree(&mut runner).expect("an API").current();
    let settings = Settings {
        schemars_feature: Some(FEATURE.to_owned()),
        ..draw::settings()
    };
    let mut findings = Findings::new();
    let files = pipeline::code(&api, &[], &settings, &mut findings);
    files.unwrap_or_else(|| panic!("seed {seed}: {findings:?}"))
}
