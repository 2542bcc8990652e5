//! Replaces the target by a new tree, and texts that go with it: all of it, or nothing.

use std::io;
use std::path::{Path, PathBuf};

use super::comparison::{self, Comparison, Detail};
use super::files::{self, Files};
use super::leftovers::{self, Role, SUFFIX_LENGTH};
use super::lock::{Lock, PATIENCE};
use super::place::Place;
use super::steps::{self, Step, Swap};
use super::texts::{self, Placed, Text};
use super::{failure, survey};
use crate::finding::{Finding, Severity};

/// What performs a step.
type Perform<'a> = dyn FnMut(&Step<'_>) -> io::Result<()> + 'a;

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
    replace_together(target, files, &[])
}

/// [`replace`], and the texts that change with it: all are written before the first takes its place, and
/// they take them in their order, before the tree.
///
/// # Errors
///
/// As for [`replace`], and when one of the texts is a link, may not be written, or is not any more what it
/// was. Where some texts are in their places already, the finding says so; the next run goes on from there.
pub fn replace_together(
    target: &Path,
    files: &Files,
    texts: &[Text],
) -> Result<Replacement, Finding> {
    replace_by(target, files, texts, Swap::Exchange, &mut steps::perform)
}

/// [`replace_together`], with the swap to try first, and with what performs the steps as a parameter, so
/// that tests can let any of them fail.
pub(super) fn replace_by(
    target: &Path,
    files: &Files,
    texts: &[Text],
    swap: Swap,
    perform: &mut Perform<'_>,
) -> Result<Replacement, Finding> {
    files::check(files)?;
    let place = Place::find(target)?;
    let texts: Vec<Placed<'_>> = texts.iter().map(Placed::find).collect::<Result<_, _>>()?;
    let _lock = Lock::exclusive(&place, PATIENCE)?;
    leftovers::recover(&place)?;
    texts.iter().try_for_each(Placed::clear)?;
    texts.iter().try_for_each(Placed::check_unchanged)?;
    let held = survey::survey(&place, &|_| false)?;
    let comparison = comparison::compare(&place, &held, files, Detail::Names)?;
    let is_fresh = comparison.is_fresh();
    if !is_fresh && let Some(directory) = &held.read_only {
        return Err(failure::read_only(
            place.show(directory).display(),
            "its mode forbids it",
        ));
    }
    let mut written = Vec::new();
    let files = (!is_fresh).then_some(files);
    let warning = put(&place, files, &texts, swap, perform, &mut written).map_err(|error| {
        // What lies beside the texts is cleared by the next run where it cannot be cleared now.
        let _ = texts.iter().try_for_each(Placed::clear);
        texts::partly(undo(&place, error), &written)
    })?;
    Ok(Replacement {
        comparison,
        warning,
    })
}

/// Writes the texts and builds the new tree, then puts all in place; all that can still fail after that
/// is a warning.
fn put<'a>(
    place: &Place,
    files: Option<&Files>,
    texts: &'a [Placed<'_>],
    swap: Swap,
    perform: &mut Perform<'_>,
    written: &mut Vec<&'a Path>,
) -> Result<Option<Finding>, Finding> {
    let mut staged = Vec::new();
    for text in texts {
        let failed = |error| failure::writing(&text.place.shown, &error);
        let beside = text.stage().map_err(failed)?;
        perform(&beside.fill()).map_err(failed)?;
        staged.push(beside);
    }
    let failed = |error| failure::writing(&place.shown, &error);
    let mut tree = None;
    if let Some(files) = files {
        let (staging, old) = reserve(place).map_err(failed)?;
        run(&steps::build(&staging, files), perform).map_err(failed)?;
        tree = Some((staging, old));
    }
    for text in &staged {
        let shown = &text.placed.place.shown;
        let [rename, sync] = text.put();
        perform(&rename).map_err(|error| failure::writing(shown, &error))?;
        perform(&sync).map_err(|error| failure::forcing(shown, &error))?;
        written.push(shown);
    }
    match tree {
        Some((staging, old)) => put_tree(place, &staging, &old, swap, perform),
        None => Ok(None),
    }
}

/// Swaps the new tree in, and clears the old one away.
fn put_tree(
    place: &Place,
    staging: &Path,
    old: &Path,
    swap: Swap,
    perform: &mut Perform<'_>,
) -> Result<Option<Finding>, Finding> {
    let failed = |error| failure::writing(&place.shown, &error);
    let mut swap = if place.exists() { swap } else { Swap::First };
    let mut result = run(&steps::swap(place, staging, old, swap), perform);
    if swap == Swap::Exchange && result.as_ref().is_err_and(is_unsupported) {
        swap = Swap::TwoRenames;
        result = run(&steps::swap(place, staging, old, swap), perform);
    }
    result.map_err(failed)?;
    let settled = run(&steps::settle(place, staging, old, swap), perform)
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

fn run(steps: &[Step<'_>], perform: &mut Perform<'_>) -> io::Result<()> {
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
