//! Every finding of `input`.

use std::fs;

use super::super::render;
use super::shows_every_code;
use crate::finding::Findings;
use crate::input::{MAX_BYTES, read};

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
    let sources = [include_str!("../../input.rs")];
    shows_every_code(&report, "input", &sources);
    insta::assert_snapshot!(report);
}
