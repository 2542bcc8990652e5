//! The command as a person calls it: its forms, its exit codes, and what it says of what it cannot compare.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::kinds::BASE;

/// A revision with changes of each effect, an operation without a name, and hostile text.
fn revision() -> String {
    let mut text = BASE.to_owned();
    for (from, to) in [
        ("        - name: owner\n", "        - name: keeper\n"),
        ("/pets/{pet_id}/note:", "/pets/{pet_id}/remark:"),
        (
            "        cursor: { type: string }",
            "        total: { type: integer }",
        ),
        (
            "      enum: [cat, dog]",
            "      enum: [cat, dog, \"b|ird`\u{202e}\"]",
        ),
        ("description: It is gone.", "description: It was deleted."),
        ("      operationId: get_pet\n", ""),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

/// An Overlay of which one action applies to the base alone.
const OVERLAY: &str = "\
overlay: 1.1.0
info: { title: Names, version: '1' }
actions:
  - target: $.paths['/pets/{pet_id}/note'].put
    update: { summary: Write a remark }
";

fn scratch() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("old.yaml", BASE),
        ("new.yaml", &revision()),
        ("overlay.yaml", OVERLAY),
        ("broken.yaml", "openapi: 3.1.0\npaths: [\n"),
    ] {
        std::fs::write(scratch.path().join(name), text).unwrap();
    }
    scratch
}

fn diff(directory: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("diff")
        .args(arguments)
        .current_dir(directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads no input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

const BOTH: [&str; 4] = ["old.yaml", "new.yaml", "--overlay", "overlay.yaml"];

#[test]
fn a_comparison_in_each_form_is_as_reviewed() {
    let scratch = scratch();
    for form in ["text", "json", "markdown"] {
        let arguments = [&BOTH[..], &["--format", form]].concat();
        let output = diff(scratch.path(), &arguments, "");
        assert_eq!(output.status.code(), Some(0), "{form}");
        assert_eq!(text(&output.stderr), "", "{form}");
        insta::assert_snapshot!(format!("diff-{form}"), text(&output.stdout));
    }
}

#[test]
fn the_other_way_round_what_was_new_is_gone() {
    let scratch = scratch();
    let output = diff(
        scratch.path(),
        &["new.yaml", "old.yaml", "--no-overlay"],
        "",
    );
    insta::assert_snapshot!("diff-back", text(&output.stdout));
}

#[test]
fn a_document_on_standard_input_is_either_side() {
    let scratch = scratch();
    for arguments in [["-", "new.yaml"], ["old.yaml", "-"]] {
        let input = if arguments[0] == "-" {
            BASE
        } else {
            &revision()
        };
        let arguments = [&arguments[..], &["--no-overlay"]].concat();
        let output = diff(scratch.path(), &arguments, input);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        let said = text(&output.stdout);
        assert!(said.contains("<stdin>"), "{said}");
        assert!(said.contains("the setter `keeper`"), "{said}");
    }
}

#[test]
fn the_exit_code_says_whether_a_change_is_as_grave_as_was_asked() {
    let scratch = scratch();
    let same = ["old.yaml", "old.yaml", "--no-overlay"];
    let other = ["old.yaml", "new.yaml", "--no-overlay"];
    for (documents, effect, code) in [
        (same, "any", 0),
        (same, "breaking", 0),
        (other, "breaking", 4),
        (other, "behaviour", 4),
        (other, "any", 4),
    ] {
        let arguments = [&documents[..], &["--fail-on", effect]].concat();
        let output = diff(scratch.path(), &arguments, "");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    }
}

/// One document alone is compared with the committed code, whatever was generated from what.
#[test]
fn without_an_old_document_the_old_side_is_the_committed_code() {
    let scratch = scratch();
    let manifest =
        "[workspace]\n[workspace.metadata.codegen]\ndocument = 'old.yaml'\nout = 'generated'\n";
    std::fs::write(scratch.path().join("Cargo.toml"), manifest).unwrap();
    let options = xtask::config::Options::new(scratch.path(), xtask::config::Mode::Write);
    let (outcome, _) = xtask::codegen::codegen(&options);
    assert!(outcome.is_some());
    std::fs::write(scratch.path().join("old.yaml"), "not read").unwrap();
    let compare = |document: &str| {
        let old = options.clone();
        let new = xtask::config::Options {
            document: Some(scratch.path().join(document)),
            ..old.clone()
        };
        xtask::diff::compare_options(&[old, new])
            .diff
            .expect("it generates")
    };
    std::fs::write(scratch.path().join("base.yaml"), BASE).unwrap();
    assert_eq!(compare("base.yaml").changes, []);
    assert!(
        compare("new.yaml")
            .changes
            .iter()
            .any(|it| it.message.contains("`keeper`"))
    );
    std::fs::remove_dir_all(scratch.path().join("generated")).unwrap();
    let compared = xtask::diff::compare_options(&[options.clone(), options.clone()]);
    assert_eq!(compared.old.codes(), ["api/no-code"]);
}

#[test]
fn a_side_that_cannot_be_compared_is_named_with_its_findings() {
    let scratch = scratch();
    let mut said = String::new();
    for documents in [
        ["broken.yaml", "new.yaml"],
        ["old.yaml", "broken.yaml"],
        ["broken.yaml", "missing.yaml"],
    ] {
        let arguments = [&documents[..], &["--no-overlay", "--format", "json"]].concat();
        let output = diff(scratch.path(), &arguments, "");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
        said += &format!("$ diff {}\n{}\n", documents.join(" "), text(&output.stderr));
    }
    insta::assert_snapshot!("diff-failures", said);
}
