//! The names of components, which references and Rust names are made from.

use serde_json::Value;

use super::context::Context;
use crate::pointer::Pointer;

/// The sections of `components` of 3.0, without callbacks.
const SECTIONS: [&str; 8] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
];

/// Reports names that no version of OpenAPI allows; the generator would not find such a component.
pub(super) fn check_names(root: &Value, context: &mut Context<'_>) {
    let components = Pointer::from("/components");
    for section in SECTIONS {
        let at = components.join(section);
        let Some(members) = at.resolve(root).and_then(Value::as_object) else {
            continue;
        };
        for name in members.keys().filter(|name| !is_component_name(name)) {
            context.error(
                "lower/component-name",
                &at.join(name),
                format!(
                    "the component name `{name}` is not made of letters, digits, `.`, `-` and `_`"
                ),
                "Move the component to a name of these characters with an overlay action.",
            );
        }
    }
}

/// Whether a component may have this name.
pub(super) fn is_component_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}
