//! The files of the workspace that speak of what a revision takes away.
//!
//! A test that calls an operation which is gone no longer compiles, and a snapshot that shows what has changed is
//! another one. Whoever takes in the revision has to know which, so they are named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::config::shorten;
use crate::diff::{Diff, Effect, Kind};
use crate::names;

/// A file that speaks of names: for each, the line where it stands first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The file, relative to the workspace.
    pub path: PathBuf,
    /// The names, with the number of the first line of each.
    pub names: BTreeMap<String, usize>,
}

/// Kinds of change after which a name means nothing any more.
const GONE: [Kind; 4] = [
    Kind::OperationRemoved,
    Kind::OperationRenamed,
    Kind::TypeRemoved,
    Kind::TypeRenamed,
];

/// Files that speak of operations and types that are gone, and snapshots that speak of any that have changed, but for
/// those that a revision is written to.
pub(super) fn find(workspace: &Path, except: &[PathBuf], diff: &Diff) -> Vec<Mention> {
    let (mut gone, mut changed) = (BTreeSet::new(), BTreeSet::new());
    for change in diff.changes.iter().filter(|it| it.effect > Effect::Neutral) {
        let (_, name) = change.subject.title();
        changed.extend((!name.is_empty()).then(|| name.to_owned()));
        if GONE.contains(&change.kind) {
            let renamed = matches!(change.kind, Kind::OperationRenamed | Kind::TypeRenamed);
            let name = change.old.as_deref().filter(|_| renamed).unwrap_or(name);
            gone.extend([name.to_owned(), names::pascal(name)]);
        }
    }
    changed.extend(gone.iter().cloned());
    let except = except.iter().filter_map(|path| path.canonicalize().ok());
    let except: Vec<PathBuf> = except.collect();
    let mut open = Vec::new();
    open.extend((!changed.is_empty()).then(|| workspace.to_owned()));
    let mut mentions = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            // What cannot be read is named by nobody: this is a help, and the revision is in its place already.
            let entries = std::fs::read_dir(&path).into_iter().flatten().flatten();
            open.extend(entries.map(|entry| entry.path()).filter(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let is_excepted = path.canonicalize().is_ok_and(|path| except.contains(&path));
                !path.is_symlink() && !is_excepted && !name.starts_with('.') && name != "target"
            }));
            continue;
        }
        let wanted = match path.extension().and_then(|ending| ending.to_str()) {
            Some("rs" | "md") => &gone,
            Some("snap") => &changed,
            _ => continue,
        };
        let names = spoken_of(&std::fs::read_to_string(&path).unwrap_or_default(), wanted);
        if !names.is_empty() {
            let path = shorten(&path, workspace);
            mentions.push(Mention { path, names });
        }
    }
    mentions.sort_by(|one, other| one.path.cmp(&other.path));
    mentions
}

/// Returns the names among the words of a text.
fn spoken_of(text: &str, wanted: &BTreeSet<String>) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        for word in line.split(|c: char| !c.is_alphanumeric() && c != '_') {
            if wanted.contains(word) {
                found.entry(word.to_owned()).or_insert(at + 1);
            }
        }
    }
    found
}
