//! Whether the tests know every code that this stage has.

use std::collections::BTreeSet;
use std::path::Path;

/// All codes in the Rust files, or in the files with another ending, below a directory.
fn codes(directory: &Path, ending: &str, tests: bool, codes: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(directory).expect("the directory is there") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            if tests || !path.ends_with("tests") {
                self::codes(&path, ending, tests, codes);
            }
            continue;
        }
        if path.extension().is_some_and(|own| own == ending) {
            let text = std::fs::read_to_string(&path).expect("the file can be read");
            let found = text.split("lower/").skip(1).map(|rest| {
                let code = |c: &char| c.is_ascii_alphanumeric() || *c == '-' || *c == '.';
                rest.chars().take_while(code).collect::<String>()
            });
            codes.extend(found.filter(|code| !code.is_empty()));
        }
    }
}

#[test]
fn every_code_is_in_a_snapshot() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lower");
    let (mut written, mut seen) = (BTreeSet::new(), BTreeSet::new());
    codes(&here, "rs", false, &mut written);
    codes(&here.join("tests/snapshots"), "snap", true, &mut seen);
    seen.retain(|code| !code.starts_with("tests"));
    assert!(written.len() > 20, "{written:?}");
    assert_eq!(written, seen);
}
