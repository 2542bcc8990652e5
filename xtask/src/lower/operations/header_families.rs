//! Header parameters whose name ends in `*`: they stand for any number of headers with one prefix.

use serde_json::{Value, json};

use super::super::context::{Context, Object};
use super::parameters::Moved;
use crate::pointer::Pointer;

/// The extension that tells the later stages of header families.
const EXTENSION: &str = "x-header-families";

/// The family that a header parameter stands for.
pub(super) fn family(
    name: &str,
    parameter: &Value,
    at: &Pointer,
    context: &mut Context<'_>,
) -> Option<Value> {
    let prefix = name.trim_end_matches('*');
    if prefix.is_empty() {
        context.error(
            "lower/header-family",
            at,
            format!("the header parameter `{name}` stands for every header there is"),
            "Give it a prefix, `X-Meta-*` for instance, or remove it with an overlay action.",
        );
        return None;
    }
    if parameter.get("required") == Some(&Value::Bool(true)) {
        context.error(
            "lower/header-family",
            at,
            format!(
                "the header parameter `{name}` is required, and stands for any number of headers"
            ),
            "Set `required` to false with an overlay action.",
        );
        return None;
    }
    Some(match parameter.get("description") {
        Some(description) => json!({ "prefix": prefix, "description": description }),
        None => json!({ "prefix": prefix }),
    })
}

/// Writes the families of an operation, and those of its path item that it does not have itself.
pub(super) fn put(
    operation: &mut Object,
    own: &[Moved],
    shared: &[Moved],
    at: &Pointer,
    context: &mut Context<'_>,
) {
    let at = at.join(EXTENSION);
    let has = |family: &Moved| own.iter().any(|own| same_prefix(&own.value, &family.value));
    let mut list = Vec::new();
    for Moved { value, from } in own
        .iter()
        .chain(shared.iter().filter(|family| !has(family)))
    {
        if list.is_empty() {
            context.follow(from, &at);
        }
        context.follow(from, &at.join(list.len()));
        list.push(value.clone());
    }
    if !list.is_empty() {
        operation.insert(EXTENSION.to_owned(), json!(list));
    }
}

fn same_prefix(a: &Value, b: &Value) -> bool {
    let prefix = |family: &Value| Some(family.get("prefix")?.as_str()?.to_ascii_lowercase());
    prefix(a) == prefix(b)
}
