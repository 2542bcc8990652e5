//! How a directory of generated files differs from what codegen generates.

use std::fs;
use std::path::Path;

use super::diff::Diff;
use super::files::Files;
use super::held::Held;
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
    /// Whether the target is exactly what codegen generates.
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
    /// What is different.
    pub drift: Drift,
}

/// What is different in a stale file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drift {
    /// Its text.
    Text {
        /// The difference from the file on disk to the generated one, empty where nobody asked for it.
        diff: Diff,
        /// Whether the lines on disk also end otherwise.
        line_endings: bool,
    },
    /// Nothing but that its lines end with CRLF.
    LineEndings,
    /// It is not UTF-8.
    NotText,
}

/// Compares what the target holds with `files`, and shows what is different in them where `diffs` says so.
pub(super) fn compare(
    target: &Path,
    held: &Held,
    files: &Files,
    diffs: bool,
) -> Result<Comparison, Finding> {
    let mut comparison = Comparison::default();
    for (path, text) in files {
        if !held.files.contains(path) {
            comparison.missing.push(path.clone());
            continue;
        }
        let file = target.join(path);
        let on_disk = fs::read(&file).map_err(|error| unreadable(&file, &error))?;
        match drift(&on_disk, text, diffs) {
            None => comparison.fresh.push(path.clone()),
            Some(drift) => comparison.stale.push(Stale {
                path: path.clone(),
                drift,
            }),
        }
    }
    let orphaned = held.files.iter().filter(|path| !files.contains_key(*path));
    comparison.orphaned.extend(orphaned.cloned());
    Ok(comparison)
}

/// What is different between the bytes on disk and the generated text; `None` if nothing is.
fn drift(on_disk: &[u8], generated: &str, diffs: bool) -> Option<Drift> {
    if on_disk == generated.as_bytes() {
        return None;
    }
    let Ok(text) = std::str::from_utf8(on_disk) else {
        return Some(Drift::NotText);
    };
    // Git on Windows checks files out with CRLF where nobody forbids it.
    let line_endings = text.contains("\r\n");
    let text = text.replace("\r\n", "\n");
    if text == generated {
        return Some(Drift::LineEndings);
    }
    let diff = if diffs {
        Diff::between(&text, generated)
    } else {
        Diff::default()
    };
    Some(Drift::Text { diff, line_endings })
}
