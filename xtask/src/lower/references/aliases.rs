//! References to what is a reference itself.

use std::collections::HashSet;

use serde_json::Value;

use super::super::grammar::Kind;
use super::Site;
use super::target::Target;
use crate::pointer::Pointer;

/// The place that a chain of references from `at` ends at; `None` for a circle.
///
/// A reference that leads nowhere ends the chain.
pub(super) fn follow(root: &Value, at: &Pointer, kind: Kind) -> Option<Pointer> {
    let mut here = at.clone();
    let mut seen = HashSet::new();
    loop {
        let next = here
            .resolve(root)
            .and_then(|value| value.get("$ref")?.as_str())
            .and_then(|reference| Target::of(root, reference, kind).ok());
        let next = match next {
            Some(Target::Component(pointer) | Target::Elsewhere(pointer)) => pointer,
            None => return Some(here),
        };
        if !seen.insert(here) {
            return None;
        }
        here = next;
    }
}

/// The object that the reference at a site leads to in the end, and where it is.
pub(super) fn end(root: &Value, site: &Site) -> Option<(Pointer, Value)> {
    let end = follow(root, &site.at, site.kind)?;
    let value = end.resolve(root)?;
    value
        .get("$ref")
        .is_none()
        .then(|| (end.clone(), value.clone()))
}
