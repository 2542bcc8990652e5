//! The contents of a directory, and whether all of it is ours.
//!
//! Ours are regular files whose first line carries the mark, and the directories that hold them.
//! Everything else is somebody's work: another file, a symbolic link, a socket.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use super::files::is_marked;
use super::unreadable;
use crate::finding::Finding;

/// The most entries that a finding names of those that are not ours.
const NAMED: usize = 3;

/// The number of bytes of a file that is enough to see its first line.
const HEAD: u64 = 1024;

/// The files of the target by their path below it, with `/`; none if it is not there. A target that is not ours is
/// refused.
///
/// Files without the mark are accepted where `unmarked` says so of their path.
pub(super) fn files(
    target: &Path,
    unmarked: &dyn Fn(&str) -> bool,
) -> Result<BTreeSet<String>, Finding> {
    let place = super::place(target)?;
    let refusal = |code, message: &str, next| {
        let message = format!("The target `{}` {message}.", target.display());
        Err(Finding::error(code, message, next))
    };
    match fs::symlink_metadata(&place) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(unreadable(target, &error)),
        Ok(metadata) if metadata.is_symlink() => {
            return refusal(
                "write/symbolic-link",
                "is a symbolic link, and a link is never replaced",
                "Name the directory that the link points to, or remove the link.",
            );
        }
        Ok(metadata) if !metadata.is_dir() => {
            let next = "Move it away, or name another target.";
            return refusal("write/not-a-directory", "is not a directory", next);
        }
        Ok(_) => {}
    }
    let (mut files, mut foreign) = (BTreeSet::new(), Vec::new());
    let mut each = |below: String, why: Option<&str>| {
        match why {
            Some(why) => foreign.push(format!("`{below}` ({why})")),
            None => drop(files.insert(below)),
        }
        foreign.len() <= NAMED
    };
    walk(&place, "", unmarked, &mut each).map_err(|error| unreadable(target, &error))?;
    if foreign.is_empty() {
        return Ok(files);
    }
    let more = if foreign.len() > NAMED {
        " and more"
    } else {
        ""
    };
    foreign.truncate(NAMED);
    refusal(
        "write/foreign",
        &format!(
            "holds what codegen did not generate: {}{more}",
            foreign.join(", ")
        ),
        "Move it out of the target, or name another target: codegen replaces the whole directory.",
    )
}

/// Hands each entry that is no directory to `each`, in the order of names and without following links, with why it
/// is not ours if it is not; until `each` has enough.
fn walk(
    directory: &Path,
    prefix: &str,
    unmarked: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(String, Option<&str>) -> bool,
) -> io::Result<bool> {
    let entries = fs::read_dir(directory)?.map(|entry| Ok(entry?.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let below = format!("{prefix}{name}");
        let metadata = fs::symlink_metadata(&path)?;
        let goes_on = if metadata.is_dir() {
            walk(&path, &format!("{below}/"), unmarked, each)?
        } else {
            let why = objection(&path, &metadata, unmarked(&below))?;
            each(below, why)
        };
        if !goes_on {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Why an entry that is no directory is not ours; `None` if it is.
fn objection(path: &Path, metadata: &Metadata, unmarked: bool) -> io::Result<Option<&'static str>> {
    if metadata.is_symlink() {
        return Ok(Some("a symbolic link"));
    }
    // A pipe must not be opened: that would wait for somebody to write into it.
    if !metadata.is_file() {
        return Ok(Some("not a regular file"));
    }
    if path.to_str().is_none() {
        return Ok(Some("a name that is not UTF-8"));
    }
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok((!unmarked && !is_marked(&head)).then_some("no `@generated` in its first line"))
}
