//! Targets that are links, disks that are full or read-only, and output that cannot be printed.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::{Command, Output};

use super::command::{Scratch, assert_success, refusal};

#[test]
fn a_link_in_place_of_the_target_or_in_it_is_refused_and_left_alone() {
    type Prepare = fn(&Scratch);
    let cases: [(&str, Prepare, &str); 3] = [
        (
            "a link to a directory of ours",
            |scratch| {
                fs::rename(scratch.path("generated"), scratch.path("real")).expect("a move");
                symlink("real", scratch.path("generated")).expect("a link");
            },
            "write/not-a-directory",
        ),
        (
            "a link to nothing",
            |scratch| {
                fs::remove_dir_all(scratch.path("generated")).expect("a directory to remove");
                symlink("nowhere", scratch.path("generated")).expect("a link");
            },
            "write/not-a-directory",
        ),
        (
            "a link among the files",
            |scratch| {
                let file = scratch.path("generated/mod.rs");
                fs::rename(&file, scratch.path("mod.rs")).expect("a move");
                symlink("../mod.rs", file).expect("a link");
            },
            "write/not-generated",
        ),
    ];
    for (name, prepare, code) in cases {
        let scratch = Scratch::new();
        assert_success(&scratch.run(&[]));
        prepare(&scratch);
        let before = scratch.tree("");
        let words = refusal(&scratch.run(&[]));
        assert!(words.contains(code), "{name}: {words}");
        assert_eq!(scratch.tree(""), before, "{name}");
    }
}

#[test]
fn a_link_above_the_target_is_followed() {
    let scratch = Scratch::new();
    fs::create_dir(scratch.path("real")).expect("a directory");
    symlink("real", scratch.path("link")).expect("a link");
    let arguments = ["--document", "document.yaml", "--out", "link/generated"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["codegen", "--no-overlay"]).args(arguments);
    let output = command
        .current_dir(scratch.path(""))
        .output()
        .expect("the command");
    assert_success(&output);
    assert!(scratch.path("real/generated/mod.rs").is_file());
    assert!(scratch.path("link").is_symlink());
}

/// `codegen`, started by a shell that has said something before.
fn after(scratch: &Scratch, shell: &str, arguments: &[&str]) -> Output {
    let command = scratch.codegen(arguments);
    Command::new("sh")
        .args(["-c", &format!("{shell}; exec \"$0\" \"$@\"")])
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(scratch.path(""))
        .output()
        .expect("a shell")
}

#[test]
fn a_disk_that_fills_up_leaves_the_old_tree_and_says_so() {
    let scratch = Scratch::new();
    assert_success(&scratch.run(&["--no-overlay"][..0]));
    let before = scratch.tree("");
    scratch.plant(
        "overlay.yaml",
        super::command::OVERLAY.replace("Words of", "Other words of"),
    );
    let limited = "trap '' XFSZ; ulimit -f 2";
    let output = after(&scratch, limited, &["--document", "document.yaml"]);
    let words = refusal(&output);
    assert!(words.contains("write/failed"), "{words}");
    assert!(
        words.contains("The generated files are as they were"),
        "{words}"
    );
    let after: Vec<_> = scratch
        .tree("")
        .into_iter()
        .filter(not_the_overlay)
        .collect();
    let before: Vec<_> = before.into_iter().filter(not_the_overlay).collect();
    assert_eq!(after, before);
}

fn not_the_overlay((path, _): &(std::path::PathBuf, Vec<u8>)) -> bool {
    path != std::path::Path::new("overlay.yaml")
}

#[test]
fn a_target_that_is_read_only_is_checked_and_not_written() {
    let scratch = Scratch::new();
    assert_success(&scratch.run(&[]));
    scratch.plant(
        "overlay.yaml",
        super::command::OVERLAY.replace("Words of", "Other words of"),
    );
    let allow = |mode| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(scratch.path("generated"), permissions).expect("a mode");
    };
    let before = scratch.tree("generated");
    allow(0o555);
    let written = scratch.run(&[]);
    let checked = scratch.run(&["--check"]);
    allow(0o755);
    let words = refusal(&written);
    assert!(words.contains("write/failed"), "{words}");
    assert_eq!(checked.status.code(), Some(4), "{checked:?}");
    assert_eq!(scratch.tree("generated"), before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_list_that_cannot_be_printed_is_a_failure_and_never_looks_like_success() {
    let scratch = Scratch::new();
    let document = ["--document", "document.yaml"];
    for (mode, code) in [("--dry-run", 1), ("--check", 4)] {
        let arguments = [&document[..], &[mode]].concat();
        let output = after(&scratch, "exec >/dev/full", &arguments);
        assert_eq!(output.status.code(), Some(code), "{mode}: {output:?}");
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            words.contains("the output could not be written"),
            "{mode}: {words}"
        );
    }
}
