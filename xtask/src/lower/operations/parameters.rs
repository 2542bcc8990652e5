//! Lists of parameters: duplicates are folded, and headers that are no parameters are taken out.

mod sorted;

use serde_json::{Value, json};

use super::super::context::{Context, Object};
use super::super::grammar::METHODS;
use super::media_types::DECLARED;
use super::{header_families, reserved_headers};
use crate::pointer::Pointer;
pub(super) use sorted::Moved;
use sorted::Sorted;

/// Lowers the parameters of all path items and operations.
pub(super) fn lower(root: &mut Value, context: &mut Context<'_>) {
    super::each_path_item(root, |item, components, at| {
        path_item(item, &at, components, context);
    });
}

/// Header families and `Content-Type` of a path item go to its operations, where they have a meaning.
/// The other parameters stay; the generator combines them itself.
fn path_item(item: &mut Object, at: &Pointer, components: &Value, context: &mut Context<'_>) {
    let mut shared = sort(item, at, components, context);
    let content_types = std::mem::take(&mut shared.content_types);
    let mut used = false;
    for method in METHODS {
        let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) else {
            continue;
        };
        let at = at.join(method);
        let mut own = sort(operation, &at, components, context);
        if operation.contains_key(DECLARED) {
            used = true;
            let shared_type = content_types
                .iter()
                .filter(|_| own.content_types.is_empty());
            let added = shared_type.cloned().collect::<Vec<_>>();
            own.keep_content_type();
            own.kept.extend(added);
        } else {
            reserved_headers::report(&own.content_types, context);
        }
        put(operation, &own, &at, context);
        header_families::put(operation, &own.families, &shared.families, &at, context);
    }
    if !used {
        reserved_headers::report(&content_types, context);
    }
    // Last, because what went to the operations is located where it stood in this list.
    put(item, &shared, at, context);
}

/// Takes the list out, and leaves the field where it is.
fn sort(
    object: &mut Object,
    at: &Pointer,
    components: &Value,
    context: &mut Context<'_>,
) -> Sorted {
    match object.get_mut("parameters").map(Value::take) {
        Some(Value::Array(parameters)) => {
            Sorted::new(parameters, &at.join("parameters"), components, context)
        }
        _ => Sorted::default(),
    }
}

/// Writes the list anew where anything is left of it.
fn put(object: &mut Object, sorted: &Sorted, at: &Pointer, context: &mut Context<'_>) {
    if sorted.kept.is_empty() {
        object.shift_remove("parameters");
        return;
    }
    let at = at.join("parameters");
    let mut list = Vec::new();
    for Moved { value, from } in &sorted.kept {
        let to = at.join(list.len());
        if to != *from {
            context.moved(value, from, &to);
        }
        list.push(value.clone());
    }
    object.insert("parameters".to_owned(), json!(list));
}
