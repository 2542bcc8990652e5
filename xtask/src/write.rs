//! Puts the generated files into their directory: all of them or none, and never over anything else.
//!
//! The new tree is built in a directory beside the target, and the two trade names in one step. Whatever
//! a kill leaves is that directory, and the next run removes it. Files of people that change together with
//! the tree are written beside their places too, and take them one after the other just before it.
//!
//! Files in git need no more than that: nothing is forced to the disk.

mod comparison;
mod diff;
mod files;
mod held;
mod swap;
mod text;

pub use comparison::{Comparison, Stale};
pub use diff::Diff;
pub use files::{Files, HEADER_MARK};
pub use text::Text;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::finding::Finding;
use swap::{Beside, Lock};

/// Says how the target directory differs from `files`, and writes nothing.
///
/// # Errors
///
/// When the target is not a directory of generated files, or cannot be read.
pub fn compare(target: &Path, files: &Files) -> Result<Comparison, Finding> {
    files::check(files)?;
    let _lock = Lock::shared(target);
    // A file that should be there and has lost its first line is stale, not foreign: nothing is lost
    // by saying so.
    let held = held::files(target, &|path| files.contains_key(path))?;
    comparison::compare(target, &held, files, true)
}

/// Reads what the target holds; nothing if it is not there.
///
/// # Errors
///
/// When the target holds anything that is not generated, or cannot be read.
pub fn read(target: &Path) -> Result<Files, Finding> {
    let held = held::files(target, &|_| false)?.into_iter();
    let read = |path: String| {
        let file = target.join(&path);
        let text = fs::read_to_string(&file).map_err(|error| unreadable(&file, &error))?;
        Ok((path, text))
    };
    held.map(read).collect()
}

/// Makes the target hold exactly `files`, or leaves it as it was, and says how it differed.
///
/// `texts` are written before, in their order. A target that holds exactly `files` already is not touched.
///
/// # Errors
///
/// When the target holds anything that is not generated, when one of the texts is not any more what it was, or
/// when something cannot be written: the target is then as it was.
pub fn replace(target: &Path, files: &Files, texts: &[Text]) -> Result<Comparison, Finding> {
    files::check(files)?;
    let place = place(target)?;
    if let (Err(error), Some(parent)) = (fs::symlink_metadata(&place), place.parent())
        && error.kind() == ErrorKind::NotFound
    {
        fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
    }
    let _lock = Lock::exclusive(target);
    let held = held::files(target, &|_| false)?;
    let comparison = comparison::compare(target, &held, files, false)?;
    let staged = texts
        .iter()
        .map(Text::stage)
        .collect::<Result<Vec<_>, _>>()?;
    if comparison.is_fresh() {
        Beside::new(&place).map_err(|error| failed(target, &error))?;
        staged.into_iter().try_for_each(text::Staged::put)?;
        return Ok(comparison);
    }
    // The superuser may write all the same; a mode without any write bit is taken as a wish.
    if cfg!(unix) && fs::metadata(&place).is_ok_and(|it| it.permissions().readonly()) {
        return Err(failed(target, &ErrorKind::PermissionDenied.into()));
    }
    let tree = Beside::new(&place).map_err(|error| failed(target, &error))?;
    files::write(tree.path(), files).map_err(|error| failed(target, &error))?;
    staged.into_iter().try_for_each(text::Staged::put)?;
    tree.swap(&place).map_err(|error| failed(target, &error))?;
    Ok(comparison)
}

/// The target itself, without what leads around: the slash that may end a path would lead through a link.
fn place(target: &Path) -> Result<PathBuf, Finding> {
    let absolute = std::path::absolute(target).ok();
    let place = absolute.and_then(|path| Some(path.parent()?.join(path.file_name()?)));
    place.ok_or_else(|| {
        Finding::error(
            "write/no-name",
            format!(
                "`{}` does not name anything that could be written.",
                target.display()
            ),
            "Name it by itself, without `..` at the end.",
        )
    })
}

/// The finding for what cannot be read.
fn unreadable(path: &Path, error: &io::Error) -> Finding {
    let next = match error.kind() {
        ErrorKind::NotADirectory => "Name a target inside a directory.",
        _ => "Make it readable, or name another target.",
    };
    let message = format!("`{}` cannot be read: {error}.", path.display());
    Finding::error("write/unreadable", message, next)
}

/// The finding for what cannot be written; the generated files are then as they were.
fn failed(path: &Path, error: &io::Error) -> Finding {
    let (code, next) = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => (
            "write/no-space",
            "Free some space and run the same command again.",
        ),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => (
            "write/read-only",
            "Allow writing there, or name another target.",
        ),
        _ => (
            "write/failed",
            "Remove the cause and run the same command again.",
        ),
    };
    let message = format!(
        "`{}` cannot be written: {error}. The generated files are as they were.",
        path.display()
    );
    Finding::error(code, message, next)
}
