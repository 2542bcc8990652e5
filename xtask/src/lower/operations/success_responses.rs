//! `x-any-success: true` at the root: the service does not keep to one status code for success.

use serde_json::Value;

use super::super::context::{Context, Object};
use super::each_operation;
use super::responses::{become_range, content, of_class};
use crate::pointer::Pointer;

const EXTENSION: &str = "x-any-success";

/// Widens the declared success of every operation to the range `2XX`, and consumes the extension.
pub(super) fn widen(root: &mut Value, context: &mut Context<'_>) {
    let asked = root
        .as_object_mut()
        .and_then(|root| root.shift_remove(EXTENSION));
    if asked != Some(Value::Bool(true)) {
        return;
    }
    each_operation(root, |operation, components, place| {
        if let Some(responses) = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        {
            widen_one(
                responses,
                &place.pointer().join("responses"),
                components,
                context,
            );
        }
    });
}

fn widen_one(responses: &mut Object, at: &Pointer, components: &Value, context: &mut Context<'_>) {
    let names = of_class(responses, '2');
    let Some((first, rest)) = names.split_first() else {
        return;
    };
    let own = content(responses, first, at, components);
    for name in rest {
        if content(responses, name, at, components) != own {
            context.error_with(
                "lower/success-responses",
                &at.join(name),
                format!("`{name}` and `{first}` hold different things, so that `2XX` cannot stand for both"),
                "Remove one of them with an overlay action, or the extension `x-any-success`.",
                (&at.join(first), "the other one"),
            );
            return;
        }
    }
    become_range(responses, &names, '2', at, context);
}
