//! The command as a person calls it.

use std::process::{Command, Output, Stdio};

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the command")
}

fn text(bytes: &[u8]) -> String {
    // Trailing spaces of the help text would be lost in an editor.
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let lines = text.lines().map(str::trim_end);
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn help_is_printed_to_standard_output() {
    for (name, arguments) in [
        ("help", &["--help"][..]),
        ("codegen-help", &["codegen", "--help"]),
        ("codegen-short-help", &["codegen", "-h"]),
        ("diff-help", &["diff", "--help"]),
        ("watch-help", &["watch", "--help"]),
    ] {
        let output = xtask(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(text(&output.stderr), "", "{arguments:?}");
        insta::assert_snapshot!(name, text(&output.stdout));
    }
}

#[test]
fn a_wrong_command_line_is_explained_on_standard_error_with_exit_code_2() {
    let cases: [&[&str]; 21] = [
        &[],
        &["codgen"],
        &["codegen", "--chekc"],
        &["codegen", "extra"],
        &["codegen", "--check", "--dry-run"],
        &["codegen", "--overlay", "overlay.yaml", "--no-overlay"],
        &["codegen", "--document"],
        &["codegen", "--document", ""],
        &["codegen", "--out", "a", "--out", "b"],
        &["codegen", "--color", "sometimes"],
        &["codegen", "--accept"],
        &["codegen", "--accept", "a.yaml", "--check"],
        &["codegen", "--accept", "a.yaml", "--document", "b.yaml"],
        &["codegen", "--accept", "a.yaml", "--lenient"],
        &["codegen", "--old-overlay", "a.yaml"],
        &["diff"],
        &["diff", "--old-overlay", "a.yaml", "--new-overlay", "a.yaml"],
        &["watch"],
        &["diff", "a", "b", "c"],
        &["diff", "a", "--format", "yaml"],
        &["diff", "a", "--fail-on", "everything"],
    ];
    let mut report = String::new();
    for arguments in cases {
        let output = xtask(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
        report += &format!(
            "$ cargo xtask {}\n{}\n\n",
            arguments.join(" "),
            text(&output.stderr)
        );
    }
    insta::assert_snapshot!(report);
}

#[test]
fn what_is_wrong_with_the_input_is_explained_on_standard_error_with_exit_code_1() {
    let scratch = tempfile::tempdir().expect("a scratch directory");
    let missing = scratch.path().join("missing.yaml");
    let out = scratch.path().join("out");
    let arguments = [
        "codegen",
        "--no-overlay",
        "--document",
        missing.to_str().expect("UTF-8"),
        "--out",
        out.to_str().expect("UTF-8"),
    ];
    for mode in [&[][..], &["--check"], &["--dry-run"]] {
        let output = xtask(&[&arguments[..], mode].concat());
        assert_eq!(output.status.code(), Some(1), "{mode:?}");
        assert_eq!(text(&output.stdout), "", "{mode:?}");
        assert_ne!(text(&output.stderr), "", "{mode:?}");
        assert!(!out.exists(), "{mode:?}");
    }
}

#[test]
fn nobody_needs_to_read_what_is_printed() {
    let cases: [(&[&str], i32); 4] = [
        (&["codegen", "--help"], 0),
        (&["codegen", "--chekc"], 2),
        (&[], 2),
        (
            &[
                "codegen",
                "--no-overlay",
                "--document",
                "/no/such/file",
                "--out",
                "/no/such/out",
            ],
            1,
        ),
    ];
    for (arguments, code) in cases {
        let closed = || {
            let (reader, writer) = std::io::pipe().expect("a pipe");
            drop(reader);
            writer
        };
        let status = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .stdout(closed())
            .stderr(closed())
            .status()
            .expect("the command");
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}
