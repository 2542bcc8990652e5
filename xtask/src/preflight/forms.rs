//! The forms of schema that typify can convert. It panics on most of the others.

use serde_json::Value;

use super::schema::{COMPOSITIONS, is_annotation, is_anything};
use super::survey::{Node, Survey};
use crate::finding::Findings;

const TYPES: [&str; 6] = ["string", "number", "integer", "object", "array", "boolean"];

pub(super) fn check(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    if schema.has("$ref") || !schema.value.is_object() {
        return;
    }
    check_type(survey, schema, findings);
    check_composition(survey, schema, findings);
    check_untyped(survey, schema, findings);
    if schema.has("not") {
        findings.push(survey.error(
            "preflight/not",
            &schema.pointer.join("not"),
            "The schema excludes values with `not`, which has no Rust type.",
            "Remove `not` with an action of the overlay.",
        ));
    }
    if schema.has("discriminator") {
        findings.push(survey.warning(
            "preflight/discriminator-ignored",
            &schema.pointer.join("discriminator"),
            "progenitor ignores `discriminator`; the variants are tried in their order.",
            "See that the order tells the variants apart, and remove `discriminator` with an action of the overlay.",
        ));
    }
}

fn check_type(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    if let Some(name) = schema.text("type").filter(|name| !TYPES.contains(name)) {
        findings.push(survey.error(
            "preflight/type",
            &schema.pointer.join("type"),
            format!("`{name}` is no type of OpenAPI 3.0."),
            format!("Write one of {}.", TYPES.join(", ")),
        ));
    }
}

fn check_composition(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    let present: Vec<_> = COMPOSITIONS
        .into_iter()
        .filter(|key| schema.has(key))
        .collect();
    let Some(key) = present.first() else {
        return;
    };
    let mut report = |message: String, next: String| {
        let at = schema.pointer.join(key);
        findings.push(survey.error("preflight/composition", &at, message, next));
    };
    for key in &present {
        if schema
            .value
            .get(*key)
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
        {
            report(
                format!("The list of `{key}` is empty."),
                format!("Remove `{key}` with an action of the overlay."),
            );
        }
    }
    if present.len() > 1 {
        report(
            format!(
                "The schema has {} at once.",
                present
                    .iter()
                    .map(|key| format!("`{key}`"))
                    .collect::<Vec<_>>()
                    .join(" and ")
            ),
            "Keep one of them with actions of the overlay.".to_owned(),
        );
        return;
    }
    let constraint = |name: &str| {
        !is_annotation(name)
            && name != *key
            && !matches!(name, "nullable" | "discriminator" | "type" | "not")
    };
    let beside = schema
        .members()
        .map(|(name, _)| name)
        .find(|name| constraint(name));
    match (*key, beside) {
        ("anyOf", Some(beside)) => report(
            format!("The schema has `anyOf` and `{beside}` beside it, of which typify makes variants that drop the members of each other."),
            format!("Move `{beside}` into the variants, or remove `anyOf`, with actions of the overlay."),
        ),
        ("oneOf", Some(_)) => findings.push(survey.warning(
            "preflight/merged-union",
            &schema.pointer.join(key),
            "typify merges this union with what stands beside it into types of its own.",
            "See that the generated types are what is meant, or write them out with actions of the overlay.",
        )),
        _ => {}
    }
}

/// Schemas without `type`: typify infers one only from the members of a single type.
fn check_untyped(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    if schema.has("type")
        || schema.has("not")
        || is_anything(schema)
        || COMPOSITIONS.iter().any(|key| schema.has(key))
    {
        return;
    }
    let mut groups: Vec<_> = schema.members().filter_map(|(key, _)| group(key)).collect();
    groups.sort_unstable();
    groups.dedup();
    let convertible = match groups.as_slice() {
        [] | ["object" | "array" | "enum"] => true,
        ["string"] | ["format", "string"] => !schema.flag("nullable"),
        _ => false,
    };
    if !convertible {
        findings.push(survey.error(
            "preflight/untyped",
            &schema.pointer,
            "The schema has constraints and no `type`, so that typify cannot tell what it is.",
            "Give it a `type` with an action of the overlay.",
        ));
    }
}

fn group(key: &str) -> Option<&'static str> {
    Some(match key {
        "properties" | "required" | "additionalProperties" | "minProperties" | "maxProperties" => {
            "object"
        }
        "items" | "minItems" | "maxItems" | "uniqueItems" => "array",
        "pattern" | "minLength" | "maxLength" => "string",
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => "number",
        "enum" => "enum",
        "format" => "format",
        _ => return None,
    })
}
