//! Takes in the next revision of the document: its structure, with our sentences.
//!
//! `merge` puts our sentences into the revision by position, `original` reads what is there and writes it
//! anew in its own form, `sentences` says which sentences are missing and which have lost their place,
//! `changelog` enters what differs between the committed code and the new one, and `mentions` names the files
//! that speak of what is gone. `command` goes through these in order, and writes last: all or nothing. `watch`
//! stops before that, and says what it would come to.
//!
//! What the vendor has rewritten where we have a sentence of our own cannot be seen, because the vendor's
//! words are kept nowhere.

mod changelog;
mod command;
mod identity;
mod mentions;
pub mod merge;
mod original;
mod sentences;
mod watch;

pub use command::{Request, accept};
pub use mentions::Mention;
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
    /// New nodes for which the revision has a sentence and we have none: warnings, each with the place in the
    /// document and the one in the revision.
    pub wanted: Vec<Finding>,
    /// Sentences of ours whose node is gone, each as a warning with its old place, and the sentence itself.
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
    /// There is none: callers notice nothing.
    Nothing,
}
