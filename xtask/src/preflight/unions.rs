//! Unions: typify makes an untagged enum of most, whose variants serde tries in order. A variant that
//! reads every value of a later one hides it, and what only the later one holds is lost.

use serde_json::json;

use super::schema::is_annotation;
use super::survey::{Kind, Node, Survey};
use crate::finding::Findings;

mod accepts;
mod anyof;
mod tags;

pub(super) use tags::{adjacent_tag, constant, single_members, tag_of};

pub(super) fn check(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    for key in ["oneOf", "anyOf"] {
        let variants = schema.elements_of(key);
        if variants.len() < 2 || is_option(&variants) {
            continue;
        }
        check_required(survey, &variants, findings);
        warn_of_closed(survey, &variants, findings);
        if key == "anyOf" && !anyof::exclusive(survey, &variants) {
            anyof::check(survey, schema, &variants, findings);
        } else {
            tags::check(survey, &variants, findings);
            if tag_of(&variants).is_none() {
                check_order(survey, &variants, findings);
            }
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

/// Variants told apart by their only member: serde reads them as an externally tagged enum, which has
/// room for no other member, now or later.
fn warn_of_closed(survey: &Survey<'_>, variants: &[Node<'_>], findings: &mut Findings) {
    let open = |variant: &&Node<'_>| !variant.has("enum") && !variant.has("additionalProperties");
    let members = single_members(variants);
    if let (Some(_), Some(variant)) = (members, variants.iter().find(open)) {
        findings.push(survey.warning(
            "preflight/union-closed",
            &variant.pointer,
            "The variants of the union are told apart by their only members, and the generated type refuses every further member.",
            "Move the variants into components with actions of the overlay, so that further members are skipped.",
        ));
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
    optional(variants).is_some()
}

/// The only variant that is not null, where there is a null among them.
pub(super) fn optional<'v, 'a>(variants: &'v [Node<'a>]) -> Option<&'v Node<'a>> {
    let is_null = |variant: &&Node<'_>| {
        variant.value.get("enum") == Some(&json!([null]))
            && variant
                .members()
                .all(|(key, _)| key == "enum" || is_annotation(key))
    };
    let mut others = variants.iter().filter(|variant| !is_null(variant));
    let only = others.next()?;
    (others.next().is_none() && variants.len() > 1).then_some(only)
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
