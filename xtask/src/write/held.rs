//! What a directory holds, and whether all of it is ours.
//!
//! Ours are regular files whose first line carries the mark, and the directories that hold them.
//! Everything else is somebody's work: another file, a symbolic link, a socket.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::files::is_marked;
use super::unreadable;
use crate::finding::Finding;

/// How many entries that are not ours a finding names.
const NAMED: usize = 3;

/// How many bytes of a file are enough to see its first line.
const HEAD: u64 = 1024;

/// What a directory of generated files holds; one that is not there holds nothing.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// The files, by their path below the directory, with `/`.
    pub(super) files: BTreeSet<String>,
    /// A directory that may not be written, if there is one.
    read_only: Option<PathBuf>,
}

impl Held {
    /// Looks at the target, and refuses it if it is not ours.
    ///
    /// Files without the mark are accepted where `unmarked` says so of their path.
    pub(super) fn find(target: &Path, unmarked: &dyn Fn(&str) -> bool) -> Result<Self, Finding> {
        let place = super::place(target)?;
        let refusal = |code, message: &str, next| {
            Err(Finding::error(
                code,
                format!("The target `{}` {message}.", target.display()),
                next,
            ))
        };
        match fs::symlink_metadata(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(unreadable(target, &error)),
            Ok(metadata) if metadata.is_symlink() => {
                let next = "Name the directory that the link points to, or remove the link.";
                return refusal(
                    "write/symbolic-link",
                    "is a symbolic link, and a link is never replaced",
                    next,
                );
            }
            Ok(metadata) if !metadata.is_dir() => {
                let next = "Move it away, or name another target.";
                return refusal("write/not-a-directory", "is not a directory", next);
            }
            Ok(_) => {}
        }
        let mut held = Self::default();
        let mut foreign = Vec::new();
        held.walk(&place, "", unmarked, &mut foreign)
            .map_err(|error| unreadable(target, &error))?;
        if foreign.is_empty() {
            return Ok(held);
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

    /// Looks through a directory in the order of names, without following links, until there is enough to refuse it.
    fn walk(
        &mut self,
        directory: &Path,
        prefix: &str,
        unmarked: &dyn Fn(&str) -> bool,
        foreign: &mut Vec<String>,
    ) -> io::Result<()> {
        // The superuser may write all the same; a mode without any write bit is taken as a wish.
        if cfg!(unix) && fs::symlink_metadata(directory)?.permissions().readonly() {
            self.read_only.get_or_insert_with(|| directory.to_owned());
        }
        let entries = fs::read_dir(directory)?.map(|entry| Ok(entry?.path()));
        let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let below = format!("{prefix}{name}");
            let metadata = fs::symlink_metadata(&path)?;
            if metadata.is_dir() {
                self.walk(&path, &format!("{below}/"), unmarked, foreign)?;
            } else if let Some(why) = objection(&path, &metadata, unmarked(&below))? {
                foreign.push(format!("`{below}` ({why})"));
            } else {
                self.files.insert(below);
            }
            if foreign.len() > NAMED {
                break;
            }
        }
        Ok(())
    }

    /// Refuses a tree that may not be replaced.
    pub(super) fn check_writable(&self, target: &Path) -> Result<(), Finding> {
        match &self.read_only {
            Some(_) => Err(super::failed(target, &ErrorKind::PermissionDenied.into())),
            None => Ok(()),
        }
    }
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
