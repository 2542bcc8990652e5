//! Line ends of Windows.

use std::fs;

use super::command::{DOCUMENT, OVERLAY, Scratch, assert_success};

fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

#[test]
fn inputs_with_crlf_give_the_files_of_the_same_inputs_without() {
    let scratch = Scratch::new();
    assert_success(&scratch.run(&[]));
    scratch.plant("document.yaml", crlf(DOCUMENT));
    scratch.plant("overlay.yaml", crlf(OVERLAY));
    assert_success(&scratch.run(&["--check"]));
}

#[test]
fn generated_files_with_crlf_are_stale_for_a_check_that_says_why_and_one_run_heals_them() {
    let scratch = Scratch::new();
    assert_success(&scratch.run(&[]));
    let before = scratch.tree("generated");
    for (path, bytes) in &before {
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        fs::write(scratch.path("generated").join(path), crlf(&text)).expect("a file");
    }
    let output = scratch.run(&["--check"]);
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(words.contains(".gitattributes"), "{words}");
    let list = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(
        list.matches("its lines end with CRLF").count(),
        before.len(),
        "{list}"
    );

    assert_success(&scratch.run(&[]));
    assert_eq!(scratch.tree("generated"), before);
}
