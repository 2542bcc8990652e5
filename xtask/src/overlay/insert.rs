//! Merging one value into all nodes that an action selects, or into none.

use std::collections::BTreeSet;

use serde_json::Value;

use super::MAX_INSERTED;
use super::jsonpath::{Path, pointer, resolve, resolve_mut};
use super::merge::{From, Mismatch, merge, mismatches};
use crate::finding::Finding;
use crate::load::{MAX_DEPTH, measure};
use crate::source::Document;

/// How many of the nodes that a value does not match a finding names.
const SHOWN: usize = 3;

/// Merges `update` into the nodes at the ends of `targets`, and says whether that changed any.
///
/// `inserted` counts what one Overlay inserts, so that copies of copies stay within bounds.
pub(super) fn insert(
    document: &mut Document,
    targets: &BTreeSet<Path>,
    update: &Value,
    from: &From<'_>,
    inserted: &mut usize,
) -> Result<bool, Vec<Finding>> {
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
    let mut changed = false;
    for path in targets {
        let places = document.origins.at_mut(&pointer(path));
        if let Some(node) = resolve_mut(&mut document.root, path) {
            changed |= merge(node, places, update, from);
        }
    }
    Ok(changed)
}

/// Everything that keeps `update` from being merged, each once.
fn clashes(
    document: &Document,
    targets: &BTreeSet<Path>,
    update: &Value,
    from: &From<'_>,
) -> Vec<Finding> {
    let mut known: Vec<(Mismatch, Finding)> = Vec::new();
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
