//! Several runs at once.

use std::process::Stdio;

use super::command::{DOCUMENT, Scratch, assert_success};

#[test]
fn runs_at_once_on_different_documents_end_well_and_leave_the_tree_of_one_of_them() {
    let scratch = Scratch::new();
    let names = ["one.yaml", "two.yaml", "three.yaml"];
    let mut trees = Vec::new();
    for name in names {
        scratch.plant(
            name,
            DOCUMENT.replace("version: 1.0.0", &format!("version: \"{name}\"")),
        );
        assert_success(&run(&scratch, name).wait_with_output().expect("an end"));
        trees.push(scratch.tree("generated"));
    }
    assert_ne!(trees[0], trees[1]);
    for round in 0..3 {
        let children = names.map(|name| run(&scratch, name));
        for child in children {
            assert_success(&child.wait_with_output().expect("an end"));
        }
        assert!(trees.contains(&scratch.tree("generated")), "round {round}");
    }
    let hidden = scratch.path("").read_dir().expect("a directory");
    let hidden = hidden.filter_map(Result::ok).map(|entry| entry.file_name());
    let hidden: Vec<_> = hidden
        .filter(|name| name.to_string_lossy().starts_with('.'))
        .collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}

fn run(scratch: &Scratch, document: &str) -> std::process::Child {
    scratch
        .codegen(&["--document", document])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command")
}
