//! Unions that typify makes a tagged enum of, which serde reads by the tag and not by trial.

use std::collections::{BTreeSet, HashSet};

use crate::finding::Findings;
use crate::preflight::schema::type_of;
use crate::preflight::survey::{Node, Survey};
use crate::preflight::variant_names::variant_names;

/// Tags that become the same variant, for which typify panics.
pub(super) fn check(survey: &Survey<'_>, variants: &[Node<'_>], findings: &mut Findings) {
    let Err(clashing) = variant_names(&values(variants)) else {
        return;
    };
    let Some(variant) = variants.last() else {
        return;
    };
    let clashing: Vec<_> = clashing.iter().map(|value| format!("`{value}`")).collect();
    findings.push(survey.error(
        "preflight/union-tags",
        &variant.pointer,
        format!("The tags {} of the union become the same variant.", clashing.join(", ")),
        "Remove all but one of these variants, or give them different tags, with actions of the overlay.",
    ));
}

/// What tells the variants of a tagged enum apart; nothing for an untagged one.
fn values<'a>(variants: &[Node<'a>]) -> Vec<&'a str> {
    if single_members(variants).is_some() {
        let names = |variant: &Node<'a>| {
            let members = variant
                .members_of("properties")
                .into_iter()
                .map(|(name, _)| name);
            members.chain(variant.texts_of("enum")).collect::<Vec<_>>()
        };
        return variants.iter().flat_map(names).collect();
    }
    let tag = adjacent_tag(variants)
        .map(|(tag, _)| tag)
        .or_else(|| tag_of(variants));
    let Some(tag) = tag else {
        return Vec::new();
    };
    let value = |variant: &Node<'a>| constant(&variant.get("properties")?.get(&tag)?);
    variants.iter().filter_map(value).collect()
}

/// The member by whose value serde tells the variants apart, where typify finds one: then their order
/// does not matter.
///
/// It looks at variants that are written in place only, never through a reference.
pub(in crate::preflight) fn tag_of(variants: &[Node<'_>]) -> Option<String> {
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

/// The members that tell the variants apart, where each variant is an object with one required member
/// and nothing else, or an enum of strings: an externally tagged enum.
pub(in crate::preflight) fn single_members<'a>(
    variants: &[Node<'a>],
) -> Option<Vec<(&'a str, Node<'a>)>> {
    let mut members = Vec::new();
    for variant in variants {
        if variant.has("enum") {
            continue;
        }
        let properties = variant.members_of("properties");
        let [(name, node)] = properties.as_slice() else {
            return None;
        };
        let open = variant
            .value
            .get("additionalProperties")
            .is_some_and(|rest| rest != false);
        if open || variant.texts_of("required") != [*name] || variant.flag("nullable") {
            return None;
        }
        members.push((*name, node.clone()));
    }
    let names: HashSet<_> = members.iter().map(|(name, _)| *name).collect();
    (names.len() == members.len() && !members.is_empty()).then_some(members)
}

/// The only value of a schema that has just one, a string.
pub(in crate::preflight) fn constant<'a>(schema: &Node<'a>) -> Option<&'a str> {
    match schema.texts_of("enum").as_slice() {
        [only] if !schema.flag("nullable") && matches!(type_of(schema), Some("string")) => {
            Some(only)
        }
        _ => None,
    }
}

/// The tag and the content of an adjacently tagged enum: each variant is an object with a constant, the
/// same in all, and at most one further member, and all members are required.
pub(in crate::preflight) fn adjacent_tag(variants: &[Node<'_>]) -> Option<(String, String)> {
    let mut tags: Option<BTreeSet<&str>> = None;
    let mut members = BTreeSet::new();
    for variant in variants {
        let properties = variant.members_of("properties");
        let open = variant
            .value
            .get("additionalProperties")
            .is_some_and(|rest| rest != false);
        if open || variant.has("$ref") || properties.len() != variant.texts_of("required").len() {
            return None;
        }
        let constants = properties
            .iter()
            .filter(|(_, node)| constant(node).is_some());
        let constants: BTreeSet<_> = constants.map(|(name, _)| *name).collect();
        tags = Some(tags.map_or_else(|| constants.clone(), |tags| &tags & &constants));
        members.extend(properties.iter().map(|(name, _)| *name));
    }
    let tag = tags.filter(|tags| tags.len() == 1)?.pop_first()?;
    let content = members
        .iter()
        .find(|name| **name != tag)
        .filter(|_| members.len() == 2)?;
    Some((tag.to_owned(), (*content).to_owned()))
}
