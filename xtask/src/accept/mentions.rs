//! The files of the workspace that speak of what a revision takes away.
//!
//! A test that calls an operation which is gone no longer compiles, and a snapshot that shows what has changed is
//! another one. Whoever takes in the revision has to know which, so they are named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::config::shorten;
use crate::diff::{Diff, Effect, Kind, Subject};
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

/// The endings of files that may speak of names, and that of snapshots.
const TEXTS: [&str; 3] = ["rs", "md", "snap"];
const SNAPSHOT: &str = "snap";

/// Files that speak of operations and types that are gone, and snapshots that speak of any that have changed; `own`
/// are the files that a revision is written to.
pub(super) fn find(workspace: &Path, own: &[PathBuf], diff: &Diff) -> Vec<Mention> {
    let (mut gone, mut changed) = (BTreeSet::new(), BTreeSet::new());
    for change in &diff.changes {
        let name = match &change.subject {
            Subject::Operation(name) | Subject::Type(name) => name,
            Subject::Rest => continue,
        };
        let former = change.old.as_ref().filter(|_| change.member.is_none());
        if GONE.contains(&change.kind) {
            let renamed = matches!(change.kind, Kind::OperationRenamed | Kind::TypeRenamed);
            let name = former.filter(|_| renamed).unwrap_or(name).clone();
            gone.insert(names::pascal(&name));
            gone.insert(name);
        }
        if change.effect > Effect::Neutral {
            changed.insert(name.clone());
        }
    }
    let mut mentions = Vec::new();
    if !changed.is_empty() {
        let own: Vec<PathBuf> = own
            .iter()
            .filter_map(|path| path.canonicalize().ok())
            .collect();
        changed.extend(gone.iter().cloned());
        search(workspace, workspace, &own, [&gone, &changed], &mut mentions);
    }
    mentions.sort_by(|one, other| one.path.cmp(&other.path));
    mentions
}

fn search(
    root: &Path,
    directory: &Path,
    own: &[PathBuf],
    wanted: [&BTreeSet<String>; 2],
    to: &mut Vec<Mention>,
) {
    // What cannot be read is named by nobody: this is a help, and the revision is in its place already.
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let is_hidden = name.to_string_lossy().starts_with('.') || name == "target";
        let is_own = path.canonicalize().is_ok_and(|path| own.contains(&path));
        match entry.file_type() {
            Ok(_) if is_hidden || is_own => {}
            Ok(kind) if kind.is_dir() => search(root, &path, own, wanted, to),
            Ok(kind) if kind.is_file() => {
                let ending = path.extension().unwrap_or_default().to_string_lossy();
                let [gone, changed] = wanted;
                let wanted = if ending == SNAPSHOT { changed } else { gone };
                if !TEXTS.contains(&ending.as_ref()) || wanted.is_empty() {
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                let names = spoken_of(&text, wanted);
                if !names.is_empty() {
                    to.push(Mention {
                        path: shorten(&path, root),
                        names,
                    });
                }
            }
            _ => {}
        }
    }
}

/// The names among the words of a text.
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
