//! Diagnostics of texts that loading refuses, each with its place.

use super::found;

#[test]
fn every_fault_has_a_code_and_a_place() {
    let table: &[(&str, &[&str])] = &[
        ("", &["load/empty a.yaml"]),
        (" \n# only a comment\n", &["load/empty a.yaml"]),
        ("---\n", &["load/empty a.yaml"]),
        ("a: 1\n---\nb: 2\n", &["load/several-documents a.yaml:2:1"]),
        ("a: 1\nb: 2\na: 3\n", &["load/duplicate-key a.yaml:3:1"]),
        ("200: 1\n'200': 2\n", &["load/duplicate-key a.yaml:2:1"]),
        (
            "null: 1\n~: 2\n: 3\n",
            &[
                "load/null-key a.yaml:1:1",
                "load/null-key a.yaml:2:1",
                "load/null-key a.yaml:3:1",
            ],
        ),
        ("!!null x: 1\n", &["load/null-key a.yaml:1:1"]),
        ("a:\n  <<: {b: 1}\n", &["load/merge-key a.yaml:2:3"]),
        ("[a]: 1\n", &["load/complex-key a.yaml:1:1"]),
        (
            "? {a: 1, a: 2}\n: 1\nb: {c: 1, c: 1}\n",
            &[
                "load/complex-key a.yaml:1:3",
                "load/duplicate-key a.yaml:1:10",
                "load/duplicate-key a.yaml:3:11",
            ],
        ),
        ("a: &x [1]\n*x : 2\n", &["load/complex-key a.yaml:2:1"]),
        ("a: &x ~\n*x : 2\n", &["load/null-key a.yaml:2:1"]),
        (
            "a: .inf\nb: -.INF\nc: .nan\n",
            &[
                "load/not-finite a.yaml:1:4",
                "load/not-finite a.yaml:2:4",
                "load/not-finite a.yaml:3:4",
            ],
        ),
        (
            "- 0x10000000000000000\n- 1e999\n",
            &["load/not-finite a.yaml:1:3", "load/not-finite a.yaml:2:3"],
        ),
        (
            "a: !pet rex\nb: !!binary aGk=\n!c d: 1\ne: !!set {}\n",
            &[
                "load/unknown-tag a.yaml:1:4",
                "load/unknown-tag a.yaml:2:4",
                "load/unknown-tag a.yaml:3:1",
                "load/unknown-tag a.yaml:4:4",
            ],
        ),
        (
            "a: !!int rex\nb: !!map []\nc: !!seq x\nd: !!str {}\n",
            &[
                "load/tag-mismatch a.yaml:1:4",
                "load/tag-mismatch a.yaml:2:4",
                "load/tag-mismatch a.yaml:3:4",
                "load/tag-mismatch a.yaml:4:4",
            ],
        ),
        ("a: &x\n  b: [*x]\n", &["load/recursive-alias a.yaml:2:7"]),
        ("a: *x\n", &["load/unknown-alias a.yaml:1:4"]),
        ("a:\n\tb: 1\n", &["load/tab a.yaml:2:2"]),
        ("a: {b: [1, 2\n", &["load/truncated a.yaml:1:8"]),
        ("{\"a\": {\"b\": \"c", &["load/truncated a.yaml:1:13"]),
        ("a: 1\nbc\n", &["load/syntax a.yaml:2:1"]),
        ("a: 1\nbc\nd: 2\n", &["load/syntax a.yaml:2:1"]),
        ("a: b: c\n", &["load/syntax a.yaml:1:5"]),
        ("a: \"\\ud83d x\"\n", &["load/syntax a.yaml:1:4"]),
        ("a: 1\nb: x\u{1}y\n", &["load/control-character a.yaml:2:5"]),
        ("a: 1\r\nb: x\0y\n", &["load/control-character a.yaml:2:5"]),
        (
            "a: 1\nb: 1\na: 2\nc: [\n",
            &["load/duplicate-key a.yaml:3:1", "load/truncated a.yaml:4:4"],
        ),
    ];
    for (text, expected) in table {
        assert_eq!(found(text), *expected, "{text:?}");
    }
}

#[test]
fn a_repeated_key_names_both_places() {
    let mut findings = crate::finding::Findings::new();
    let source = crate::source::Source::new("a.yaml", "x:\n  ab: 1\n  \"ab\" : 2\n");
    assert!(super::load(&source, &mut findings).is_none());
    let finding = findings.iter().next().unwrap();
    let location = finding.location.as_ref().unwrap();
    assert_eq!((location.line, location.column, location.width), (3, 3, 4));
    let (first, _) = finding.related.first().unwrap();
    assert_eq!((first.line, first.column, first.width), (2, 3, 2));
}

#[test]
fn loading_stops_after_a_hundred_errors() {
    let text = "a: 1\n".repeat(1000);
    let found = found(&text);
    assert_eq!(found.len(), 100);
}
