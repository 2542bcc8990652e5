//! Responses of operations: always there in 3.0, and error responses that are all alike.

use serde_json::{Value, json};

use super::super::context::{Context, Object, Version};
use super::each_operation;
use super::resolve::resolve;
use crate::pointer::Pointer;

/// Adds `responses` where 3.1 lets them be missing, and folds error responses into ranges.
pub(super) fn lower(root: &mut Value, context: &mut Context<'_>) {
    let fold = root.get(super::error_response::EXTENSION).is_none();
    each_operation(root, |operation, components, place| {
        let at = place.pointer();
        if !operation.contains_key("responses") {
            if context.version == Version::V30 {
                context.error(
                    "lower/missing-field",
                    &at,
                    "the operation has no `responses`",
                    "Add `responses` with an overlay action.",
                );
            }
            operation.insert("responses".to_owned(), json!({}));
        }
        let at = at.join("responses");
        if let Some(responses) = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        {
            for class in ['4', '5'] {
                if fold {
                    fold_class(responses, class, &at, components, context);
                }
            }
        }
    });
}

/// Several error responses with the same content are one for the whole range.
///
/// The generator wants one error type for an operation, and the range also covers what is not declared.
fn fold_class(
    responses: &mut Object,
    class: char,
    at: &Pointer,
    components: &Value,
    context: &mut Context<'_>,
) {
    let names = of_class(responses, class);
    let contents: Vec<_> = names
        .iter()
        .map(|name| content(responses, name, at, components))
        .collect();
    let alike = contents
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if a == b));
    if names.len() > 1 && alike {
        become_range(responses, &names, class, at, context);
    }
}

/// The status codes and ranges of a class that have a response.
pub(super) fn of_class(responses: &Object, class: char) -> Vec<String> {
    let of_class = |name: &&String| name.len() == 3 && name.starts_with(class);
    responses.keys().filter(of_class).cloned().collect()
}

/// What a response holds; `None` for nothing.
pub(super) fn content(
    responses: &Object,
    name: &str,
    at: &Pointer,
    components: &Value,
) -> Option<Value> {
    let at = at.join(name);
    let (response, _) = resolve(responses.get(name)?, &at, components)?;
    let content = response.get("content")?.as_object()?;
    let schemas: Object = content
        .iter()
        .map(|(name, media_type)| {
            let schema = media_type.get("schema").cloned().unwrap_or_default();
            (name.clone(), schema)
        })
        .collect();
    (!schemas.is_empty()).then_some(Value::Object(schemas))
}

/// Lets the first of several responses stand for a range, in the place of the first.
pub(super) fn become_range(
    responses: &mut Object,
    names: &[String],
    class: char,
    at: &Pointer,
    context: &mut Context<'_>,
) {
    let Some((first, rest)) = names.split_first() else {
        return;
    };
    let range = format!("{class}XX");
    *responses = std::mem::take(responses)
        .into_iter()
        .filter(|(name, _)| !rest.contains(name))
        .map(|(name, response)| {
            if name == *first && name != range {
                context.moved(&response, &at.join(first), &at.join(&range));
                (range.clone(), response)
            } else {
                (name, response)
            }
        })
        .collect();
}
