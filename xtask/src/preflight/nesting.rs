//! Types inside of types: the compiler follows them for the layout of a value and for what dropping it takes,
//! and gives up after 128 steps.
//!
//! The code itself is right, and a crate may raise its `recursion_limit`; but generated code is a module and
//! cannot. Where a type is inside a list or a map, the compiler goes no further: the value is behind a pointer.

use std::collections::HashMap;

use serde_json::Value;

use super::schema::{children, is_map, type_of};
use super::survey::{Kind, Node, Survey};
use crate::finding::Findings;

/// How many steps a type may take. The compiler takes some before it comes to the first: through the result of
/// an operation and the response in it.
const MAX_STEPS: usize = 112;

/// Where a schema in the walk stands.
enum Visit<'a> {
    /// It has not been looked into.
    Enter(Node<'a>),
    /// All inside it has.
    Leave(Node<'a>),
}

pub(super) fn check(survey: &Survey<'_>, findings: &mut Findings) {
    let mut steps: HashMap<*const Value, usize> = HashMap::new();
    for root in survey.roots() {
        let mut pending = vec![Visit::Enter(root.node.clone())];
        while let Some(visit) = pending.pop() {
            match visit {
                Visit::Enter(node) => {
                    // A schema that leads back to itself counts for nothing inside itself.
                    if steps.insert(std::ptr::from_ref(node.value), 0).is_none() {
                        let inside = inside(survey, &node);
                        pending.push(Visit::Leave(node));
                        let unseen = inside
                            .into_iter()
                            .filter(|node| !steps.contains_key(&std::ptr::from_ref(node.value)));
                        pending.extend(unseen.map(Visit::Enter));
                    }
                }
                Visit::Leave(node) => {
                    let inside = inside(survey, &node);
                    let deepest = inside
                        .iter()
                        .filter_map(|node| steps.get(&std::ptr::from_ref(node.value)))
                        .max();
                    let sum = deepest.copied().unwrap_or_default() + cost(&node);
                    if sum > MAX_STEPS {
                        findings.push(too_deep(survey, &node));
                        return; // All around it are deeper.
                    }
                    steps.insert(std::ptr::from_ref(node.value), sum);
                }
            }
        }
    }
}

fn too_deep(survey: &Survey<'_>, node: &Node<'_>) -> crate::finding::Finding {
    survey.error(
        "preflight/too-deep",
        &node.pointer,
        "The type of this schema holds others, one inside the other, deeper than the compiler looks into types.",
        "Cut the chain with an action of the overlay that gives one of the schemas in it the schema `{}`.",
    )
}

/// The schemas whose types are inside the type of this one.
fn inside<'a>(survey: &Survey<'a>, schema: &Node<'a>) -> Vec<Node<'a>> {
    let target = schema
        .text("$ref")
        .and_then(|reference| survey.lookup(Kind::Schema, reference));
    target.map_or_else(|| children(schema), |target| vec![target])
}

/// The steps from a type to what is in it.
fn cost(schema: &Node<'_>) -> usize {
    if schema.has("$ref") || schema.has("allOf") {
        return 0;
    }
    let own = match type_of(schema) {
        Some("object") if is_map(schema) => 0,
        Some("object") => 1 + usize::from(has_optional(schema)),
        Some("array") => 0,
        _ => usize::from(schema.has("oneOf") || schema.has("anyOf")),
    };
    own + usize::from(schema.flag("nullable"))
}

/// Whether a property of an object may be missing, so that it becomes an `Option`; lists and maps do not.
fn has_optional(schema: &Node<'_>) -> bool {
    let required = schema.texts_of("required");
    schema.members_of("properties").iter().any(|(name, node)| {
        let collection =
            type_of(node) == Some("array") || (type_of(node) == Some("object") && is_map(node));
        !required.contains(name) && !collection
    })
}
