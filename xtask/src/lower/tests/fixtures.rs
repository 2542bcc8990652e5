//! Whole documents.

use super::harness::{compact, errors, generated, lowered, yaml};

const ODDITIES: &str = include_str!("../../../tests/data/lower/oddities.yaml");

#[test]
fn a_document_full_of_oddities_is_lowered_and_generates() {
    let (document, findings) = lowered(yaml(ODDITIES));
    let document = document.unwrap_or_else(|| panic!("{}", errors(&findings)));
    insta::assert_snapshot!(
        "oddities_findings",
        findings.iter().map(compact).collect::<String>()
    );
    insta::assert_json_snapshot!("oddities", document.root);
    generated(&document.root);
}

const FEATURES: &str = include_str!("../../../tests/data/features-3.1.yaml");

#[test]
fn every_construct_that_can_be_lowered_generates() {
    let (document, findings) = lowered(yaml(FEATURES));
    let document = document.unwrap_or_else(|| panic!("{}", errors(&findings)));
    insta::assert_snapshot!(
        "features_findings",
        findings.iter().map(compact).collect::<String>()
    );
    insta::assert_json_snapshot!("features", document.root);
    generated(&document.root);
}
