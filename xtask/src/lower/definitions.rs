//! Schemas that are referred to but are no components: in `$defs`, or in the middle of another schema.
//!
//! Each moves to `components.schemas` under a free name, and a reference takes its place.

use std::collections::HashMap;

use heck::ToUpperCamelCase;
use serde_json::{Value, json};

use super::components::is_component_name;
use super::context::{Context, Object};
use super::references;
use crate::pointer::Pointer;

/// Keywords that say where in a schema something is, and nothing about what it is.
const STRUCTURE: [&str; 12] = [
    "$defs",
    "allOf",
    "anyOf",
    "components",
    "content",
    "definitions",
    "oneOf",
    "paths",
    "properties",
    "responses",
    "schema",
    "schemas",
];

/// Moves every schema that is referred to and has no name to `components.schemas`.
pub(super) fn lift(root: &mut Value, context: &mut Context<'_>) {
    let mut targets = references::odd_schema_targets(root);
    if targets.is_empty() {
        return;
    }
    // The innermost first: what is moved later holds references to what was moved before. The order
    // of the document decides otherwise, so that names are stable.
    targets.sort_by_key(|target| std::cmp::Reverse(target.tokens().count()));
    let mut moves: HashMap<Pointer, String> = HashMap::new();
    for from in targets {
        let Some(name) = free_name(root, &from) else {
            continue;
        };
        let to = Pointer::from("/components/schemas").join(&name);
        let reference = to.to_local_reference();
        let Some(place) = from.resolve_mut(root) else {
            continue;
        };
        let schema = std::mem::replace(place, json!({ "$ref": reference }));
        context.moved(&schema, &from, &to);
        if let Some(schemas) = schemas(root) {
            schemas.insert(name, schema);
        }
        moves.insert(from, reference);
    }
    references::rewrite_schemas(root, |pointer| moves.get(pointer).cloned());
}

fn schemas(root: &mut Value) -> Option<&mut Object> {
    let components = root
        .as_object_mut()?
        .entry("components")
        .or_insert_with(|| json!({}));
    components
        .as_object_mut()?
        .entry("schemas")
        .or_insert_with(|| json!({}))
        .as_object_mut()
}

/// The last name on the way to the schema if it is free, else the whole way, else that with a number.
fn free_name(root: &mut Value, at: &Pointer) -> Option<String> {
    let taken = schemas(root)?;
    let tokens: Vec<String> = at.tokens().collect();
    let defined = tokens
        .iter()
        .rev()
        .nth(1)
        .is_some_and(|parent| parent == "$defs" || parent == "definitions");
    let last = tokens.last().filter(|_| defined).cloned();
    let way = tokens
        .iter()
        .filter(|token| !STRUCTURE.contains(&token.as_str()))
        .map(|token| token.to_upper_camel_case())
        .collect::<String>()
        .replace(|c: char| !c.is_ascii_alphanumeric(), "");
    let way = if way.is_empty() {
        "Schema".to_owned()
    } else {
        way
    };
    last.into_iter()
        .chain(std::iter::once(way.clone()))
        .chain((2..).map(|number| format!("{way}{number}")))
        .find(|name| is_component_name(name) && !taken.contains_key(name))
}
