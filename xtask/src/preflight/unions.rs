//! Unions: typify makes an untagged enum of most, whose variants serde tries in order. A variant that
//! reads every value of a later one hides it, and what only the later one holds is lost.

use serde_json::json;

use super::schema::type_of;
use super::survey::{Kind, Node, Survey};
use crate::finding::Findings;

mod accepts;
mod anyof;

pub(super) fn check(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    for key in ["oneOf", "anyOf"] {
        let variants = schema.elements_of(key);
        if variants.len() < 2 || is_option(&variants) {
            continue;
        }
        check_required(survey, &variants, findings);
        if key == "anyOf" && !anyof::exclusive(survey, &variants) {
            anyof::check(survey, schema, &variants, findings);
        } else if tag_of(&variants).is_none() {
            check_order(survey, &variants, findings);
        }
    }
}

fn check_order<'a>(survey: &Survey<'a>, variants: &[Node<'a>], findings: &mut Findings) {
    for (index, later) in variants.iter().enumerate() {
        let earlier = variants.iter().take(index);
        let Some(first) = earlier
            .into_iter()
            .find(|earlier| accepts::accepts(survey, earlier, later))
        else {
            continue;
        };
        let finding = survey.error(
            "preflight/union-swallowed",
            &later.pointer,
            format!(
                "{} of the union is never read, because {} before it accepts every value of it.",
                capitalized(&describe(later)),
                describe(first)
            ),
            "Put the stricter variant first, or give the earlier one `required` members, with actions of the overlay.",
        );
        findings.push(finding.related(survey.locate(&first.pointer), "the variant that hides it"));
    }
}

fn describe(variant: &Node<'_>) -> String {
    let name = variant
        .text("$ref")
        .and_then(|reference| reference.rsplit('/').next());
    match (name, variant.text("title").or_else(|| variant.text("type"))) {
        (Some(name), _) | (None, Some(name)) => format!("the variant `{name}`"),
        (None, None) => "a variant".to_owned(),
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Whether typify makes a struct of this `anyOf`, with a flattened field for each variant.
pub(super) fn is_union_struct<'a>(survey: &Survey<'a>, schema: &Node<'a>) -> bool {
    let variants = schema.elements_of("anyOf");
    schema.has("anyOf") && !is_option(&variants) && !anyof::exclusive(survey, &variants)
}

/// Whether the variants are something and null, of which typify makes an `Option`.
fn is_option(variants: &[Node<'_>]) -> bool {
    let is_null = |variant: &Node<'_>| *variant.value == json!({ "enum": [null] });
    matches!(variants, [one, other] if is_null(one) != is_null(other))
}

/// The member by whose value serde tells the variants apart, where typify finds one: then their order
/// does not matter.
///
/// It looks at variants that are written in place only, never through a reference.
pub(super) fn tag_of(variants: &[Node<'_>]) -> Option<String> {
    let tags = |variant: &Node<'_>| -> Vec<(String, String)> {
        let required = variant.texts_of("required");
        let properties = variant.members_of("properties").into_iter();
        properties
            .filter(|(name, _)| required.contains(name))
            .filter_map(|(name, property)| Some((name.to_owned(), constant(&property)?.to_owned())))
            .collect()
    };
    let (first, rest) = variants.split_first()?;
    let names = tags(first).into_iter().map(|(name, _)| name);
    names.into_iter().find(|name| {
        let mut values: Vec<_> = variants
            .iter()
            .filter_map(|variant| tags(variant).into_iter().find(|(tag, _)| tag == name))
            .map(|(_, value)| value)
            .collect();
        values.sort();
        values.dedup();
        values.len() == rest.len() + 1
    })
}

/// The only value of a schema that has just one, a string.
pub(super) fn constant<'a>(schema: &Node<'a>) -> Option<&'a str> {
    match schema.texts_of("enum").as_slice() {
        [only] if !schema.flag("nullable") && matches!(type_of(schema), Some("string")) => {
            Some(only)
        }
        _ => None,
    }
}

/// Required members that a variant does not declare: typify looks them up and panics.
fn check_required<'a>(survey: &Survey<'a>, variants: &[Node<'a>], findings: &mut Findings) {
    for variant in variants {
        let Some(object) = survey.resolve(Kind::Schema, variant) else {
            continue;
        };
        let properties = object.members_of("properties");
        if properties.is_empty() {
            continue;
        }
        for name in object.texts_of("required") {
            if !properties.iter().any(|(property, _)| *property == name) {
                findings.push(survey.error(
                    "preflight/required-undeclared",
                    &object.pointer.join("required"),
                    format!("A variant of a union requires `{name}` and does not declare it."),
                    format!("Declare the property `{name}` with an action of the overlay."),
                ));
            }
        }
    }
}
