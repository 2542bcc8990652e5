//! Values of enums: typify takes those of one type, and makes a variant of each that is a string.

use serde_json::Value;

use super::survey::{Node, Survey};
use super::variant_names::variant_names;
use crate::finding::Findings;

pub(super) fn check(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    let Some(values) = schema.get("enum").filter(|node| node.value.is_array()) else {
        return;
    };
    let all: Vec<&Value> = values.value.as_array().into_iter().flatten().collect();
    let mut report = |message: String, next: &str| {
        findings.push(survey.error("preflight/enum", &values.pointer, message, next));
    };
    if all.is_empty() {
        report(
            "The enum has no values, so that it is ignored.".to_owned(),
            "Give it values, or remove `enum`, with an action of the overlay.",
        );
        return;
    }
    let declared = schema.text("type");
    let nullable = schema.flag("nullable");
    if let Some(odd) = all
        .iter()
        .find(|value| !fits(declared, value, all.as_slice(), nullable))
    {
        let message = match declared {
            Some(name) => format!("The enum holds {odd}, which is not of the type `{name}`."),
            None => {
                format!("The enum holds {odd} beside values of other types, and has no `type`.")
            }
        };
        report(
            message,
            "Keep values of one type with actions of the overlay.",
        );
        return;
    }
    if declared.is_none() && nullable {
        report(
            "The enum is nullable and has no `type`, so that typify takes it for null.".to_owned(),
            "Give the schema a `type` with an action of the overlay.",
        );
    }
    let texts: Vec<_> = all.iter().filter_map(|value| value.as_str()).collect();
    if let Some(text) = texts.iter().find(|text| !has_length(schema, text)) {
        report(
            format!(
                "The enum value `{text}` is not as long as the schema wants it, so that typify drops it."
            ),
            "Remove `minLength` and `maxLength` with actions of the overlay.",
        );
    }
    if let Err(clashing) = variant_names(&texts) {
        let clashing: Vec<_> = clashing.iter().map(|value| format!("`{value}`")).collect();
        let message = format!(
            "The enum values {} become the same variant.",
            clashing.join(", ")
        );
        report(
            message,
            "Remove all but one of them with actions of the overlay.",
        );
    }
}

/// Whether `text` is within the lengths that `schema` sets.
fn has_length(schema: &Node<'_>, text: &str) -> bool {
    let bound = |key| schema.value.get(key).and_then(Value::as_u64);
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    bound("minLength").is_none_or(|least| length >= least)
        && bound("maxLength").is_none_or(|most| length <= most)
}

/// Whether typify takes `value` in an enum with the type `declared`.
fn fits(declared: Option<&str>, value: &Value, all: &[&Value], nullable: bool) -> bool {
    match (declared, value) {
        (Some("string") | None, Value::Null) => true,
        (_, Value::Null) => nullable,
        (Some("string"), _) => value.is_string(),
        (Some("number"), _) => value.is_number(),
        (Some("integer"), _) => value.is_i64(),
        (Some("boolean"), _) => value.is_boolean(),
        (Some(_), _) | (None, Value::Array(_) | Value::Object(_)) => false,
        (None, _) => all
            .iter()
            .filter(|other| !other.is_null())
            .all(|other| std::mem::discriminant(*other) == std::mem::discriminant(value)),
    }
}
