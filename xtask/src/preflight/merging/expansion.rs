//! Merging takes in what a component holds, and loses its name. Where that holds the same intersection
//! again, typify takes it in again and again, until the stack overflows.

use std::collections::HashSet;

use super::merges;
use crate::preflight::schema::{COMPOSITIONS, children};
use crate::preflight::survey::{Kind, Node, Survey};

/// Whether merging `schema` brings `schema` itself in again, inside of what is merged.
pub(super) fn expands_into_itself<'a>(survey: &Survey<'a>, schema: &Node<'a>) -> bool {
    if !merges(schema) {
        return false;
    }
    let mut seen = HashSet::new();
    let mut pending = merged_inside(survey, schema);
    while let Some(inner) = pending.pop() {
        if inner.pointer == schema.pointer {
            return true;
        }
        if seen.insert(inner.pointer.clone()) {
            pending.extend(merged_inside(survey, &inner));
        }
    }
    false
}

/// The intersections that typify comes to when it merges `schema`: those written into the properties
/// and items of its parts, which lose their names in it.
fn merged_inside<'a>(survey: &Survey<'a>, schema: &Node<'a>) -> Vec<Node<'a>> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut pending: Vec<_> = COMPOSITIONS
        .iter()
        .flat_map(|key| schema.elements_of(key))
        .collect();
    while let Some(part) = pending.pop() {
        let Some(part) = survey.resolve(Kind::Schema, &part) else {
            continue;
        };
        if !seen.insert(part.pointer.clone()) {
            continue;
        }
        pending.extend(COMPOSITIONS.iter().flat_map(|key| part.elements_of(key)));
        let mut inner: Vec<_> = children(&part);
        while let Some(node) = inner.pop() {
            if node.has("$ref") {
                continue; // A property that refers to a component stays a reference.
            }
            inner.extend(children(&node));
            if merges(&node) {
                found.push(node);
            }
        }
    }
    found
}
