//! The forms of schema that typify can convert. It panics on most of the others.

use serde_json::Value;

use super::schema::{COMPOSITIONS, is_annotation, is_anything};
use super::survey::{Kind, Node, Survey};
use crate::finding::Findings;

/// How deep the parts of intersections are followed.
const DEPTH: usize = 16;

const TYPES: [&str; 6] = ["string", "number", "integer", "object", "array", "boolean"];

pub(super) fn check(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    if schema.has("$ref") || !schema.value.is_object() {
        return;
    }
    check_nulls(survey, schema, findings);
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

/// Keywords that are null, which count as absent to `openapiv3` and as present to everybody else.
fn check_nulls(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    for (key, node) in schema.members() {
        if node.value.is_null() && !is_annotation(key) {
            findings.push(survey.error(
                "preflight/null",
                &node.pointer,
                format!("`{key}` of the schema is null."),
                format!("Give `{key}` a value, or remove it, with an action of the overlay."),
            ));
        }
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
        ("oneOf", Some(beside)) if group(beside) != Some("object") => report(
            format!("The schema has `oneOf` and `{beside}` beside it, which typify cannot merge."),
            format!("Move `{beside}` into the variants, or remove it, with actions of the overlay."),
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
fn check_untyped<'a>(survey: &Survey<'a>, schema: &Node<'a>, findings: &mut Findings) {
    if schema.has("not") || is_anything(schema) || schema.has("oneOf") || schema.has("anyOf") {
        return;
    }
    let mut own = schema.members().filter_map(|(key, _)| group(key));
    let mistaken = own.any(|group| matches!(group, "string" | "number"));
    if schema.flag("nullable") && !schema.has("type") && mistaken {
        report_untyped(survey, schema, findings); // progenitor takes it for a list that may be null.
        return;
    }
    let mut groups = Vec::new();
    if collect_groups(survey, schema, DEPTH, &mut groups) {
        return;
    }
    groups.sort_unstable();
    groups.dedup();
    let convertible = matches!(
        groups.as_slice(),
        [] | ["object" | "array" | "enum" | "string"] | ["format", "string"]
    );
    if !convertible {
        report_untyped(survey, schema, findings);
    }
}

fn report_untyped(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    findings.push(survey.error(
        "preflight/untyped",
        &schema.pointer,
        "The schema has constraints and no `type`, so that typify cannot tell what it is.",
        "Give it a `type` with an action of the overlay.",
    ));
}

/// The groups of the keywords in `schema` and in what it is merged with; whether one of them has a type.
fn collect_groups<'a>(
    survey: &Survey<'a>,
    schema: &Node<'a>,
    depth: usize,
    groups: &mut Vec<&'static str>,
) -> bool {
    let Some(schema) = survey.resolve(Kind::Schema, schema).filter(|_| depth > 0) else {
        return true;
    };
    groups.extend(schema.members().filter_map(|(key, _)| group(key)));
    let parts = schema.elements_of("allOf");
    let merged = schema.has("oneOf") || schema.has("anyOf");
    let typed = parts
        .iter()
        .filter(|part| collect_groups(survey, part, depth - 1, groups))
        .count()
        > 0;
    typed || merged || schema.has("type")
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
