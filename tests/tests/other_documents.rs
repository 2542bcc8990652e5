//! Documents that this workspace was not made for: the vendor's next revision, and others.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;

use xtask::finding::{Findings, Severity};
use xtask::overlay::{self, Mode};
use xtask::pipeline::{self, Sources};
use xtask::settings::Settings;
use xtask::source::Source;
use xtask::write::Files;

#[path = "other_documents/compiled.rs"]
mod compiled;
#[path = "other_documents/drawn.rs"]
mod drawn;
#[path = "other_documents/large.rs"]
mod large;

fn committed(name: &str) -> Arc<Source> {
    let path = format!("{}/../openapi/{name}", env!("CARGO_MANIFEST_DIR"));
    Source::new(
        name,
        std::fs::read_to_string(path).expect("a committed file"),
    )
}

/// The committed document with what a next revision may bring.
fn next_revision() -> Arc<Source> {
    let mut findings = Findings::new();
    let document = xtask::load::load_openapi(&committed("openapi.yaml"), &mut findings);
    let changes = Source::new(
        "next_revision.yaml",
        include_str!("other_documents/next_revision.yaml"),
    );
    let changes = xtask::load::load(&changes, &mut findings).expect("it loads");
    let document = document.expect("the committed document loads");
    let revision =
        overlay::apply(document, &changes, Mode::Strict, &mut findings).expect("it applies");
    Source::new("revision.json", revision.root.to_string())
}

fn generate(document: Arc<Source>, overlay: Option<Arc<Source>>) -> (Option<Files>, Findings) {
    let mut findings = Findings::new();
    let files = pipeline::files(
        &Sources { document, overlay },
        Mode::Strict,
        &Settings::default(),
        &mut findings,
    );
    (files, findings)
}

#[test]
fn the_vendors_next_revision_goes_through_without_an_edit() {
    let (files, findings) = generate(next_revision(), Some(committed("overlay.yaml")));
    let mut warnings = findings.iter().filter(|it| it.severity > Severity::Note);
    assert_eq!(warnings.next(), None);
    let is_named = |message: &String| message.contains("broadcast_message");
    assert!(
        findings.iter().map(|it| &it.message).any(is_named),
        "{findings:?}"
    );
    let files = files.expect("it generates");
    for (file, text) in [
        ("mod.rs", "pub fn broadcast_message(&self)"),
        ("operations.rs", "\"Upstash-Trace-\""),
        ("types/mod.rs", "pub struct Broadcast {"),
        ("types/mod.rs", "Postponed,"),
        ("operations.rs", "path: \"/v2/broadcast/{channel}\""),
    ] {
        assert!(files[file].contains(text), "{file}: {text}");
    }
}

/// To compile them all would take a minute, and show no more than a tenth of them does.
#[test]
fn a_thousand_operations_are_generated() {
    let (files, _) = generate(Source::new("large.json", large::document(200)), None);
    let files = files.expect("it generates");
    assert_eq!(files["operations.rs"].matches("\n    id: \"").count(), 1000);
}

#[test]
fn documents_of_others_generate_code_that_compiles_without_a_warning() {
    let features = include_str!("../../xtask/tests/data/features-3.1.yaml");
    let documents = [
        ("features", Source::new("features-3.1.yaml", features), None),
        (
            "large",
            Source::new("large.json", large::document(20)),
            None,
        ),
        ("revision", next_revision(), Some(committed("overlay.yaml"))),
    ];
    let modules: Vec<(&str, Files)> = documents
        .into_iter()
        .map(|(name, document, overlay)| {
            let (files, findings) = generate(document, overlay);
            let files = files
                .unwrap_or_else(|| panic!("{name}: {}", xtask::report::render(&findings, false)));
            (name, files)
        })
        .collect();
    if let Err(errors) = compiled::compile(&modules, &[]) {
        panic!("{errors}");
    }
}
