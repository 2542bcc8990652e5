//! Path items that stand elsewhere, which the generator does not read.

use std::collections::HashSet;

use serde_json::Value;

use super::context::{Context, Object};
use super::grammar::is_extension;
use crate::pointer::Pointer;

/// Puts path items in the place of the references to them.
pub(super) fn inline(root: &mut Value, context: &mut Context<'_>) {
    let paths = Pointer::from("/paths");
    let Some(items) = paths.resolve(root).and_then(Value::as_object) else {
        return;
    };
    let referring: Vec<Pointer> = items
        .iter()
        .filter(|(name, item)| !is_extension(name) && item.get("$ref").is_some())
        .map(|(name, _)| paths.join(name))
        .collect();
    for at in referring {
        if let Some(item) = merged(root, &at, context)
            && let Some(place) = at.resolve_mut(root)
        {
            *place = Value::Object(item);
        }
    }
}

/// The path item at `at` with everything that it refers to, which may refer to more.
fn merged(root: &Value, at: &Pointer, context: &mut Context<'_>) -> Option<Object> {
    let mut item = at.resolve(root)?.as_object()?.clone();
    let mut seen = HashSet::from([at.clone()]);
    while let Some(Value::String(reference)) = item.shift_remove("$ref") {
        let from = Pointer::from_local_reference(&reference);
        let target = from
            .as_ref()
            .filter(|from| is_path_item(from))
            .and_then(|from| from.resolve(root)?.as_object().map(|item| (from, item)));
        let Some((from, target)) = target else {
            context.error(
                "lower/unresolved-reference",
                &at.join("$ref"),
                format!("`{reference}` refers to no path item of this document"),
                "Refer to `#/components/pathItems/...`, or write the operations here with an overlay action.",
            );
            return Some(item);
        };
        if !seen.insert(from.clone()) {
            context.error(
                "lower/reference-cycle",
                &at.join("$ref"),
                format!("`{reference}` leads back to itself"),
                "Write the operations in one of the path items.",
            );
            return Some(item);
        }
        merge(&mut item, target, from, at, context);
    }
    Some(item)
}

fn is_path_item(pointer: &Pointer) -> bool {
    let tokens: Vec<String> = pointer.tokens().collect();
    let mut tokens = tokens.iter().map(String::as_str);
    match tokens.next() {
        Some("paths") => tokens.count() == 1,
        Some("components") => tokens.next() == Some("pathItems") && tokens.count() == 1,
        _ => false,
    }
}

/// Adds the fields of `target` to `item`. OpenAPI leaves open what happens where both have a field.
fn merge(
    item: &mut Object,
    target: &Object,
    from: &Pointer,
    at: &Pointer,
    context: &mut Context<'_>,
) {
    for (name, value) in target {
        match item.get(name) {
            None => {
                context.moved(value, &from.join(name), &at.join(name));
                item.insert(name.clone(), value.clone());
            }
            Some(own) if own == value => {}
            Some(_) => context.error_with(
                "lower/path-item-conflict",
                &at.join(name),
                format!("`{name}` stands here and in the path item that is referred to"),
                "Remove one of the two with an overlay action.",
                (&from.join(name), "the other one"),
            ),
        }
    }
}
