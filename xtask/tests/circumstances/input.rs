//! The document on standard input.

use std::process::Command;

use super::command::{DOCUMENT, Scratch, assert_success, refusal};

#[test]
fn a_document_on_standard_input_gives_the_files_of_the_same_document_in_a_file() {
    let scratch = Scratch::new();
    assert_success(&scratch.run_with_input(DOCUMENT.as_bytes()));
    let piped = scratch.tree("generated");
    assert_success(&scratch.run(&[]));
    let read = scratch.tree("generated");
    assert!(piped.len() > 3, "{piped:?}");
    assert_eq!(piped.len(), read.len());
    for ((path, piped), (other, read)) in piped.into_iter().zip(read) {
        assert_eq!(path, other);
        let piped = String::from_utf8(piped).expect("UTF-8");
        // The header names the input.
        let piped = piped.replace("<stdin>", "document.yaml");
        assert_eq!(piped.into_bytes(), read, "{}", path.display());
    }
}

#[test]
fn standard_input_that_is_no_document_is_refused_and_nothing_is_written() {
    let huge = vec![b'#'; 32 * 1024 * 1024 + 1];
    let cases: [(&str, &[u8], &str); 7] = [
        ("nothing", b"", "input/empty"),
        ("only space", b"\xEF\xBB\xBF \n", "input/empty"),
        ("too much", &huge, "input/too-large"),
        (
            "no UTF-8",
            b"openapi: 3.1.0\ninfo: \xFF\n",
            "input/not-utf-8",
        ),
        ("UTF-16", b"\xFF\xFEo\0", "input/not-utf-8"),
        ("no YAML", b"openapi: [3.1.0\n", "load/truncated"),
        ("no OpenAPI", b"title: 1\n", "load/not-openapi"),
    ];
    let scratch = Scratch::new();
    for (name, document, code) in cases {
        let words = refusal(&scratch.run_with_input(document));
        assert!(words.contains(code), "{name}: {words}");
        assert!(words.contains("<stdin>"), "{name}: {words}");
        assert!(!scratch.path("generated").exists(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_standard_input_is_refused() {
    let scratch = Scratch::new();
    let command = scratch.codegen(&["--document", "-"]);
    let output = Command::new("sh")
        .args(["-c", "exec \"$0\" \"$@\" <&-"])
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(scratch.path(""))
        .output()
        .expect("a shell");
    let words = refusal(&output);
    assert!(words.contains("input/"), "{words}");
    assert!(!scratch.path("generated").exists());
}
