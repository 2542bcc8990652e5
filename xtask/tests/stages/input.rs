//! Files that can be read, and what is said about the others.

use std::fs;
use std::path::Path;

use xtask::finding::Findings;
use xtask::input::{MAX_BYTES, read};
use xtask::report::render;

use super::shows_every_code;

/// The text of a file with these bytes, or the code, place and message of what is found.
fn outcome(content: &[u8]) -> Result<String, String> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.yaml");
    fs::write(&path, content).unwrap();
    outcome_at(&path)
}

fn outcome_at(path: &Path) -> Result<String, String> {
    let mut findings = Findings::new();
    match (read(path, &mut findings), findings.iter().next()) {
        (Some(source), None) => {
            assert_eq!(source.name, path.display().to_string());
            Ok(source.text.clone())
        }
        (None, Some(finding)) => {
            let location = finding.location.as_ref().unwrap();
            assert_eq!(location.source.name, path.display().to_string());
            let (line, column) = (location.line, location.column);
            Err(format!(
                "{} {line}:{column} {} {}",
                finding.code, finding.message, finding.next
            ))
        }
        (source, finding) => panic!("{source:?} {finding:?}"),
    }
}

#[test]
fn text_is_read_without_byte_order_mark_and_with_one_kind_of_line_end() {
    let table: [(&[u8], &str); 4] = [
        (b"a: 1\n", "a: 1\n"),
        (b"\xEF\xBB\xBFa: \xC3\xA9\n", "a: é\n"),
        (b"a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"),
        (b"a: 1\rb: 2\r\r\n", "a: 1\nb: 2\n\n"),
    ];
    for (content, text) in table {
        assert_eq!(outcome(content).as_deref(), Ok(text));
    }
}

#[test]
fn what_is_no_text_is_refused_with_its_place() {
    let table: [(&[u8], &str); 8] = [
        (b"", "input/empty 0:0 "),
        (b"\xEF\xBB\xBF \r\n\t\n", "input/empty 0:0 "),
        (
            b"\xFFabc",
            "input/not-utf-8 1:1 The file is not UTF-8: the byte 0xFF at offset 0",
        ),
        (
            b"a: 1\nb: \xC3\xA9\xE9\n",
            "input/not-utf-8 2:5 The file is not UTF-8: the byte 0xE9 at offset 10",
        ),
        (b"a: 1\r\nb: \xC3", "input/not-utf-8 2:4 "),
        (b"\xFF\xFEa\0", "input/not-utf-8 1:1 "),
        (b"\xFE\xFF\0a", "input/not-utf-8 1:1 "),
        (b"\x1F\x8B\x08\x00", "input/not-utf-8 1:2 "),
    ];
    for (content, expected) in table {
        let found = outcome(content).unwrap_err();
        assert!(found.starts_with(expected), "{found}");
    }
}

#[test]
fn a_missing_file_is_refused_with_similar_names() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("openapi.yaml"), "a").unwrap();
    fs::write(directory.path().join("unrelated.txt"), "a").unwrap();
    let found = outcome_at(&directory.path().join("openapi.yml")).unwrap_err();
    assert!(found.starts_with("input/missing 0:0 "), "{found}");
    assert!(found.contains("openapi.yaml`?"), "{found}");
    assert!(!found.contains("unrelated"), "{found}");
    for path in ["zzzzzzzzzz", "no/such/directory/a.yaml"] {
        let found = outcome_at(&directory.path().join(path)).unwrap_err();
        assert!(found.contains("Check the path"), "{found}");
    }
}

#[test]
fn what_is_no_file_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let found = outcome_at(directory.path()).unwrap_err();
    assert!(found.starts_with("input/unreadable 0:0 "), "{found}");
    let file = directory.path().join("file");
    fs::write(&file, "a").unwrap();
    let found = outcome_at(&file.join("below")).unwrap_err();
    assert!(found.starts_with("input/unreadable 0:0 "), "{found}");
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.yaml");
    let file = fs::File::create(&path).unwrap();
    file.set_len(MAX_BYTES + 1).unwrap();
    let found = outcome_at(&path).unwrap_err();
    assert!(found.starts_with("input/too-large 0:0 "), "{found}");
}

#[test]
fn every_finding_of_input_has_a_look() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    fs::write(path("openapi.yaml"), "a: 1\n").unwrap();
    fs::write(path("empty.yaml"), "\n").unwrap();
    fs::write(path("latin-1.yaml"), b"a: 1\nb: \xE9\n").unwrap();
    fs::write(path("utf-16.yaml"), b"\xFF\xFEa\0").unwrap();
    let large = fs::File::create(path("large.yaml")).unwrap();
    large.set_len(MAX_BYTES + 1).unwrap();
    fs::create_dir(path("directory")).unwrap();
    let mut findings = Findings::new();
    for name in [
        "openapi.yml",
        "zzzzzzz",
        "openapi.yaml/a.yaml",
        "directory",
        "large.yaml",
        "empty.yaml",
        "latin-1.yaml",
        "utf-16.yaml",
    ] {
        assert_eq!(read(&path(name), &mut findings), None, "{name}");
    }
    let report = render(&findings, false).replace(&*directory.path().to_string_lossy(), "openapi");
    let sources = [include_str!("../../src/input.rs")];
    shows_every_code(&report, "input", &sources);
    insta::assert_snapshot!(report);
}
