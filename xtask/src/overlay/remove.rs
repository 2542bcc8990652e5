//! Taking nodes out of a document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::jsonpath::{Path, Step, pointer, resolve_mut};
use crate::source::Document;

/// Takes all nodes at the ends of `paths` out of the objects and arrays that hold them.
///
/// What one parent loses, it loses at once, so that no index shifts in between; and the deeper of
/// two parents comes first, so that no path breaks.
pub(super) fn remove(document: &mut Document, paths: BTreeSet<Path>) {
    let mut parents: BTreeMap<Path, BTreeSet<Step>> = BTreeMap::new();
    for mut path in paths {
        if let Some(last) = path.pop() {
            parents.entry(path).or_default().insert(last);
        }
    }
    for (parent, lost) in parents.iter().rev() {
        let places = document.origins.at_mut(&pointer(parent));
        match resolve_mut(&mut document.root, parent) {
            Some(Value::Array(elements)) => {
                let all = places.elements_mut(elements.len());
                retain(all, lost);
                retain(elements, lost);
            }
            Some(Value::Object(members)) => {
                let is_lost = |name: &str| lost.contains(&Step::Name(name.to_owned()));
                members.retain(|name, _| !is_lost(name));
                places.members_mut().retain(|name, _| !is_lost(name));
            }
            _ => {}
        }
    }
}

fn retain<T>(elements: &mut Vec<T>, lost: &BTreeSet<Step>) {
    let mut index = 0;
    elements.retain(|_| {
        let keep = !lost.contains(&Step::Index(index));
        index += 1;
        keep
    });
}
