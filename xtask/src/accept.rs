//! Takes in the next revision of the document: its structure, with our sentences.
//!
//! `merge` puts our sentences into the revision by position, `original` reads what is there and writes it
//! anew in its own form, `sentences` says which sentences are missing and which have lost their place,
//! `changelog` enters what the comparison of both documents found. `command` goes through these in order,
//! and writes last: all or nothing.
//!
//! What the vendor has rewritten where we have a sentence of our own cannot be seen, because the vendor's
//! words are kept nowhere.

mod changelog;
mod command;
mod identity;
mod merge;
mod original;
mod position;
mod sentences;

pub use command::{Request, accept};

use std::path::PathBuf;

use crate::cli::Tree;
use crate::diff::Diff;
use crate::finding::Finding;

/// A revision that has been taken in, or would be.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// Whether nothing was written, because nobody asked for it.
    pub dry_run: bool,
    /// The revision, for people.
    pub revision: String,
    /// The document.
    pub document: PathBuf,
    /// What changes in the generated API; `None` where the document is the same, byte by byte.
    pub diff: Option<Diff>,
    /// Nodes for which the revision has a sentence and we have none: warnings, each with the place in the
    /// document and the one in the revision.
    pub wanted: Vec<Finding>,
    /// Sentences of ours whose node is gone, each as a warning with its old place, and the sentence itself.
    pub dropped: Vec<(Finding, String)>,
    /// The changelog, if the manifest names one.
    pub changelog: Option<(PathBuf, Entry)>,
    /// The generated files.
    pub tree: Tree,
}

impl Accepted {
    /// Whether the documents, the changelog and the generated files were already what they are to be.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        let entered = matches!(self.changelog, Some((_, Entry::Written)));
        self.diff.is_none() && !entered && self.tree.comparison.is_fresh()
    }
}

/// What becomes of the entry in the changelog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It is written.
    Written,
    /// It was there already.
    Already,
    /// There is none: callers notice nothing.
    Nothing,
}
