//! A workspace with a document, an Overlay, a changelog and generated files, and a revision to take in.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

pub(crate) const DOCUMENT: &str = include_str!("../data/accept/document.yaml");
pub(crate) const OVERLAY: &str = include_str!("../data/accept/overlay.yaml");
pub(crate) const REVISION: &str = include_str!("../data/accept/revision.yaml");

pub(crate) const CHANGELOG: &str = "\
# Changelog

## [Unreleased]

### Added

- Something else.

## 1.0.0

The first release.

[Unreleased]: https://example.com/compare
";

const MANIFEST: &str = "\
[workspace]
members = []

[workspace.metadata.codegen]
document = \"api/document.yaml\"
overlay = \"api/overlay.yaml\"
out = \"src/generated\"
changelog = \"CHANGELOG.md\"
";

/// The files that a run may change, in the order in which it changes them.
pub(crate) const WRITTEN: [&str; 3] = ["CHANGELOG.md", "api/document.yaml", "src/generated"];

pub(crate) struct World(tempfile::TempDir);

impl World {
    /// A workspace whose generated files are fresh.
    pub(crate) fn new() -> Self {
        let world = Self(tempfile::tempdir().expect("a scratch directory"));
        for directory in ["api", "src"] {
            fs::create_dir(world.path(directory)).expect("a directory");
        }
        for (name, text) in [
            ("Cargo.toml", MANIFEST),
            ("CHANGELOG.md", CHANGELOG),
            ("api/document.yaml", DOCUMENT),
            ("api/overlay.yaml", OVERLAY),
            ("revision.yaml", REVISION),
        ] {
            world.plant(name, text);
        }
        assert_success(&world.codegen(&[]));
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn plant(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).expect("a file");
    }

    /// Replaces a part of a file, which has to be there.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{name}: {from}");
        self.plant(name, text.replacen(from, to, 1));
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a text")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(["codegen", "--workspace", "."])
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn codegen(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the command")
    }

    /// Begins to take in the revision.
    pub(crate) fn start(&self) -> Child {
        let mut command = self.command(&["--accept", "revision.yaml"]);
        command.spawn().expect("the command")
    }

    pub(crate) fn accept(&self, arguments: &[&str]) -> Output {
        self.codegen(&[&["--accept", "revision.yaml"], arguments].concat())
    }

    /// Takes in a revision from standard input.
    pub(crate) fn accept_input(&self, revision: &str) -> Output {
        let mut command = self.command(&["--accept", "-"]);
        let mut child = command.stdin(Stdio::piped()).spawn().expect("the command");
        let mut pipe = child.stdin.take().expect("a pipe");
        pipe.write_all(revision.as_bytes()).expect("it is read");
        drop(pipe);
        child.wait_with_output().expect("the end of the command")
    }

    /// Every file, by its path.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        self.below("")
    }

    /// The files at or below a path.
    pub(crate) fn below(&self, name: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut open = vec![self.path(name)];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                let entries = fs::read_dir(&path).expect("a directory");
                open.extend(entries.map(|entry| entry.expect("an entry").path()));
            } else {
                let below = path.strip_prefix(self.0.path()).expect("a path below");
                // A link to nothing is there all the same.
                files.push((below.to_owned(), fs::read(&path).unwrap_or_default()));
            }
        }
        files.sort();
        files
    }

    /// The entries beside the files that a finished run does not leave.
    pub(crate) fn hidden(&self) -> Vec<PathBuf> {
        let directories = ["", "api", "src"].map(|name| self.path(name));
        let entries = directories
            .into_iter()
            .filter_map(|it| fs::read_dir(it).ok());
        let paths = entries
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()));
        paths.filter(|path| is_hidden(path)).collect()
    }
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    // The scratch directory itself has a name that begins so.
    name.to_string_lossy().starts_with('.')
}

pub(crate) fn assert_success(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}
