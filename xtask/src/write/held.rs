//! Reads a directory, and refuses one that holds anything that was not generated.
//!
//! Generated are regular files whose first line carries the mark, and the directories that hold them. Anything else is
//! somebody's work: another file, a symbolic link, a socket.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use super::unreadable;
use crate::finding::Finding;

/// The most entries that a finding names of those that were not generated.
const NAMED: usize = 3;

/// The number of bytes of a file that is enough to see its first line.
const HEAD: u64 = 1024;

/// The part of the header that counts, whatever the comment syntax of the file is.
const MARK: &[u8] = b"@generated";

/// Returns the files of the target by their paths below it, with `/`; none if it does not exist. A target that was not
/// generated is refused.
///
/// Files without the mark are accepted where `unmarked` says so of their path.
pub(super) fn files(
    target: &Path,
    place: &Path,
    unmarked: &dyn Fn(&str) -> bool,
) -> Result<BTreeMap<String, Vec<u8>>, Finding> {
    let refusal = |code, message: &str, next| {
        let message = format!("The target `{}` {message}.", target.display());
        Err(Finding::error(code, message, next))
    };
    let mut held = Held {
        files: BTreeMap::new(),
        others: Vec::new(),
        unmarked,
    };
    match fs::symlink_metadata(place) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(held.files),
        Ok(metadata) if !metadata.is_dir() => {
            return refusal(
                "write/not-a-directory",
                "is not a directory; a link to one is never replaced",
                "Move it away, or name another target.",
            );
        }
        result => result
            .and_then(|_| held.walk(place, ""))
            .map_err(|error| unreadable(target, &error))?,
    }
    if held.others.is_empty() {
        return Ok(held.files);
    }
    let more = if held.others.len() > NAMED {
        " and more"
    } else {
        ""
    };
    held.others.truncate(NAMED);
    let others = held.others.join(", ");
    refusal(
        "write/not-generated",
        &format!("holds what codegen did not generate: {others}{more}"),
        "Move it out of the target, or name another target: codegen replaces the whole directory.",
    )
}

struct Held<'a> {
    files: BTreeMap<String, Vec<u8>>,
    /// Entries that were not generated, each with the reason, as far as a finding names it.
    others: Vec<String>,
    unmarked: &'a dyn Fn(&str) -> bool,
}

impl Held<'_> {
    /// Collects what is in a directory, in the order of names and without following links.
    fn walk(&mut self, directory: &Path, prefix: &str) -> io::Result<()> {
        let mut entries = fs::read_dir(directory)?.collect::<io::Result<Vec<_>>>()?;
        entries.sort_by_key(DirEntry::file_name);
        for entry in entries {
            let (path, kind) = (entry.path(), entry.file_type()?);
            let below = format!("{prefix}{}", entry.file_name().display());
            if self.others.len() > NAMED {
                break;
            } else if kind.is_dir() {
                self.walk(&path, &format!("{below}/"))?;
                continue;
            }
            let why = if kind.is_symlink() {
                "a symbolic link"
            } else if !kind.is_file() {
                // A pipe must not be opened: that would wait for somebody to write into it.
                "not a regular file"
            } else if let Some(bytes) = generated(&path, (self.unmarked)(&below))? {
                self.files.insert(below, bytes);
                continue;
            } else {
                "no `@generated` in its first line"
            };
            self.others.push(format!("`{below}` ({why})"));
        }
        Ok(())
    }
}

/// Reads a generated file; of any other, no more than its head.
fn generated(path: &Path, unmarked: bool) -> io::Result<Option<Vec<u8>>> {
    let (mut file, mut bytes) = (File::open(path)?, Vec::new());
    file.by_ref().take(HEAD).read_to_end(&mut bytes)?;
    let first_line = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    if !unmarked && !first_line.windows(MARK.len()).any(|window| window == MARK) {
        return Ok(None);
    }
    file.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}
