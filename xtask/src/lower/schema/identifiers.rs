//! Keywords that name a schema, a dialect or a definition.

use serde_json::Value;

use super::super::context::{Context, Object};
use super::super::document::check_dialect;
use super::refusal::refuse_identifier;
use crate::pointer::Pointer;

/// Keywords that change what references mean.
const IDENTIFIERS: [&str; 7] = [
    "$id",
    "$anchor",
    "$dynamicRef",
    "$dynamicAnchor",
    "$recursiveRef",
    "$recursiveAnchor",
    "$vocabulary",
];

pub(super) fn lower(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    for keyword in IDENTIFIERS {
        if schema.shift_remove(keyword).is_some() {
            refuse_identifier(keyword, at, context);
        }
    }
    if let Some(Value::String(dialect)) = schema.shift_remove("$schema") {
        check_dialect(&dialect, &at.join("$schema"), context);
    }
    // Whatever is referred to has been moved to the components.
    schema.shift_remove("$defs");
    schema.shift_remove("definitions");
}
