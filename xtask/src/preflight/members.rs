//! Members of objects and values of enums: the Rust names of each must differ.

use std::collections::HashMap;

use serde_json::Value;

use super::rust_names::{Case, type_case, variant_names};
use super::survey::{Node, Survey};
use crate::finding::Findings;

pub(super) fn check(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    check_properties(survey, schema, findings);
    check_values(survey, schema, findings);
}

fn check_properties(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    let properties = schema.members_of("properties");
    let mut seen: HashMap<String, Node<'_>> = HashMap::new();
    for (name, node) in properties.iter() {
        let field = type_case(name, Case::Snake);
        let Some(first) = seen.get(&field) else {
            seen.insert(field, node.clone());
            continue;
        };
        let finding = survey.error(
            "preflight/property-collision",
            &node.pointer,
            format!("The property `{name}` and another one of the same schema both become the field `{field}`."),
            "Remove one of the two with an action of the overlay.",
        );
        findings.push(finding.related(survey.locate(&first.pointer), "the other property"));
    }
    let open = schema
        .get("additionalProperties")
        .is_some_and(|rest| rest.value.is_object());
    if let Some(extra) = seen.get("extra").filter(|_| open) {
        findings.push(survey.error(
            "preflight/property-collision",
            &extra.pointer,
            "The property becomes the field `extra`, which typify also makes for `additionalProperties`.",
            "Remove the property or `additionalProperties` with an action of the overlay.",
        ));
    }
}

fn check_values(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
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
