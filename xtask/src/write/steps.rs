//! Replacing a tree, as a list of steps that can be stopped after any of them.
//!
//! First the new tree is built beside the target, file by file, each one forced to the disk. A kill up
//! to here leaves the old tree in its place and a leftover. Then the trees are swapped, in one of three
//! ways:
//!
//! - **There is no old tree.** The new one is renamed into place. Renaming is one step for the file
//!   system: before it there is no target, after it the whole new tree.
//! - **Exchange** (Linux and macOS, on nearly every file system). The two directories trade names in
//!   one step: before it the target is the whole old tree, after it the whole new one. Then the old
//!   tree, which now has the name of a leftover, is removed.
//! - **Two renames** (everywhere else). The old tree moves to a name that says that it is a complete
//!   old tree, the new one moves in. Killed in between, there is no target, and the next run, also one
//!   that only checks, puts the old tree back. At the end the old tree takes the name of a leftover
//!   *before* its removal begins, so that a tree under an "old" name is always complete.
//!
//! A leftover is never needed again, so a kill while it is removed does no harm either.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::files::Files;
use super::place::Place;
use super::texts;

/// How a new tree takes the place of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Swap {
    /// There is no old tree.
    First,
    /// Both trade names in one step.
    Exchange,
    /// The old one moves out, the new one moves in.
    TwoRenames,
}

/// One step, which either happens or does not as far as the target is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// Makes a directory of the new tree.
    MakeDirectory(PathBuf),
    /// Writes a file of the new tree and forces it to the disk.
    WriteFile(PathBuf, &'a str),
    /// Writes an empty file that is to replace another one, and forces it to the disk.
    FillFile(PathBuf, &'a str),
    /// Forces the entries of a directory to the disk.
    Sync(PathBuf),
    /// Lets a directory take a free name, or a file the name of another one.
    Rename(PathBuf, PathBuf),
    /// Lets two directories trade names.
    Exchange(PathBuf, PathBuf),
}

/// The steps that build the new tree in the empty directory `staging`.
pub(super) fn build<'a>(staging: &Path, files: &'a Files) -> Vec<Step<'a>> {
    // In the order of their names, a directory comes before those inside it.
    let directories: BTreeSet<PathBuf> = files
        .keys()
        .flat_map(|path| Path::new(path).ancestors().skip(1))
        .filter(|path| !path.as_os_str().is_empty())
        .map(|path| staging.join(path))
        .collect();
    let make = directories.iter().cloned().map(Step::MakeDirectory);
    let write = files
        .iter()
        .map(|(path, text)| Step::WriteFile(staging.join(path), text));
    let sync = directories.iter().cloned().map(Step::Sync);
    make.chain(write)
        .chain(sync)
        .chain([Step::Sync(staging.to_owned())])
        .collect()
}

/// The steps that put the tree at `staging` into its place; with the last one it is there.
pub(super) fn swap<'a>(place: &Place, staging: &Path, old: &Path, swap: Swap) -> Vec<Step<'a>> {
    let (target, staging) = (place.path.clone(), staging.to_owned());
    match swap {
        Swap::First => vec![Step::Rename(staging, target)],
        Swap::Exchange => vec![Step::Exchange(staging, target)],
        Swap::TwoRenames => vec![
            Step::Rename(target.clone(), old.to_owned()),
            Step::Rename(staging, target),
        ],
    }
}

/// The steps after the swap, which give the old tree, if there is one, the name `staging`.
pub(super) fn settle<'a>(place: &Place, staging: &Path, old: &Path, swap: Swap) -> Vec<Step<'a>> {
    let mut steps = vec![Step::Sync(place.parent.clone())];
    if swap == Swap::TwoRenames {
        steps.push(Step::Rename(old.to_owned(), staging.to_owned()));
    }
    steps
}

/// Does what a step says.
pub(super) fn perform(step: &Step<'_>) -> io::Result<()> {
    match step {
        Step::MakeDirectory(path) => fs::create_dir(path),
        Step::WriteFile(path, text) => {
            let mut file = File::create_new(path)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        }
        Step::FillFile(path, text) => texts::fill(path, text),
        Step::Sync(path) => sync_directory(path),
        Step::Rename(from, to) => fs::rename(from, to),
        Step::Exchange(one, other) => exchange(one, other),
    }
}

#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    match File::open(path)?.sync_all() {
        // Some network file systems cannot do it, and need not.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        result => result,
    }
}

/// Elsewhere a directory cannot be forced to the disk, and after a crash of the machine, unlike after
/// a kill, the file system decides which of its steps have happened.
#[cfg(not(unix))]
fn sync_directory(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|error| match error {
        // What an old kernel or a file system that cannot do it answers.
        Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => ErrorKind::Unsupported.into(),
        error => error.into(),
    })
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}
