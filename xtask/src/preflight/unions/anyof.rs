//! `anyOf` whose variants do not exclude each other: typify makes a struct with one flattened, optional
//! field for each variant, which serde can read and write only where every variant is an object.

use std::collections::BTreeSet;

use super::constant;
use crate::finding::Findings;
use crate::preflight::schema::type_of;
use crate::preflight::survey::{Kind, Node, Survey};

pub(super) fn check<'a>(
    survey: &Survey<'a>,
    schema: &Node<'a>,
    variants: &[Node<'a>],
    findings: &mut Findings,
) {
    let flat = |variant: &Node<'a>| {
        survey
            .plain_schema(variant)
            .is_none_or(|plain| type_of(&plain) == Some("object") && !plain.has("nullable"))
    };
    if let Some(odd) = variants.iter().find(|variant| !flat(variant)) {
        let finding = survey.error(
            "preflight/any-of",
            &schema.pointer.join("anyOf"),
            "The variants of `anyOf` do not exclude each other and are not all objects, so that no value of them can be read or written.",
            "Replace `anyOf` by `oneOf`, the strictest variant first, with actions of the overlay.",
        );
        findings.push(finding.related(
            survey.locate(&odd.pointer),
            "a variant that is no plain object",
        ));
    } else if schema.has("default") {
        findings.push(survey.error(
            "preflight/any-of",
            &schema.pointer.join("default"),
            "The `anyOf` has a default, for which typify panics.",
            "Remove the default with an action of the overlay.",
        ));
    } else {
        findings.push(survey.warning(
            "preflight/any-of-struct",
            &schema.pointer.join("anyOf"),
            "The variants of `anyOf` may hold at once, so the generated type has a field for each; one that cannot be read is left out without a word.",
            "Replace `anyOf` by `oneOf`, the strictest variant first, or by one schema that has all their properties, with actions of the overlay.",
        ));
    }
}

/// Whether typify sees that no value is valid for two of the variants, and makes an enum.
pub(super) fn exclusive<'a>(survey: &Survey<'a>, variants: &[Node<'a>]) -> bool {
    let resolved: Vec<_> = variants
        .iter()
        .filter_map(|variant| survey.resolve(Kind::Schema, variant))
        .collect();
    let mut rest = resolved.as_slice();
    while let Some((one, others)) = rest.split_first() {
        if !others.iter().all(|other| exclude(one, other)) {
            return false;
        }
        rest = others;
    }
    resolved.len() == variants.len()
}

fn exclude(one: &Node<'_>, other: &Node<'_>) -> bool {
    let (Some(left), Some(right)) = (one.text("type"), other.text("type")) else {
        return false;
    };
    if one.flag("nullable") && other.flag("nullable") {
        return false;
    }
    match (left, right) {
        ("object", "object") => objects_exclude(one, other),
        ("array", "array") => match (one.get("items"), other.get("items")) {
            (Some(one), Some(other)) => exclude(&one, &other),
            _ => false,
        },
        _ => left != right,
    }
}

fn objects_exclude(one: &Node<'_>, other: &Node<'_>) -> bool {
    let names = |node: &Node<'_>| -> BTreeSet<String> {
        node.members_of("properties")
            .into_iter()
            .map(|(name, _)| name.to_owned())
            .collect()
    };
    let required = |node: &Node<'_>| -> BTreeSet<String> {
        node.texts_of("required")
            .into_iter()
            .map(str::to_owned)
            .collect()
    };
    let (one_names, other_names) = (names(one), names(other));
    if one_names.is_empty() || other_names.is_empty() {
        return false;
    }
    if !required(one).is_subset(&other_names) || !required(other).is_subset(&one_names) {
        return true;
    }
    let constants = |node: &Node<'_>| -> BTreeSet<(String, String)> {
        let required = required(node);
        let properties = node.members_of("properties").into_iter();
        properties
            .filter(|(name, _)| required.contains(*name))
            .filter_map(|(name, property)| Some((name.to_owned(), constant(&property)?.to_owned())))
            .collect()
    };
    let (one, other) = (constants(one), constants(other));
    !one.is_subset(&other) && !other.is_subset(&one)
}
