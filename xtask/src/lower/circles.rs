//! Schemas that apply themselves to the same value, so that nobody can tell what they accept.
//!
//! A schema may hold itself in a property or an item, which is another value. In `allOf` and the like, or
//! as a plain reference, JSON Schema leaves it undefined, and the generator does not come to an end.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::context::Context;
use crate::pointer::Pointer;

/// From each component to the components that apply to the same value, with the place of the reference.
type Graph = HashMap<Pointer, Vec<(Pointer, Pointer)>>;

/// Reports every reference that closes a circle. All references lead to components by now.
pub(super) fn check(root: &Value, context: &mut Context<'_>) {
    let section = Pointer::from("/components/schemas");
    let Some(schemas) = section.resolve(root).and_then(Value::as_object) else {
        return;
    };
    let mut graph = Graph::new();
    let mut nodes = Vec::new();
    for (name, schema) in schemas {
        let node = section.join(name);
        let mut edges = Vec::new();
        in_place(schema, &node, &mut edges);
        if !edges.is_empty() {
            graph.insert(node.clone(), edges);
            nodes.push(node);
        }
    }
    prune(&mut graph);
    for node in nodes {
        let edges = graph.get(&node).into_iter().flatten();
        for (_, at) in edges.filter(|(target, _)| leads_to(target, &node, &graph)) {
            let name = node.last().unwrap_or_default();
            context.error(
                "lower/reference-cycle",
                at,
                format!("the schema `{name}` describes the same value by itself"),
                "Let one of the schemas that refer to each other stand on its own with an overlay action.",
            );
        }
    }
}

/// The references of a schema and of those of its parts that are about the same value.
fn in_place(schema: &Value, at: &Pointer, edges: &mut Vec<(Pointer, Pointer)>) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
        && let Some(target) = Pointer::from_local_reference(reference)
    {
        edges.push((target, at.join("$ref")));
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let parts = schema.get(keyword).and_then(Value::as_array);
        for (index, part) in parts.into_iter().flatten().enumerate() {
            in_place(part, &at.join(keyword).join(index), edges);
        }
    }
    if let Some(part) = schema.get("not") {
        in_place(part, &at.join("not"), edges);
    }
}

/// Takes out what leads to no circle: again and again, what leads to nothing that is left.
///
/// In a document without circles nothing remains, so that the search behind has nothing to do.
fn prune(graph: &mut Graph) {
    let mut sources: HashMap<Pointer, Vec<Pointer>> = HashMap::new();
    let mut left: HashMap<Pointer, usize> = HashMap::new();
    for (node, edges) in graph.iter() {
        let inner = edges
            .iter()
            .filter(|(target, _)| graph.contains_key(target));
        for (target, _) in inner.clone() {
            sources
                .entry(target.clone())
                .or_default()
                .push(node.clone());
        }
        left.insert(node.clone(), inner.count());
    }
    let mut ends: Vec<Pointer> = left
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(node, _)| node.clone())
        .collect();
    while let Some(node) = ends.pop() {
        graph.remove(&node);
        for source in sources.remove(&node).unwrap_or_default() {
            if let Some(count) = left.get_mut(&source) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ends.push(source);
                }
            }
        }
    }
}

fn leads_to(from: &Pointer, to: &Pointer, graph: &Graph) -> bool {
    let mut seen = HashSet::new();
    let mut next = vec![from];
    while let Some(node) = next.pop() {
        if node == to {
            return true;
        }
        if seen.insert(node) {
            let edges = graph.get(node).into_iter().flatten();
            next.extend(edges.map(|(target, _)| target));
        }
    }
    false
}
