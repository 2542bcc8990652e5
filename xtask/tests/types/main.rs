//! The module of types: what is generated for APIs in the core form compiles, and does what it says.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use xtask::core::{Api, Reach};
use xtask::finding::Findings;
use xtask::settings::Settings;

mod compiled;
#[path = "../draw/mod.rs"]
mod draw;

/// The module of types for an API, as text.
fn module(api: &Api, settings: &Settings) -> String {
    let mut findings = Findings::new();
    let items = xtask::generate::types(api, settings, &mut findings)
        .unwrap_or_else(|| panic!("{findings:?}"));
    let items = xtask::refine::types::refine(items, api, &Reach::of(api), settings, &mut findings);
    assert!(findings.codes().is_empty(), "{findings:?}");
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Refining compares the type of each field with the one that progenitor made.
    #[test]
    fn progenitor_makes_the_fields_that_the_core_form_has(api in draw::api()) {
        module(&api, &draw::settings());
    }
}
