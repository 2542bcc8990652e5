//! Merging one value into all nodes that an action selects, or into none.

use std::collections::BTreeSet;

use serde_json::Value;

use super::jsonpath::Step;
use super::jsonpath::{Path, pointer, resolve, resolve_mut};
use super::merge::{From, Merge, Merged, Mismatch, kind, mismatches};
use super::{MAX_INSERTED, faults, sets};
use crate::finding::Finding;
use crate::load::{MAX_DEPTH, measure};
use crate::source::Document;

/// How many of the nodes that a value does not match a finding names.
const SHOWN: usize = 3;

/// What an insertion has done.
#[derive(Debug, Default)]
pub(super) struct Inserted {
    /// The targets that say something else now.
    pub(super) changed: BTreeSet<Path>,
    /// The ways to parts of the update that changed none of the targets.
    pub(super) idle: BTreeSet<Vec<String>>,
}

/// Merges `update` into the nodes at the ends of `targets`, and says what that changed.
///
/// `inserted` counts what one Overlay inserts, so that copies of copies stay within bounds.
pub(super) fn insert(
    document: &mut Document,
    targets: &BTreeSet<Path>,
    update: &Value,
    from: &From<'_>,
    inserted: &mut usize,
) -> Result<Inserted, Vec<Finding>> {
    let clashes = clashes(document, targets, update, from);
    if !clashes.is_empty() {
        return Err(clashes);
    }
    let (size, height) = measure(update);
    *inserted = inserted.saturating_add(size.saturating_mul(targets.len()));
    if *inserted > MAX_INSERTED {
        return Err(vec![too_large().at(from.locate(&[]))]);
    }
    if let Some(path) = targets
        .iter()
        .find(|path| path.len() + 1 + height > MAX_DEPTH)
    {
        let target = document.locate(&pointer(path));
        let finding = too_deep().at(from.locate(&[]));
        return Err(vec![finding.related(target, "this is the node")]);
    }
    let mut done = Inserted::default();
    let brings_words = !sets::is_more_than_words(update);
    for (count, path) in targets.iter().enumerate() {
        let places = document.origins.at_mut(&pointer(path));
        let Some(node) = resolve_mut(&mut document.root, path) else {
            continue;
        };
        let name = match path.last() {
            Some(Step::Name(name)) => Some(name.as_str()),
            _ => None,
        };
        let mut merged = Merged::default();
        let mut merge = Merge {
            merged: &mut merged,
            path: Vec::new(),
        };
        merge.merge(node, places, (update, name), from);
        if merged.changed || (brings_words && merged.reworded) {
            done.changed.insert(path.clone());
        }
        match count {
            0 => done.idle = merged.idle,
            _ => done.idle.retain(|path| merged.idle.contains(path)),
        }
    }
    Ok(done)
}

/// Everything that keeps `update` from being merged, each once.
fn clashes(
    document: &Document,
    targets: &BTreeSet<Path>,
    update: &Value,
    from: &From<'_>,
) -> Vec<Finding> {
    let mut known: Vec<(Mismatch, Finding)> = Vec::new();
    if let Some(mixed) = mixed(document, targets) {
        return vec![mixed.at(from.locate(&[]))];
    }
    for path in targets {
        let Some(node) = resolve(&document.root, path) else {
            continue;
        };
        for mismatch in mismatches(node, update) {
            let steps = mismatch.path.iter().map(String::as_str);
            let node = steps.fold(pointer(path), |pointer, name| pointer.join(name));
            let (node, sentence) = (document.locate(&node), format!("this is {}", mismatch.node));
            match known.iter_mut().find(|(known, _)| *known == mismatch) {
                Some((_, finding)) if finding.related.len() < SHOWN => {
                    finding.related.push((node, sentence));
                }
                Some(_) => {}
                None => {
                    let finding = mismatched(&mismatch).at(from.locate(&mismatch.path));
                    known.push((mismatch, finding.related(node, sentence)));
                }
            }
        }
    }
    known.into_iter().map(|(_, finding)| finding).collect()
}

/// The finding for targets of more than one kind.
fn mixed(document: &Document, targets: &BTreeSet<Path>) -> Option<Finding> {
    let mut nodes = targets
        .iter()
        .filter_map(|path| Some((path, kind(resolve(&document.root, path)?))));
    let (first, of_first) = nodes.next()?;
    let (other, of_other) = nodes.find(|(_, of)| {
        let is_collection = |kind: &str| ["an array", "an object"].contains(&kind);
        *of != of_first && (is_collection(of) || is_collection(of_first))
    })?;
    let finding = faults::mixed_targets(of_first, of_other);
    let finding = finding.related(
        document.locate(&pointer(first)),
        format!("this is {of_first}"),
    );
    Some(finding.related(
        document.locate(&pointer(other)),
        format!("this is {of_other}"),
    ))
}

fn mismatched(mismatch: &Mismatch) -> Finding {
    Finding::error(
        "overlay/kind-mismatch",
        format!(
            "The action would merge {} into {}.",
            mismatch.update, mismatch.node
        ),
        "Write a value of the same kind, or remove the old one in an action before this one.",
    )
}

fn too_large() -> Finding {
    Finding::error(
        "overlay/too-large",
        format!("With this action, the Overlay inserts more than {MAX_INSERTED} values."),
        "Narrow the targets down, or insert less.",
    )
}

fn too_deep() -> Finding {
    Finding::error(
        "overlay/too-deep",
        format!("The action would nest more than {MAX_DEPTH} collections inside one another."),
        "Narrow the target down, or insert less.",
    )
}
