//! A disk that is full after so many bytes, as far as the child can tell.

use super::{compare, files, listing, replace, scratch};
use std::process::{Command, Output};

/// The variable by which the test executable learns that it is the child.
const TARGET: &str = "XTASK_TEST_WRITE_TARGET";

#[test]
fn a_large_tree_is_written() {
    let large = files(&[
        ("a.rs", ""),
        ("large.rs", &"pub struct New;\n".repeat(100_000)),
    ]);
    if let Some(target) = std::env::var_os(TARGET) {
        println!(
            "\nresult: {:?}",
            replace(target.as_ref(), &large, &[]).err()
        );
    } else {
        let (_scratch, target) = scratch();
        replace(&target, &large, &[]).expect("a replacement");
        assert!(compare(&target, &large).expect("a comparison").is_fresh());
    }
}

/// Runs the test above as a child of a shell that has set the limit on the size of files.
fn limited(target: &std::path::Path, shell: &str) -> Output {
    Command::new("sh")
        .args(["-c", &format!("{shell}; ulimit -f 64; exec \"$0\" \"$@\"")])
        .arg(std::env::current_exe().expect("this executable"))
        .args([
            "--exact",
            "write::full::a_large_tree_is_written",
            "--nocapture",
        ])
        .env(TARGET, target)
        .output()
        .expect("a shell")
}

#[test]
fn a_file_that_does_not_fit_leaves_the_old_tree_and_nothing_else() {
    let (scratch, target) = scratch();
    replace(&target, &files(&[("mod.rs", "")]), &[]).expect("a replacement");
    let before = listing(scratch.path());
    // With the signal ignored, the write fails.
    let output = limited(&target, "trap '' XFSZ");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("write/failed"), "{output:?}");
    assert_eq!(listing(scratch.path()), before);
}

#[test]
fn a_run_that_the_limit_kills_leaves_the_old_tree_and_the_next_one_recovers() {
    let (scratch, target) = scratch();
    let old = files(&[("mod.rs", "")]);
    replace(&target, &old, &[]).expect("a replacement");
    let output = limited(&target, ":");
    assert_eq!(output.status.code(), None, "{output:?}");
    assert!(compare(&target, &old).expect("a comparison").is_fresh());
    assert!(listing(scratch.path()).len() > 2, "there is no leftover");
    replace(&target, &old, &[]).expect("a replacement");
    assert_eq!(listing(scratch.path()).len(), 2);
}
