//! The names of types inside of merged unions: `PetVariant0Name`, by the number of the variant in what comes of
//! merging. Which number a variant gets there is left to typify, so that every name of that form is taken.

use std::collections::HashMap;

use super::{Claim, Node, Survey};
use crate::finding::Finding;
use crate::preflight::merging::merges;
use crate::preflight::survey::Kind;

/// Whether typify merges `schema`, and there is a union in it or in its parts.
pub(super) fn is_merged_union<'a>(survey: &Survey<'a>, schema: &Node<'a>) -> bool {
    let union = |node: &Node<'a>| node.has("oneOf") || node.has("anyOf");
    let parts = schema.elements_of("allOf");
    let mut parts = parts
        .iter()
        .filter_map(|part| survey.resolve(Kind::Schema, part));
    merges(schema) && (union(schema) || parts.any(|part| union(&part)))
}

/// Each merged union, with a type from elsewhere that has a name of those inside of it.
pub(super) fn collisions(
    survey: &Survey<'_>,
    merged: &[(String, Claim)],
    by_name: &HashMap<String, Claim>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, union) in merged {
        let others = by_name.iter().filter(|(other, claim)| {
            let rest = other.strip_prefix(&format!("{name}Variant"));
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
                && !claim.pointer.is_within(&union.pointer)
        });
        if let Some((other, claim)) = others.min_by_key(|(other, _)| *other) {
            let finding = survey.error(
                "preflight/derived-type-collision",
                &claim.pointer,
                format!(
                    "A schema becomes the type `{other}`, and types inside of the merged union `{name}` get such names too."
                ),
                "Rename one of the two components with actions of the overlay.",
            );
            findings.push(finding.related(survey.locate(&union.pointer), "the merged union"));
        }
    }
    findings
}
