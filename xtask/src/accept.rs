//! Takes in the next revision of the document: its structure, with our descriptions.
//!
//! `merge` puts our descriptions into the revision by position, `original` reads the document and writes it anew in its
//! own form, `descriptions` reports descriptions that are missing or have lost their place, `changelog` enters the
//! difference between the committed code and the new code, and `mentions` finds the files that speak of what is gone.
//! `command` runs these in order and writes last, all or nothing; `watch` stops before that and reports the outcome.
//!
//! Where the vendor has rewritten a text for which we have a description of our own, that goes unnoticed, since the
//! vendor's words are kept nowhere.

mod changelog;
mod command;
mod descriptions;
mod identity;
mod mentions;
pub mod merge;
mod original;
mod to_do;
mod watch;

pub use command::{Request, accept};
pub use mentions::Mention;
pub use to_do::to_do;
pub use watch::{News, watch};

use std::path::PathBuf;

use crate::codegen::Tree;
use crate::diff::Diff;
use crate::finding::Finding;

/// A revision that has been taken in, or would be.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// `true` if nothing was written, because nobody asked for it.
    pub dry_run: bool,
    /// The revision, for people.
    pub revision: String,
    /// The document.
    pub document: PathBuf,
    /// `true` if the document is another one, be it by a byte.
    pub document_changes: bool,
    /// The differences between the code that was there and the new one.
    pub diff: Diff,
    /// New nodes for which the revision has a description and we have none: warnings, each with the place in the
    /// document and the one in the revision.
    pub wanted: Vec<Finding>,
    /// Descriptions of ours whose node is gone, each as a warning with its old place, and the description itself.
    pub dropped: Vec<(Finding, String)>,
    /// Files of the workspace that speak of what is gone, and snapshots of what has changed.
    pub mentions: Vec<Mention>,
    /// The changelog, if the manifest names one.
    pub changelog: Option<(PathBuf, Entry)>,
    /// The generated files.
    pub tree: Tree,
}

impl Accepted {
    /// Returns whether the documents, the changelog and the generated files were already what they are to be.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        let entered = matches!(self.changelog, Some((_, Entry::Written)));
        !self.document_changes && !entered && self.tree.comparison.is_fresh()
    }
}

/// The outcome for the entry in the changelog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It is written.
    Written,
    /// It was there already.
    Already,
    /// There is none, because callers notice nothing.
    None,
}
