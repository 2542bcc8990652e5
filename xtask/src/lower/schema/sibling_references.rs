//! `$ref` beside other keywords, which 3.0 ignores.

use serde_json::{Value, json};

use super::super::context::{Context, Object, Version};
use super::annotations::is_annotation;
use super::{moved_members, split_off};
use crate::pointer::Pointer;

/// In 3.1 a reference is one more keyword, so it becomes one more part of `allOf`.
///
/// Annotations stay beside `allOf`, where the generator still makes the same type of them as of the
/// plain reference. Assertions go into a part of their own.
pub(super) fn lower(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    if schema.len() == 1 || !schema.contains_key("$ref") {
        return;
    }
    let Some(reference) = schema.shift_remove("$ref") else {
        return;
    };
    let constraints = split_off(schema, |name| !is_annotation(name));
    let part = at.join("allOf").join(1);
    context.follow(&at.join("$ref"), &at.join("allOf"));
    let mut parts = vec![json!({ "$ref": reference })];
    if !constraints.is_empty() {
        moved_members(&constraints, at, &part, context);
        parts.push(Value::Object(constraints));
    }
    schema.insert("allOf".to_owned(), Value::Array(parts));
}

/// In 3.0 a schema that has `$ref` is a Reference Object.
pub(super) fn drop_ignored(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    if context.version == Version::V31 || !schema.contains_key("$ref") {
        return;
    }
    schema.retain(|name, _| {
        if name != "$ref" {
            context.warning(
                "lower/ignored-sibling",
                &at.join(name),
                format!("`{name}` stands beside `$ref`, where OpenAPI 3.0 ignores it"),
                "Put the `$ref` into an `allOf` with an overlay action if it is meant, or remove it.",
            );
        }
        name == "$ref"
    });
}
