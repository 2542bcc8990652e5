//! Documents that pass, and what becomes of them.

use xtask::finding::{Findings, Severity};
use xtask::generate_guard::attempt;
use xtask::preflight::{preflight, without_foreign_formats};

use crate::fixture::{good, settings};
use crate::inspect::inspect;

#[test]
fn good_documents_pass_and_generate() {
    for (name, document) in good() {
        let mut findings = Findings::new();
        let document = without_foreign_formats(document, &mut findings);
        let api = preflight(&document, &mut findings);
        // One of them has an `anyOf` for the names that are made up in it.
        let loud = findings.iter().filter(|finding| {
            finding.severity > Severity::Note && finding.code != "preflight/any-of-struct"
        });
        let loud: Vec<_> = loud
            .map(|finding| {
                (
                    finding.location.as_ref().map(ToString::to_string),
                    &finding.message,
                )
            })
            .collect();
        assert!(loud.is_empty(), "{name}: {loud:#?}");
        let tokens = attempt(&api.expect("a document"), &settings()).expect(&name);
        let file = syn::parse2(tokens).expect(&name);
        let mut findings = Findings::new();
        inspect(&file, &document, &mut findings);
        assert_eq!(findings, Findings::new(), "{name}");
    }
}

#[test]
fn formats_that_need_further_crates_are_left_to_the_service_with_a_note_each() {
    let (_, document) = good()
        .into_iter()
        .find(|(name, _)| name == "store")
        .expect("the store");
    let mut findings = Findings::new();
    let plain = without_foreign_formats(document.clone(), &mut findings);
    let said: Vec<_> = findings
        .iter()
        .map(|finding| finding.message.as_str())
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    The document has `format: date-time` in one place; the generated types hold the plain value and leave it to the service.
    The document has `format: date` in one place; the generated types hold the plain value and leave it to the service.
    The document has `format: uuid` in one place; the generated types hold the plain value and leave it to the service.
    The document has a `pattern` in one place; the generated types hold the plain value and leave it to the service.
    ");
    assert_ne!(plain.root, document.root);
    assert!(preflight(&document, &mut Findings::new()).is_none());

    let mut findings = Findings::new();
    let again = without_foreign_formats(plain.clone(), &mut findings);
    assert_eq!(again.root, plain.root);
    assert_eq!(findings, Findings::new());
}
