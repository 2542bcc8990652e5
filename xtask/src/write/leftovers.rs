//! What a killed run leaves beside the target, and how the next one clears it away.
//!
//! For a target `generated` these are directories named
//! - `.generated.new-XXXXXXXX`: a new tree that is not finished, or an old one that is not needed;
//! - `.generated.old-XXXXXXXX`: the old tree, complete, while it is out of its place.
//!
//! For a file `document` that changes along with it, `.document.new-XXXXXXXX` is a file: its next text,
//! not yet in its place.
//!
//! If there is an old tree and no target, the run was killed between two renames: the old tree goes
//! back. Whatever remains is removed, if it holds only files of ours.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::failure;
use super::files::is_marked_or_cut_short;
use super::place::Place;
use super::survey::is_ours;
use crate::finding::Finding;

/// The code of the finding for an old tree that is complete but not in its place.
pub(super) const NOT_RESTORED: &str = "write/not-restored";

/// How many random characters end the name of a leftover.
pub(super) const SUFFIX_LENGTH: usize = 8;

/// What a directory beside the target holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A tree in the making, or one to be removed.
    New,
    /// The old tree while it is out of its place.
    Old,
}

impl Role {
    /// The beginning of the name of such a directory.
    pub(super) fn prefix(self, place: &Place) -> OsString {
        let mut name = OsString::from(".");
        name.push(&place.name);
        name.push(match self {
            Self::New => ".new-",
            Self::Old => ".old-",
        });
        name
    }
}

/// Whether a killed run has left an old tree and no target.
pub(super) fn needs_restoring(place: &Place) -> Result<bool, Finding> {
    Ok(!place.exists() && !find(place, Role::Old)?.is_empty())
}

/// Puts the old tree back into its place, if a killed run has left it outside.
pub(super) fn restore(place: &Place) -> Result<(), Finding> {
    if place.exists() {
        return Ok(());
    }
    // There is at most one: a run that finds one restores it before it makes another.
    match find(place, Role::Old)?.first() {
        Some(old) => fs::rename(old, &place.path).map_err(|error| {
            let old = place.show(old);
            let (old, target) = (old.display(), place.shown.display());
            Finding::error(
                NOT_RESTORED,
                format!(
                    "The old files of `{target}` cannot be put back: {error}. They are in `{old}`."
                ),
                format!("Rename `{old}` to `{target}`, then run codegen again."),
            )
        }),
        None => Ok(()),
    }
}

/// Puts the old tree back if need be, and removes all other leftovers.
pub(super) fn recover(place: &Place) -> Result<(), Finding> {
    restore(place)?;
    for role in [Role::Old, Role::New] {
        for path in find(place, role)? {
            remove(place, &path)?;
        }
    }
    Ok(())
}

/// Removes a directory that is not needed, unless somebody has put something into it.
fn remove(place: &Place, path: &Path) -> Result<(), Finding> {
    let left = |why: &dyn std::fmt::Display| {
        Finding::error(
            "write/leftover",
            format!(
                "`{}`, left by a run of codegen, cannot be removed: {why}.",
                place.show(path).display()
            ),
            "Look into it, move away what you need, and remove it.",
        )
    };
    let ours = is_ours(path, &|_, head| is_marked_or_cut_short(head));
    if !ours.map_err(|error| left(&error))? {
        return Err(left(&"it holds what codegen did not generate"));
    }
    fs::remove_dir_all(path).map_err(|error| left(&error))
}

/// The directories beside the target that have this role, by their names.
fn find(place: &Place, role: Role) -> Result<Vec<PathBuf>, Finding> {
    entries(place, role, fs::FileType::is_dir)
}

/// The files that killed runs have left beside a file.
pub(super) fn files(place: &Place) -> Result<Vec<PathBuf>, Finding> {
    entries(place, Role::New, fs::FileType::is_file)
}

/// What lies beside the target, has this role and is of this kind, by its names.
fn entries(
    place: &Place,
    role: Role,
    is_kind: fn(&fs::FileType) -> bool,
) -> Result<Vec<PathBuf>, Finding> {
    let prefix = role.prefix(place);
    let found = fs::read_dir(&place.parent).and_then(|entries| {
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry?;
            if has_random_suffix(&entry.file_name(), &prefix) && is(&entry, is_kind)? {
                found.push(entry.path());
            }
        }
        found.sort();
        Ok(found)
    });
    found.map_err(|error| failure::reading(&place.show(&place.parent), &error))
}

/// Whether an entry is of this kind; one that went away meanwhile is not.
fn is(entry: &fs::DirEntry, is_kind: fn(&fs::FileType) -> bool) -> io::Result<bool> {
    match entry.file_type() {
        Ok(kind) => Ok(is_kind(&kind)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn has_random_suffix(name: &std::ffi::OsStr, prefix: &std::ffi::OsStr) -> bool {
    let suffix = name
        .as_encoded_bytes()
        .strip_prefix(prefix.as_encoded_bytes());
    suffix.is_some_and(|suffix| {
        suffix.len() == SUFFIX_LENGTH && suffix.iter().all(u8::is_ascii_alphanumeric)
    })
}
