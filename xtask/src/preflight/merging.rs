//! Intersections: typify merges the parts of an `allOf` into one schema, and a union with what stands
//! beside it. Parts that contradict each other become a type without a value, or a variant that is left
//! out, and parts that lead back to themselves keep it busy until the stack overflows.

use super::schema::{COMPOSITIONS, is_annotation};
use super::survey::{Node, Survey};
use crate::finding::{Finding, Findings};
use crate::pointer::Pointer;

mod combinations;
mod expansion;
mod pairs;

use combinations::{Combinations, MAX_COMBINATIONS};
use pairs::Merge;

pub(super) fn check<'a>(survey: &Survey<'a>, schema: &Node<'a>, findings: &mut Findings) {
    if schema.has("$ref") || !merges(schema) {
        return;
    }
    if expansion::expands_into_itself(survey, schema) {
        findings.push(survey.error(
            "preflight/endless-merge",
            &schema.pointer,
            "The schema takes in another one of which it is itself a part, and typify takes that in again and again.",
            "Move the inner schema into a component of its own with actions of the overlay.",
        ));
        return;
    }
    if multiplies(survey, schema) {
        findings.push(too_many_combinations(survey, &schema.pointer));
        return;
    }
    let mut parts = schema.elements_of("allOf");
    if has_constraints(schema) || schema.has("type") {
        parts.push(schema.clone());
    }
    warn_of_union(survey, schema, &parts, findings);
    let mut merge = Merge::new(survey);
    let mut rest = parts.as_slice();
    while let Some((part, others)) = rest.split_first() {
        others.iter().for_each(|other| merge.schemas(part, other));
        rest = others;
    }
    for variant in schema.elements_of("oneOf") {
        merge.schemas(schema, &variant);
    }
    findings.extend(merge.finding);
    check_alternatives(survey, schema, findings);
}

/// Whether merging `schema` multiplies unions to more than anybody waits for.
pub(super) fn multiplies<'a>(survey: &Survey<'a>, schema: &Node<'a>) -> bool {
    Combinations::default().of(survey, schema) > MAX_COMBINATIONS
}

fn too_many_combinations(survey: &Survey<'_>, pointer: &Pointer) -> Finding {
    survey.error(
        "preflight/endless-merge",
        pointer,
        format!(
            "typify would merge each variant of a union with each of another, more than {MAX_COMBINATIONS} combinations in all."
        ),
        "Replace one of the unions by a component with the schema `{}` with actions of the overlay.",
    )
}

/// A variant that every value of the schema is one of: `oneOf` then excludes all others.
fn check_alternatives<'a>(survey: &Survey<'a>, schema: &Node<'a>, findings: &mut Findings) {
    let parts = schema.elements_of("allOf").into_iter();
    let mut parts: Vec<_> = parts
        .filter_map(|part| survey.plain_schema(&part))
        .collect();
    parts.push(schema.clone());
    let required: Vec<_> = parts
        .iter()
        .flat_map(|part| part.texts_of("required"))
        .collect();
    let always = |variant: &&Node<'_>| {
        variant
            .members()
            .all(|(key, _)| key == "required" || key == "type" || is_annotation(key))
            && variant
                .texts_of("required")
                .iter()
                .all(|name| required.contains(name))
    };
    for variants in parts.iter().map(|part| part.elements_of("oneOf")) {
        if let Some(variant) = variants.iter().find(always).filter(|_| variants.len() > 1) {
            findings.push(survey.error(
                "preflight/all-of-empty",
                &variant.pointer,
                "This variant of `oneOf` holds for every value of the schema, so that no value is one of the others.",
                "Remove the variant, or what it requires from the schema itself, with an action of the overlay.",
            ));
        }
    }
}

/// Whether typify merges `schema` with what it is composed of. A single part with nothing beside it
/// stays what it is.
pub(super) fn merges(schema: &Node<'_>) -> bool {
    let parts = |key: &str| schema.elements_of(key).len();
    let composed = COMPOSITIONS.iter().any(|key| parts(key) > 0);
    parts("allOf") > 1 || (composed && has_constraints(schema))
}

/// Whether `schema` says more about its values than their type and what they are composed of.
fn has_constraints(schema: &Node<'_>) -> bool {
    schema.members().any(|(key, _)| {
        let harmless = is_annotation(key) || matches!(key, "type" | "nullable" | "discriminator");
        !harmless && !COMPOSITIONS.contains(&key)
    })
}

/// A union among several parts, which typify multiplies out.
fn warn_of_union<'a>(
    survey: &Survey<'a>,
    schema: &Node<'a>,
    parts: &[Node<'a>],
    findings: &mut Findings,
) {
    let union = |part: &Node<'a>| {
        let part = survey.plain_schema(part);
        part.is_some_and(|part| part.has("oneOf") || part.has("anyOf"))
    };
    if parts.len() > 1 && parts.iter().any(union) {
        findings.push(survey.warning(
            "preflight/merged-union",
            &schema.pointer.join("allOf"),
            "typify merges this union with what stands beside it into types of its own.",
            "See that the generated types are what is meant, or write them out with actions of the overlay.",
        ));
    }
}
