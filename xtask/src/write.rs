//! Puts the generated files into their directory: all of them or none, and never over anything else.
//!
//! The new tree is built in a sibling directory on the same file system and then takes the place of
//! the old one. `steps.rs` shows why there is no instant at which a kill leaves half a tree, and
//! `leftovers.rs` clears away what a killed run leaves beside it. Files of people that change together
//! with the tree take their places just before it; see `texts.rs`.

mod comparison;
mod diff;
mod failure;
mod files;
mod leftovers;
mod lock;
mod place;
mod replace;
mod steps;
mod survey;
#[cfg(test)]
mod tests;
mod texts;

pub use comparison::{Comparison, Drift, Stale};
pub use diff::Diff;
pub use files::{Files, HEADER_MARK};
pub use replace::{Replacement, replace, replace_together};
pub use texts::Text;

use std::path::Path;

use crate::finding::Finding;

/// Says how the target directory differs from `files`, and writes nothing.
///
/// The one thing it may do is to put back the old tree where a killed run has left none.
///
/// # Errors
///
/// When the target is not a directory of generated files, or cannot be read.
pub fn compare(target: &Path, files: &Files) -> Result<Comparison, Finding> {
    files::check(files)?;
    let place = place::Place::find(target)?;
    if leftovers::needs_restoring(&place)? {
        let _lock = lock::Lock::exclusive(&place, lock::PATIENCE)?;
        leftovers::restore(&place)?;
    }
    let _lock = lock::Lock::shared(&place, lock::PATIENCE)?;
    // A file that should be there and has lost its first line is stale, not foreign: nothing is lost
    // by saying so.
    let held = survey::survey(&place, &|path| files.contains_key(path))?;
    comparison::compare(&place, &held, files, comparison::Detail::Diffs)
}
