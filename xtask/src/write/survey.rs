//! What a directory holds, and whether all of it is ours.
//!
//! Ours are regular files whose first line carries the mark, and the directories that hold them.
//! Everything else is somebody's work: another file, a symbolic link, a socket.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::failure;
use super::files::{HEAD_LENGTH, is_marked};
use super::place::Place;
use crate::finding::Finding;

/// How many foreign entries are looked for before the search ends; the message names all but the last.
const ENOUGH: usize = 4;

/// What a directory of generated files holds.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// The files, by their path below the directory, with `/`.
    pub(super) files: BTreeSet<String>,
    /// A directory that may not be written, if there is one.
    pub(super) read_only: Option<PathBuf>,
    /// Entries that are not ours, with the reason.
    foreign: Vec<String>,
}

/// Looks at the target, which holds nothing if it does not exist, and refuses it if it is not ours.
///
/// Files without the mark are accepted where `unmarked` says so of their path.
pub(super) fn survey(place: &Place, unmarked: &dyn Fn(&str) -> bool) -> Result<Held, Finding> {
    if !place.exists() {
        return Ok(Held::default());
    }
    let accept = |path: &str, head: &[u8]| is_marked(head) || unmarked(path);
    let held = walk(&place.path, &accept)
        .map_err(|(path, error)| failure::reading(&place.show(&path), &error))?;
    if held.foreign.is_empty() {
        Ok(held)
    } else {
        Err(refusal(&place.shown, &held.foreign))
    }
}

/// Whether all that the directory at `root` holds passes for ours by `accept`, which sees the path
/// below `root` and the beginning of each file.
pub(super) fn is_ours(root: &Path, accept: &dyn Fn(&str, &[u8]) -> bool) -> io::Result<bool> {
    match walk(root, accept) {
        Ok(held) => Ok(held.foreign.is_empty()),
        Err((_, error)) => Err(error),
    }
}

fn refusal(target: &Path, foreign: &[String]) -> Finding {
    let named: Vec<&str> = foreign
        .iter()
        .take(ENOUGH - 1)
        .map(String::as_str)
        .collect();
    let more = if foreign.len() < ENOUGH {
        ""
    } else {
        " and more"
    };
    Finding::error(
        "write/foreign",
        format!(
            "The target `{}` holds what codegen did not generate: {}{more}.",
            target.display(),
            named.join(", ")
        ),
        "Move it out of the target, or name another target: codegen replaces the whole directory.",
    )
}

/// Walks the tree in the order of names, without following links, until there is enough to refuse it.
fn walk(root: &Path, accept: &dyn Fn(&str, &[u8]) -> bool) -> Result<Held, (PathBuf, io::Error)> {
    let mut held = Held::default();
    // Directories still to be read, each with its path below the root, as a prefix.
    let mut open = vec![(root.to_owned(), String::new())];
    while let Some((directory, prefix)) = open.pop() {
        let at = |error| (directory.clone(), error);
        if held.read_only.is_none() && is_read_only(&fs::symlink_metadata(&directory).map_err(at)?)
        {
            held.read_only = Some(directory.clone());
        }
        for path in children(&directory).map_err(at)? {
            let name = path.file_name().unwrap_or_default();
            let below = format!("{prefix}{}", name.to_string_lossy());
            let metadata = fs::symlink_metadata(&path).map_err(|error| (path.clone(), error))?;
            if metadata.is_dir() {
                open.push((path, format!("{below}/")));
                continue;
            }
            match objection(&path, &below, &metadata, accept).map_err(|error| (path, error))? {
                None => drop(held.files.insert(below)),
                Some(objection) => held.foreign.push(format!("`{below}` ({objection})")),
            }
            if held.foreign.len() >= ENOUGH {
                return Ok(held);
            }
        }
    }
    Ok(held)
}

/// The entries of a directory, in the order of their names.
fn children(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut children = fs::read_dir(directory)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    children.sort();
    Ok(children)
}

/// Why an entry that is no directory is not ours; `None` if it is.
fn objection(
    path: &Path,
    below: &str,
    metadata: &Metadata,
    accept: &dyn Fn(&str, &[u8]) -> bool,
) -> io::Result<Option<&'static str>> {
    if metadata.is_symlink() {
        return Ok(Some("a symbolic link"));
    }
    // A pipe must not be opened: that would wait for somebody to write into it.
    if !metadata.is_file() {
        return Ok(Some("not a regular file"));
    }
    if path.file_name().and_then(|name| name.to_str()).is_none() {
        return Ok(Some("a name that is not UTF-8"));
    }
    let mut head = Vec::new();
    File::open(path)?
        .take(HEAD_LENGTH.into())
        .read_to_end(&mut head)?;
    Ok((!accept(below, &head)).then_some("no `@generated` in its first line"))
}

/// Whether nobody may write into this directory, by its mode.
///
/// The superuser may all the same; a mode without any write bit is taken as a wish.
fn is_read_only(metadata: &Metadata) -> bool {
    // On Windows the attribute means something else for a directory.
    cfg!(unix) && metadata.permissions().readonly()
}
