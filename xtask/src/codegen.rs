//! `cargo xtask codegen`: reads the inputs, runs the pipeline, and writes or compares the files.

use std::path::{Path, PathBuf};

use crate::config::{self, Inputs, Mode, Options};
use crate::dependencies;
use crate::finding::Findings;
use crate::input;
use crate::pipeline::{self, Sources};
use crate::write::{self, Comparison, Files, Text};

/// The generated files and how they differ from those that were there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The directory, for people.
    pub out: PathBuf,
    /// The number of generated files.
    pub files: usize,
    /// The number of bytes that they have together.
    pub bytes: usize,
    /// The difference from those that were there.
    pub comparison: Comparison,
    /// The lines of `[dependencies]` that they need, where they go to a place of their own.
    pub needed: Vec<String>,
}

/// Generates the files and writes or compares them, as the options say; `None` where a finding ends the run, which
/// has not written anything then.
#[must_use]
pub fn codegen(options: &Options) -> (Option<Tree>, Findings) {
    let mut findings = Findings::new();
    let tree = run(options, &mut findings);
    (tree, findings)
}

fn run(options: &Options, findings: &mut Findings) -> Option<Tree> {
    let inputs = config::read(options, findings)?;
    let files = generate_files(&inputs, findings)?;
    let mut tree = put(options.mode, &inputs.out, &files, &[], findings)?;
    if options.out.is_some() {
        tree.needed = dependencies::needed(files.values().map(String::as_str));
    }
    Some(tree)
}

/// Reads the inputs and generates the files from them; writes nothing.
pub fn generate_files(inputs: &Inputs, findings: &mut Findings) -> Option<Files> {
    let sources = sources(inputs, findings)?;
    pipeline::files(&sources, inputs.mode, &inputs.settings, findings)
}

/// Reads the document and the overlay; both are read before the first of them is reported as missing.
pub fn sources(inputs: &Inputs, findings: &mut Findings) -> Option<Sources> {
    let document = input::read(&inputs.document, findings);
    let overlay = match &inputs.overlay {
        Some(path) => Some(input::read(path, findings)?),
        None => None,
    };
    Some(Sources {
        document: document?,
        overlay,
    })
}

/// Writes the files to their directory, and the texts that change with them, or compares the files with
/// those that are there.
pub(crate) fn put(
    mode: Mode,
    out: &Path,
    files: &Files,
    texts: &[Text],
    findings: &mut Findings,
) -> Option<Tree> {
    let result = match mode {
        Mode::Write => write::replace(out, files, texts),
        Mode::Check | Mode::DryRun => write::compare(out, files),
    };
    let comparison = result.map_err(|finding| findings.push(finding)).ok()?;
    Some(Tree {
        out: out.to_owned(),
        files: files.len(),
        bytes: files.values().map(String::len).sum(),
        comparison,
        needed: Vec::new(),
    })
}
