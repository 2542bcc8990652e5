//! The command, run in a scratch directory on a small document.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A document with everything in it that the pipeline knows.
pub(crate) const DOCUMENT: &str = include_str!("../data/features-3.1.yaml");

/// An Overlay that changes something in it.
pub(crate) const OVERLAY: &str = "\
overlay: 1.1.0
info:
  title: Other words
  version: 1.0.0
actions:
  - target: $.info
    update:
      description: Words of the overlay.
";

/// A scratch directory with the document and the overlay.
pub(crate) struct Scratch(tempfile::TempDir);

impl Scratch {
    pub(crate) fn new() -> Self {
        let scratch = Self(tempfile::tempdir().expect("a scratch directory"));
        scratch.plant("document.yaml", DOCUMENT);
        scratch.plant("overlay.yaml", OVERLAY);
        scratch
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn plant(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).expect("a file");
    }

    /// `codegen` on the two inputs, into `generated`.
    pub(crate) fn codegen(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(["codegen", "--overlay", "overlay.yaml", "--out", "generated"])
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
    }

    /// The same with the document from its file, to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let arguments = [&["--document", "document.yaml"], arguments].concat();
        self.codegen(&arguments).output().expect("the command")
    }

    /// The same with this document on standard input.
    pub(crate) fn run_with_input(&self, document: &[u8]) -> Output {
        let mut child = self
            .codegen(&["--document", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command");
        let mut pipe = child.stdin.take().expect("a pipe");
        // The command may have read enough before all is written.
        let _ = pipe.write_all(document);
        drop(pipe);
        child.wait_with_output().expect("the end of the command")
    }

    /// The files below a directory, by their path there.
    pub(crate) fn tree(&self, name: &str) -> Vec<(PathBuf, Vec<u8>)> {
        tree(&self.path(name))
    }
}

/// The files below a directory, by their path there, sorted; none where there is no directory.
pub(crate) fn tree(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(directory) = open.pop() {
        let Ok(entries) = fs::read_dir(directory) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let below = path.strip_prefix(root).expect("a path below").to_owned();
                // A link to nothing is there all the same.
                files.push((below, fs::read(path).unwrap_or_default()));
            }
        }
    }
    files.sort();
    files
}

/// The output of a command that failed.
pub(crate) fn refusal(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

pub(crate) fn assert_success(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}
