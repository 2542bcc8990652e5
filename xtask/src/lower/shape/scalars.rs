//! Fields that hold texts, numbers and words.

use serde_json::{Number, Value};

use super::super::context::{Context, Version};
use super::super::grammar::{Shape, TYPES};
use crate::pointer::Pointer;

/// Whether `value` may stay where the table says `shape`; reports it if not.
pub(super) fn keep(
    value: &mut Value,
    shape: Shape,
    at: &Pointer,
    context: &mut Context<'_>,
) -> bool {
    match shape {
        Shape::Any => true,
        Shape::Values if value.is_array() => true,
        Shape::Values => wrong(value, "an array", at, context),
        Shape::Text if value.is_string() => true,
        Shape::Text => wrong(value, "a string", at, context),
        Shape::Flag if value.is_boolean() => true,
        Shape::Flag => wrong(value, "a boolean", at, context),
        Shape::Number if value.is_number() => true,
        Shape::Number => wrong(value, "a number", at, context),
        Shape::Size => size(value, at, context),
        Shape::Bound => bound(value, at, context),
        Shape::Types => types(value, at, context),
        Shape::Word(words) => word(value, words, at, context),
        Shape::Texts => texts(value, at, context),
        Shape::Data if value.is_object() => true,
        Shape::Data => wrong(value, "an object", at, context),
        Shape::TextMap => super::members(value, at, context, |_, member, at, context| {
            keep(member, Shape::Text, at, context)
        }),
        Shape::Security => security(value, at, context),
        // The composite shapes are those of the parent module.
        Shape::One(_) | Shape::List(_) | Shape::Map(_) | Shape::Paths | Shape::Responses => true,
    }
}

/// Reports that `value` is not what belongs here; false, so that callers can end with it.
pub(super) fn wrong(
    value: &Value,
    expected: &str,
    at: &Pointer,
    context: &mut Context<'_>,
) -> bool {
    context.error(
        "lower/wrong-type",
        at,
        format!("{} must be {expected}, and is {}", named(at), noun(value)),
        format!("Write {expected}, or remove it with an overlay action."),
    );
    false
}

/// The member or element as it is named in a sentence.
fn named(at: &Pointer) -> String {
    let name = at.last().unwrap_or_default();
    let parent = at.parent().and_then(|parent| parent.last());
    match parent {
        Some(parent) if name.parse::<usize>().is_ok() => format!("element {name} of `{parent}`"),
        _ => format!("`{name}`"),
    }
}

/// What a value is, as far as it fits into a sentence.
fn noun(value: &Value) -> String {
    const SHORT: usize = 40;
    match value {
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) if text.chars().count() > SHORT => "a string".to_owned(),
        scalar => format!("`{scalar}`"),
    }
}

/// JSON Schema lets a size be written `5.0`; 3.0 and the reader behind want `5`.
fn size(value: &mut Value, at: &Pointer, context: &mut Context<'_>) -> bool {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.is_u64() {
        return true;
    }
    match value.as_f64() {
        Some(size) if (0.0..EXACT).contains(&size) && size.fract() == 0.0 => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the arm has checked that the number is whole and in range"
            )]
            let whole = size as u64;
            *value = Value::Number(Number::from(whole));
            true
        }
        _ => wrong(value, "a whole number that is not negative", at, context),
    }
}

fn bound(value: &Value, at: &Pointer, context: &mut Context<'_>) -> bool {
    match (value, context.version) {
        (Value::Number(_), _) => {
            super::warn_newer("an exclusive bound that is a number", at, context);
            true
        }
        (Value::Bool(_), Version::V30) => true,
        (_, Version::V31) => wrong(value, "a number", at, context),
        (_, Version::V30) => wrong(value, "a boolean", at, context),
    }
}

fn types(value: &Value, at: &Pointer, context: &mut Context<'_>) -> bool {
    let known = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
    let fine = match value {
        Value::Array(names) => !names.is_empty() && names.iter().all(known),
        name => known(name),
    };
    if value.is_array() || value == "null" {
        super::warn_newer("an array of types, or the type null,", at, context);
    }
    if !fine {
        context.error(
            "lower/wrong-type",
            at,
            format!("`type` is `{value}`, which is not a type of JSON Schema"),
            format!("Write one or more of {}.", TYPES.join(", ")),
        );
    }
    fine
}

fn word(value: &Value, words: &[&str], at: &Pointer, context: &mut Context<'_>) -> bool {
    if value.as_str().is_some_and(|word| words.contains(&word)) {
        return true;
    }
    let name = at.last().unwrap_or_default();
    context.error(
        "lower/wrong-type",
        at,
        format!("`{name}` is `{value}`, which has no meaning here"),
        format!("Write one of {}.", words.join(", ")),
    );
    false
}

fn texts(value: &mut Value, at: &Pointer, context: &mut Context<'_>) -> bool {
    let Value::Array(elements) = value else {
        return wrong(value, "an array of strings", at, context);
    };
    let mut fine = true;
    for (index, element) in elements.iter_mut().enumerate() {
        fine &= keep(element, Shape::Text, &at.join(index), context);
    }
    fine
}

/// A list of objects from the name of a scheme to a list of scopes.
fn security(value: &mut Value, at: &Pointer, context: &mut Context<'_>) -> bool {
    let Value::Array(requirements) = value else {
        return wrong(value, "an array of security requirements", at, context);
    };
    let mut fine = true;
    for (index, requirement) in requirements.iter_mut().enumerate() {
        fine &= super::members(
            requirement,
            &at.join(index),
            context,
            |_, scopes, at, context| texts(scopes, at, context),
        );
    }
    fine
}
