//! What comes out of generate, refine and render for a small lowered document, as a person reviews it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use xtask::finding::Findings;
use xtask::generate::generate;
use xtask::generate::marks::{self, Mark};
use xtask::preflight::preflight;
use xtask::refine::refine;
use xtask::render::render;
use xtask::settings::Settings;
use xtask::source::{Document, Source};
use xtask::table::{OperationTable, Parameter, table};

const LOWERED: &str = include_str!("data/lowered.json");

fn document() -> (Arc<Source>, Document) {
    let source = Source::new("lowered.json", LOWERED);
    let mut findings = Findings::new();
    let document = xtask::load::load(&source, &mut findings).expect("the fixture loads");
    (source, document)
}

fn settings() -> Settings {
    Settings {
        schemars_feature: Some("schemars".to_owned()),
        ..Settings::default()
    }
}

/// The generated code before it is refined, with the marks that the document carried through progenitor.
fn generated(document: &Document, settings: &Settings) -> (syn::File, Vec<(String, Mark)>) {
    let mut findings = Findings::new();
    let mut document = document.clone();
    let marks = marks::insert(&mut document.root);
    let api = preflight(&document, &mut findings).expect("the fixture passes");
    let file = generate(&api, &document, settings, &mut findings).expect("the fixture generates");
    (file, marks)
}

fn files(settings: &Settings) -> BTreeMap<String, String> {
    let (source, document) = document();
    let mut findings = Findings::new();
    let (file, marks) = generated(&document, settings);
    let table = table(&document);
    let file = refine(file, &marks, &document, &table, settings, &mut findings)
        .expect("the fixture refines");
    assert!(findings.codes().is_empty());
    render(file, &table, &[&source], settings)
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
fn a_client_with_state_expects_its_crate_to_implement_the_hooks() {
    let settings = Settings {
        client_state: Some(syn::parse_quote!(crate::client::State)),
        ..Settings::default()
    };
    let client = &files(&settings)["mod.rs"];
    assert!(client.contains("pub(crate) inner: crate::client::State"));
    assert!(client.contains("fn assert_client_hooks()"));
}

#[test]
fn operations_return_the_error_of_the_crate_with_their_name() {
    let settings = Settings {
        operation_error: Some(syn::parse_quote!(crate::Error)),
        ..Settings::default()
    };
    insta::assert_snapshot!(sends(&files(&settings)["builder.rs"]));
}

/// The functions that send. One that hands out a stream stays as progenitor wrote it, which is left out here.
fn sends(builders: &str) -> String {
    let mut file = syn::parse_file(builders).expect("generated code is Rust");
    file.items
        .retain(|item| matches!(item, syn::Item::Impl(item) if item.trait_.is_none()));
    for item in &mut file.items {
        let syn::Item::Impl(item) = item else {
            continue;
        };
        item.items.retain_mut(|item| match item {
            syn::ImplItem::Fn(function) if function.sig.ident == "send_typed" => {
                function.block.stmts.clear();
                true
            }
            syn::ImplItem::Fn(function) => function.sig.ident == "send",
            _ => false,
        });
    }
    prettyplease::unparse(&file)
}

/// What a pass is promised by the operation table and does not find is a finding, never a silent gap: this is
/// how a new version of progenitor shows.
#[test]
fn generated_code_that_lacks_what_the_table_promises_is_a_finding() {
    fn parameter(name: &str, place: &str) -> Parameter {
        Parameter {
            name: name.to_owned(),
            place: place.to_owned(),
            required: false,
            raw: false,
            repeated: false,
            deprecated: false,
            description: String::new(),
        }
    }
    type Tamper = fn(&mut OperationTable);
    let cases: [(&str, Tamper, &str); 6] = [
        (
            "an operation",
            |table| table.operations[0].id = "other".to_owned(),
            "methods of the client",
        ),
        (
            "a path value",
            |table| {
                table.operations[1]
                    .parameters
                    .push(parameter("gone", "path"));
            },
            "no path value `gone`",
        ),
        (
            "a header",
            |table| {
                table.operations[0]
                    .parameters
                    .push(parameter("X-Gone", "header"));
            },
            "3 headers where the document has 4",
        ),
        (
            "a query parameter",
            |table| {
                table.operations[2]
                    .parameters
                    .push(parameter("gone", "query"));
            },
            "no function `gone`",
        ),
        (
            "a list",
            |table| {
                let count = table.operations[2].parameters.last_mut();
                count.expect("there are parameters").repeated = true;
            },
            "a function `count` that does not take what can be made a `Vec`",
        ),
        (
            "an optional body",
            |table| {
                table.operations[1].body = table.operations[0].body.clone();
            },
            "no field `body",
        ),
    ];
    let (_, document) = document();
    for (what, tamper, expected) in cases {
        let mut table = table(&document);
        tamper(&mut table);
        let mut findings = Findings::new();
        let settings = Settings::default();
        let (file, marks) = generated(&document, &settings);
        let refined = refine(file, &marks, &document, &table, &settings, &mut findings);
        assert!(refined.is_none(), "{what}");
        assert!(
            findings
                .iter()
                .any(|finding| finding.code == "refine/not-found"
                    && finding.message.contains(expected)),
            "{what}: {findings:?}"
        );
    }
}

#[test]
fn a_mark_that_reaches_no_field_is_a_finding() {
    let (_, document) = document();
    let settings = Settings::default();
    let (file, mut marks) = generated(&document, &settings);
    marks.push(("gone".to_owned(), Mark::default()));
    let mut findings = Findings::new();
    let table = table(&document);
    assert!(refine(file, &marks, &document, &table, &settings, &mut findings).is_none());
    assert_eq!(findings.codes(), ["refine/not-found"]);
}
