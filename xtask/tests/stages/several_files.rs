//! Documents that are spread over several files.

use xtask::finding::Findings;
use xtask::load::load;
use xtask::report;
use xtask::several_files::in_one_file;
use xtask::source::Source;

fn found(text: &str) -> Findings {
    let mut findings = Findings::new();
    let document = load(&Source::new("a.yaml", text), &mut findings).expect("it loads");
    let whole = in_one_file(document, &mut findings);
    assert_eq!(whole.is_none(), findings.has_errors());
    findings
}

#[test]
fn however_many_references_lead_to_other_files_there_is_one_finding() {
    let paths: String = (0..300)
        .map(|it| format!("  /{it}:\n    $ref: 'paths/{}.yaml#/item'\n", it % 20))
        .collect();
    let findings = found(&format!("openapi: 3.1.0\npaths:\n{paths}"));
    insta::assert_snapshot!(report::render(&findings, false));
    let findings = found("schema: {$ref: 'https://example.com/pet.json'}\n");
    let message = &findings.iter().next().expect("a finding").message;
    assert!(message.contains("1 place in 1 other file,"), "{message}");
}

#[test]
fn what_only_looks_like_a_reference_to_another_file_is_none() {
    for text in [
        "a: {$ref: '#/b'}\n",
        "example: {$ref: pet.yaml}\n",
        "default: [{$ref: pet.yaml}]\n",
        "x-vendor: {$ref: pet.yaml}\n",
        "properties: {$ref: {type: string}, x-a: {type: string}}\n",
        "a: {$id: 'https://example.com/pet', b: {$ref: 'https://example.com/pet#/c'}}\n",
    ] {
        assert_eq!(found(text).codes(), Vec::<&str>::new(), "{text}");
    }
    for text in [
        "properties: {default: {$ref: pet.yaml}}\n",
        "schemas: {example: {properties: {value: {$ref: pet.yaml}}}}\n",
        "properties: {properties: {properties: {enum: {$ref: pet.yaml}}}}\n",
    ] {
        assert_eq!(found(text).codes(), ["document/several-files"], "{text}");
    }
}
