//! The outcome of a run of codegen.

use std::path::{Path, PathBuf};

use crate::write::{Comparison, Files};

/// The outcome of a run of codegen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The files were written.
    Wrote(Tree),
    /// The files that are there are the ones that codegen generates; nothing was written.
    Fresh(Tree),
    /// The files that are there are not the ones that codegen generates, and a check was asked for.
    Stale {
        /// The difference.
        tree: Tree,
        /// The command that writes the files.
        command: String,
    },
    /// This is what would be written.
    DryRun(Tree),
    /// There are findings that end the run; nothing was written.
    Failed,
}

impl Outcome {
    /// The exit code of the command.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Wrote(_) | Self::Fresh(_) | Self::DryRun(_) => 0,
            Self::Failed => 1,
            Self::Stale { .. } => 4,
        }
    }
}

/// The generated files and how they differ from those that were there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The directory, for people.
    pub out: PathBuf,
    /// The number of files that were generated.
    pub files: usize,
    /// The number of bytes that they have together.
    pub bytes: usize,
    /// The differences from those that were there.
    pub comparison: Comparison,
    /// The lines of `[dependencies]` that they need, where they go to a place of their own.
    pub needed: Vec<String>,
}

impl Tree {
    /// The summary of generated files for a directory.
    #[must_use]
    pub fn new(out: &Path, files: &Files, comparison: Comparison) -> Self {
        Self {
            out: out.to_owned(),
            files: files.len(),
            bytes: files.values().map(String::len).sum(),
            comparison,
            needed: Vec::new(),
        }
    }
}
