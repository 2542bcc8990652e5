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
