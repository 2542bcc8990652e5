//! Lowering: from a document to the core form, and what is said about it.
//!
//! Each case is a fragment of a document; its snapshot shows the core form that it becomes and the findings.

mod operations;
mod schemas;
mod text;

use xtask::finding::Findings;
use xtask::load::load_openapi;
use xtask::lower::lower;
use xtask::settings::{RustPath, Settings};
use xtask::source::Source;

/// The core form of a document, or nothing, and then its findings.
fn lowered(document: &str) -> String {
    let source = Source::new("api.yaml", document);
    let mut findings = Findings::new();
    let document = load_openapi(&source, &mut findings).expect("the case is an OpenAPI document");
    let instant = RustPath::try_from("crate::Instant".to_owned()).expect("a path");
    let settings = Settings {
        formats: [("instant".to_owned(), instant)].into(),
        ..Settings::default()
    };
    let mut text = match lower(&document, &settings, &mut findings) {
        Some(api) => text::api(&api),
        None => "refused\n".to_owned(),
    };
    for finding in &findings {
        let place = finding
            .location
            .as_ref()
            .map(|place| place.line)
            .unwrap_or_default();
        text.push_str(&format!(
            "{}[{}] line {place}: {}\n",
            finding.severity, finding.code, finding.message
        ));
    }
    text
}

/// Compares the cases, one after the other, with the snapshot of this name.
fn check(name: &str, cases: &[(&str, &str)], whole: impl Fn(&str) -> String) {
    let mut report =
        String::from("Each case, the core form that it becomes, and the findings.\n\n");
    for (name, fragment) in cases {
        report.push_str(&format!("## {name}\n{}\n", lowered(&whole(fragment))));
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, report);
    });
}
