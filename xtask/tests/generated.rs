//! The files that are generated from a small document, as a person reviews them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;

use xtask::finding::{Findings, Severity};
use xtask::overlay::Mode;
use xtask::pipeline::{self, Sources};
use xtask::settings::Settings;
use xtask::source::Source;

const DOCUMENT: &str = include_str!("data/lowered.json");

fn settings() -> Settings {
    Settings {
        schemars_feature: Some("schemars".to_owned()),
        ..Settings::default()
    }
}

fn files(settings: &Settings) -> BTreeMap<String, String> {
    let sources = Sources {
        document: Source::new("lowered.json", DOCUMENT),
        overlay: None,
    };
    let mut findings = Findings::new();
    let files = pipeline::files(&sources, Mode::Strict, settings, &mut findings);
    assert_eq!(findings.count(Severity::Error), 0, "{findings:?}");
    files.unwrap()
}

#[test]
fn the_generated_files_are_as_reviewed() {
    for (path, text) in files(&settings()) {
        // The runtime is copied as it stands; the hash of the input is of no interest here.
        if !path.starts_with("runtime/") {
            let code: String = text.lines().skip(4).collect::<Vec<_>>().join("\n");
            insta::assert_snapshot!(path.replace('/', "_"), code);
        }
    }
}

#[test]
fn every_file_begins_with_the_four_lines_of_the_header() {
    for (path, text) in files(&settings()) {
        let lines: Vec<&str> = text.lines().take(5).collect();
        assert!(
            lines[0].starts_with(xtask::write::HEADER_MARK),
            "{path}: {lines:?}"
        );
        assert!(
            lines[2].contains("lowered.json sha256:"),
            "{path}: {lines:?}"
        );
        assert!(
            lines[3].starts_with("// By progenitor 0.") && lines[3].contains("typify 0."),
            "{path}: {lines:?}"
        );
        assert_eq!(lines[4], "", "{path}");
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    assert_eq!(files(&settings()), files(&settings()));
}

#[test]
fn without_a_feature_no_file_speaks_of_schemars() {
    for (path, text) in files(&Settings::default()) {
        assert!(!text.contains("schemars"), "{path}");
    }
}

#[test]
fn a_client_with_state_leaves_making_it_to_its_crate() {
    let settings = Settings {
        client_state: Some(syn::parse_quote!(crate::client::State)),
        ..Settings::default()
    };
    let files = files(&settings);
    assert!(files["mod.rs"].contains("pub(crate) state: ::std::sync::Arc<crate::client::State>"));
    assert!(!files["mod.rs"].contains("fn with_client"));
    assert!(!files.contains_key("runtime/state.rs"));
}

#[test]
fn operations_return_the_error_of_the_crate_with_their_name() {
    let settings = Settings {
        operation_error: Some(syn::parse_quote!(crate::Error)),
        ..Settings::default()
    };
    insta::assert_snapshot!(sends(&files(&settings)["builder.rs"]));
}

/// The functions that send.
fn sends(builders: &str) -> String {
    let mut file = syn::parse_file(builders).expect("generated code is Rust");
    file.items
        .retain(|item| matches!(item, syn::Item::Impl(item) if item.trait_.is_none()));
    for item in &mut file.items {
        let syn::Item::Impl(item) = item else {
            continue;
        };
        item.items.retain(
            |item| matches!(item, syn::ImplItem::Fn(function) if function.sig.ident == "send"),
        );
    }
    prettyplease::unparse(&file)
}
