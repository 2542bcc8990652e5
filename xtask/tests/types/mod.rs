//! The module of types: what is generated for APIs in the core form compiles, and does what it says.

use proptest::prelude::*;
use xtask::core::Api;
use xtask::finding::Findings;
use xtask::load::load_openapi;
use xtask::lower::lower;
use xtask::settings::Settings;
use xtask::source::Source;

#[path = "../draw/mod.rs"]
mod draw;
mod sample;

/// The module of types for an API, as text.
fn module(api: &Api, settings: &Settings) -> String {
    let mut findings = Findings::new();
    let items = xtask::generate::types(api, settings, &mut findings)
        .unwrap_or_else(|| panic!("{findings:?}"));
    let tokens = xtask::refine::types::refine(items, api, settings, &mut findings);
    assert!(findings.codes().is_empty(), "{findings:?}");
    prettyplease::unparse(&syn::parse2(tokens).expect("Rust"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Refining compares the type of each field with the one that progenitor made.
    #[test]
    fn progenitor_makes_the_fields_that_the_core_form_has(api in draw::api()) {
        module(&api, &draw::settings());
    }
}

/// The test `generated_types` runs these. Where this fails, `UPDATE_SAMPLE=1` writes them.
#[test]
fn the_samples_are_what_is_generated() {
    let source = Source::new("widened.yaml", include_str!("../data/widened.yaml"));
    let mut findings = Findings::new();
    let document = load_openapi(&source, &mut findings).expect("a document");
    let settings = Settings::default();
    let widened = lower(&document, &settings, &mut findings);
    let widened = widened.unwrap_or_else(|| panic!("{findings:?}"));
    for (name, api) in [("sample", sample::api()), ("widened", widened)] {
        let text = module(&api, &settings);
        let path = format!(
            "{}/tests/generated_types/{name}.generated",
            env!("CARGO_MANIFEST_DIR")
        );
        if std::env::var_os("UPDATE_SAMPLE").is_some() {
            std::fs::write(&path, &text).expect("the sample");
        }
        let committed = std::fs::read_to_string(&path);
        assert_eq!(text, committed.unwrap_or_default(), "{name}");
    }
}
