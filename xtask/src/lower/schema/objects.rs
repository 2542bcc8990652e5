//! Keywords of objects.

use serde_json::Value;

use super::super::context::{Context, Object};
use super::accepts_all;
use super::refusal::refuse;
use crate::pointer::Pointer;

/// Patterns that match every name. `^.*$` does not: a name may hold a line break.
const ANY_NAME: [&str; 4] = ["", "^", ".*", "^.*"];

/// Keywords that apply further schemas to the same value, and so may look at its items and properties.
const APPLICATORS: [&str; 8] = [
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "dependentSchemas",
    "contains",
];

pub(super) fn lower(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    lower_unevaluated_properties(schema, at, context);
    lower_dependencies(schema, at, context);
    lower_property_names(schema, at, context);
    lower_pattern_properties(schema, at, context);
}

/// Whether other schemas apply to the same value.
pub(super) fn has_applicators(schema: &Object) -> bool {
    APPLICATORS.iter().any(|name| schema.contains_key(*name))
}

/// Without other schemas for the same value, `unevaluatedProperties` is `additionalProperties`.
fn lower_unevaluated_properties(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    const KEYWORD: &str = "unevaluatedProperties";
    let Some(unevaluated) = schema.shift_remove(KEYWORD) else {
        return;
    };
    if accepts_all(&unevaluated) || schema.contains_key("additionalProperties") {
        return;
    }
    if has_applicators(schema) {
        refuse(
            KEYWORD,
            "it depends on what other schemas look at",
            at,
            context,
        );
        return;
    }
    context.moved(
        &unevaluated,
        &at.join(KEYWORD),
        &at.join("additionalProperties"),
    );
    schema.insert("additionalProperties".to_owned(), unevaluated);
}

fn lower_dependencies(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    for keyword in ["dependentRequired", "dependentSchemas", "dependencies"] {
        let dependencies = schema.shift_remove(keyword);
        let any = dependencies
            .as_ref()
            .and_then(Value::as_object)
            .is_some_and(|dependencies| !dependencies.is_empty());
        if any {
            refuse(keyword, "no property depends on another", at, context);
        }
    }
}

/// `propertyNames` has no effect if it accepts every text.
fn lower_property_names(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let Some(names) = schema.shift_remove("propertyNames") else {
        return;
    };
    let text = |names: &Object| names.len() == 1 && names.get("type") == Some(&"string".into());
    if !accepts_all(&names) && !names.as_object().is_some_and(text) {
        refuse(
            "propertyNames",
            "the names of properties are any strings",
            at,
            context,
        );
    }
}

/// A pattern that every name matches makes a map.
fn lower_pattern_properties(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    const KEYWORD: &str = "patternProperties";
    let Some(Value::Object(patterns)) = schema.shift_remove(KEYWORD) else {
        return;
    };
    let count = patterns.len();
    let Some((pattern, values)) = patterns.into_iter().next() else {
        return;
    };
    if count > 1 || !ANY_NAME.contains(&pattern.as_str()) || schema.contains_key("properties") {
        refuse(
            KEYWORD,
            "all further properties have one schema",
            at,
            context,
        );
        return;
    }
    // No name is left over for a schema that stood there before.
    let to = at.join("additionalProperties");
    context.moved(&values, &at.join(KEYWORD).join(&pattern), &to);
    schema.insert("additionalProperties".to_owned(), values);
}
