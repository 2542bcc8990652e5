//! The gate: the committed files are the ones that codegen generates from the committed inputs.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::copy::{Copy, GENERATED};
use crate::common::{tree, workspace};
use xtask::cli;
use xtask::codegen::codegen;
use xtask::config::{Mode, Options};
use xtask::finding::Severity;
use xtask::report;

/// The command that makes stale files fresh.
const COMMAND: &str = "cargo xtask codegen";

#[test]
fn the_committed_files_are_the_generated_ones() {
    if let Err(verdict) = check(&workspace()) {
        panic!("{verdict}");
    }
}

#[test]
fn one_change_anywhere_is_named_with_the_command() {
    let cases: [(&str, Change, &[&str]); 6] = [
        (
            "a character of the document that reaches the code",
            |copy| first(copy, "openapi/openapi.yaml", "Publish a ", "Publish A "),
            &[
                "stale     qstash-api/src/generated/mod.rs",
                "-",
                "+    /// Publish A",
            ],
        ),
        (
            "a character of the overlay that reaches the code",
            |copy| {
                first(
                    copy,
                    "openapi/overlay.yaml",
                    "the next key becomes",
                    "the Next key becomes",
                );
            },
            &[
                "stale     qstash-api/src/generated/mod.rs",
                "+    /// Rotate the signing keys: the Next",
            ],
        ),
        (
            "a character of a generated file",
            |copy| first(copy, &generated("types/mod.rs"), "pub next:", "pub nexd:"),
            &[
                "stale     qstash-api/src/generated/types/mod.rs",
                "-    pub nexd:",
                "+    pub next:",
                "1 stale\n",
            ],
        ),
        (
            "a generated file that was deleted",
            |copy| fs::remove_file(copy.join(generated("operations.rs"))).expect("it was there"),
            &[
                "missing   qstash-api/src/generated/operations.rs",
                "1 missing\n",
            ],
        ),
        (
            "a generated file that is no longer generated",
            |copy| {
                let text = tree::text(&copy.join(generated("operations.rs")));
                fs::write(copy.join(generated("runtime/old.rs")), text).expect("it is written");
            },
            &[
                "orphaned  qstash-api/src/generated/runtime/old.rs",
                "1 orphaned\n",
            ],
        ),
        (
            "a file that codegen did not write",
            |copy| {
                fs::write(copy.join(generated("notes.txt")), "mine").expect("it is written");
            },
            &["write/not-generated", "`notes.txt`"],
        ),
    ];
    for (what, change, expected) in cases {
        let copy = Copy::of(&workspace());
        change(copy.root());
        let verdict = check(copy.root()).expect_err(what);
        for part in expected {
            assert!(verdict.contains(part), "{what}: no `{part}` in\n{verdict}");
        }
        let last = verdict.lines().last().unwrap_or_default();
        assert!(
            last.contains(&format!("run `{COMMAND}`"))
                && last.ends_with("and commit what it writes"),
            "{what}:\n{verdict}"
        );
    }
}

#[test]
fn deleted_files_come_back_byte_for_byte_and_again() {
    let committed = bytes_of(&workspace().join(GENERATED));
    assert!(!committed.is_empty());
    for run in ["the first run", "the second run"] {
        let copy = Copy::of(&workspace());
        fs::remove_dir_all(copy.root().join(GENERATED)).expect("it was there");
        let (tree, findings) = codegen(&Options::new(copy.root(), Mode::Write));
        let report = report::render(&findings, false);
        assert!(tree.is_some(), "{run}: {report}");
        let written = bytes_of(&copy.root().join(GENERATED));
        let (written_paths, committed_paths) = (paths(&written), paths(&committed));
        assert_eq!(written_paths, committed_paths, "{run}");
        for ((path, written), (_, committed)) in written.iter().zip(&committed) {
            assert!(written == committed, "{run}: {} differs", path.display());
        }
    }
}

#[test]
fn a_comment_of_the_document_or_the_overlay_changes_nothing() {
    let copy = Copy::of(&workspace());
    for path in ["openapi/openapi.yaml", "openapi/overlay.yaml"] {
        last_line(copy.root(), path, "# x\n");
        check(copy.root()).expect(path);
    }
}

type Change = fn(&Path);

/// `cargo xtask codegen --check` in a workspace: nothing, or what is wrong, ending with the command.
fn check(workspace: &Path) -> Result<(), String> {
    let mut options = Options::new(workspace, Mode::Check);
    // Nothing is shown relative to the directory in which the test happens to run.
    options.current_directory = PathBuf::new();
    let (tree, findings) = codegen(&options);
    let warnings = findings.count(Severity::Warning);
    if tree.as_ref().is_some_and(|it| it.comparison.is_fresh()) && warnings == 0 {
        return Ok(());
    }
    let text = tree.map(|tree| cli::tree(&tree, Mode::Check));
    let text = text.unwrap_or_default();
    let mut verdict = format!(
        "\n{}{}{}",
        report::render(&findings, false),
        text.output,
        text.summary
    );
    if text.summary.is_empty() {
        verdict.push_str(&format!("then run `{COMMAND}` and commit what it writes\n"));
    }
    Err(verdict.replace(&format!("{}/", workspace.display()), ""))
}

fn generated(path: &str) -> String {
    format!("{GENERATED}/{path}")
}

/// Replaces the first occurrence of `old`, which has to be there.
fn first(copy: &Path, path: &str, old: &str, new: &str) {
    let path = copy.join(path);
    let text = tree::text(&path);
    assert!(text.contains(old), "no `{old}` in {}", path.display());
    fs::write(&path, text.replacen(old, new, 1)).expect("it is written");
}

fn last_line(copy: &Path, path: &str, line: &str) {
    let path = copy.join(path);
    fs::write(&path, tree::text(&path) + line).expect("it is written");
}

/// The files below a directory, by their path there.
fn bytes_of(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let read = |path: PathBuf| {
        let below = path.strip_prefix(root).expect("it is below").to_owned();
        (below, fs::read(path).expect("it is readable"))
    };
    tree::files(root).into_iter().map(read).collect()
}

fn paths(files: &[(PathBuf, Vec<u8>)]) -> Vec<&Path> {
    files.iter().map(|(path, _)| path.as_path()).collect()
}
