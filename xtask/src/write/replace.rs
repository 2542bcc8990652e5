//! Replaces the target by a new tree: all of it, or nothing.

use std::io;
use std::path::{Path, PathBuf};

use super::comparison::{self, Comparison, Detail};
use super::files::{self, Files};
use super::leftovers::{self, Role, SUFFIX_LENGTH};
use super::lock::{Lock, PATIENCE};
use super::place::Place;
use super::steps::{self, Step, Swap};
use super::{failure, survey};
use crate::finding::{Finding, Severity};

/// What became of a target directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// How the old tree differed from the new one; if it did not, nothing was written.
    pub comparison: Comparison,
    /// A warning, if the new tree is in place but the old one could not be cleared away.
    pub warning: Option<Finding>,
}

/// Makes the target hold exactly `files`, or leaves it as it was.
///
/// A target that holds exactly `files` already is not touched.
///
/// # Errors
///
/// When the target holds anything that is not generated, or cannot be written; the old files are then
/// still in their place.
pub fn replace(target: &Path, files: &Files) -> Result<Replacement, Finding> {
    replace_by(target, files, Swap::Exchange, &mut steps::perform)
}

/// [`replace`], with the swap to try first, and with what performs the steps as a parameter, so that
/// tests can let any of them fail.
pub(super) fn replace_by(
    target: &Path,
    files: &Files,
    swap: Swap,
    perform: &mut dyn FnMut(&Step<'_>) -> io::Result<()>,
) -> Result<Replacement, Finding> {
    files::check(files)?;
    let place = Place::find(target)?;
    let _lock = Lock::exclusive(&place, PATIENCE)?;
    leftovers::recover(&place)?;
    let held = survey::survey(&place, &|_| false)?;
    let comparison = comparison::compare(&place, &held, files, Detail::Names)?;
    let mut warning = None;
    if !comparison.is_fresh() {
        if let Some(directory) = &held.read_only {
            return Err(failure::read_only(
                place.show(directory).display(),
                "its mode forbids it",
            ));
        }
        warning = put(&place, files, swap, perform).map_err(|error| undo(&place, error))?;
    }
    Ok(Replacement {
        comparison,
        warning,
    })
}

/// Builds the new tree and swaps it in; all that can still fail after that is a warning.
fn put(
    place: &Place,
    files: &Files,
    swap: Swap,
    perform: &mut dyn FnMut(&Step<'_>) -> io::Result<()>,
) -> Result<Option<Finding>, Finding> {
    let failed = |error| failure::writing(&place.shown, &error);
    let (staging, old) = reserve(place).map_err(failed)?;
    run(&steps::build(&staging, files), perform).map_err(failed)?;
    let mut swap = if place.exists() { swap } else { Swap::First };
    let mut result = run(&steps::swap(place, &staging, &old, swap), perform);
    if swap == Swap::Exchange && result.as_ref().is_err_and(is_unsupported) {
        swap = Swap::TwoRenames;
        result = run(&steps::swap(place, &staging, &old, swap), perform);
    }
    result.map_err(failed)?;
    let settled = run(&steps::settle(place, &staging, &old, swap), perform)
        .map_err(|error| failure::settling(&place.shown, &error));
    // Both are tried, and the first failure is told: the next run meets the second one.
    let cleared = leftovers::recover(place).map_err(|mut finding| {
        finding.severity = Severity::Warning;
        finding
    });
    Ok(settled.and(cleared).err())
}

fn is_unsupported(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}

/// Puts the old tree back and removes the new one, whatever has failed.
///
/// Of two failures the reader needs the first one, unless the old tree is out of its place; a leftover
/// is left to the next run.
fn undo(place: &Place, failure: Finding) -> Finding {
    match leftovers::recover(place) {
        Err(worse) if worse.code == leftovers::NOT_RESTORED => worse,
        _ => failure,
    }
}

fn run(steps: &[Step<'_>], perform: &mut dyn FnMut(&Step<'_>) -> io::Result<()>) -> io::Result<()> {
    steps.iter().try_for_each(perform)
}

/// Makes an empty directory for the new tree, and finds the name for the old one.
///
/// The directory is no temporary one in the end, so it has the ordinary mode and is never removed by
/// itself.
pub(super) fn reserve(place: &Place) -> io::Result<(PathBuf, PathBuf)> {
    let prefix = Role::New.prefix(place);
    let staging = tempfile::Builder::new()
        .prefix(&prefix)
        .rand_bytes(SUFFIX_LENGTH)
        .disable_cleanup(true)
        .tempdir_in(&place.parent)?
        .keep();
    let name = staging.file_name().unwrap_or_default().as_encoded_bytes();
    let suffix = name
        .strip_prefix(prefix.as_encoded_bytes())
        .unwrap_or_default();
    let mut old = Role::Old.prefix(place);
    old.push(String::from_utf8_lossy(suffix).as_ref());
    Ok((staging.clone(), place.sibling(old)))
}
