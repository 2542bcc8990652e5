//! The differences of a directory of generated files from what codegen generates.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::diff::Diff;
use super::files::Files;
use super::unreadable;
use crate::finding::Finding;

/// The files of a target and of a run of codegen, sorted by what the target needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Files that are as they should be.
    pub fresh: Vec<String>,
    /// Files that are not.
    pub stale: Vec<Stale>,
    /// Files that should be there and are not.
    pub missing: Vec<String>,
    /// Generated files that are there and should not be.
    pub orphaned: Vec<String>,
}

impl Comparison {
    /// Returns whether the target is exactly what codegen generates.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.stale.is_empty() && self.missing.is_empty() && self.orphaned.is_empty()
    }
}

/// A file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Its path below the target, with `/`.
    pub path: String,
    /// The difference from the file on disk to the generated one; empty where nobody asked for it, and where
    /// nothing but the ends of lines differs.
    pub diff: Diff,
    /// `true` if lines on disk end with CRLF, as Git on Windows checks files out where nobody forbids it.
    pub crlf: bool,
}

/// Compares what the target holds with `files`, and shows what is different in them where `diffs` says so.
pub(super) fn compare(
    target: &Path,
    held: &BTreeSet<String>,
    files: &Files,
    diffs: bool,
) -> Result<Comparison, Finding> {
    let mut comparison = Comparison::default();
    for (path, text) in files {
        if !held.contains(path) {
            comparison.missing.push(path.clone());
            continue;
        }
        let file = target.join(path);
        let on_disk = fs::read(&file).map_err(|error| unreadable(&file, &error))?;
        if on_disk == text.as_bytes() {
            comparison.fresh.push(path.clone());
            continue;
        }
        let on_disk = String::from_utf8_lossy(&on_disk);
        let diff = if diffs {
            Diff::between(&on_disk.replace("\r\n", "\n"), text)
        } else {
            Diff::default()
        };
        comparison.stale.push(Stale {
            path: path.clone(),
            diff,
            crlf: on_disk.contains("\r\n"),
        });
    }
    let orphaned = held.iter().filter(|path| !files.contains_key(*path));
    comparison.orphaned.extend(orphaned.cloned());
    Ok(comparison)
}
