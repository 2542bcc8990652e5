//! The names that typify derives for what stands in the variants of a union.

use std::collections::HashSet;

use heck::{ToKebabCase, ToPascalCase};

use super::{Claims, Hint};
use crate::names::{Case, type_case};
use crate::preflight::survey::Node;
use crate::preflight::unions::{adjacent_tag, constant, single_members, tag_of};

impl<'a> Claims<'_, 'a> {
    pub(super) fn variants(&mut self, variants: &[Node<'a>], hint: &Hint<'a>, name: &str) {
        if let Some(members) = single_members(variants) {
            for (member, node) in members {
                self.walk(
                    &node,
                    &Hint::Suggested(format!("{}_{member}", hint.raw())),
                    true,
                );
            }
        } else if let Some((tag, content)) = adjacent_tag(variants) {
            for variant in variants {
                self.content(variant, hint, &tag, &content);
            }
        } else if let Some(tag) = tag_of(variants) {
            for variant in variants {
                let name = variant
                    .text("title")
                    .map_or_else(|| name.to_owned(), |title| type_case(title, Case::Pascal));
                self.properties(variant, &name, Some(&tag));
            }
        } else {
            for (variant, own) in variants.iter().zip(untagged_names(variants)) {
                self.walk(variant, &Hint::Suggested(format!("{name}_{own}")), true);
            }
        }
    }
}

impl<'a> Claims<'_, 'a> {
    /// What stands beside the tag in a variant of an adjacently tagged enum.
    fn content(&mut self, variant: &Node<'a>, hint: &Hint<'a>, tag: &str, content: &str) {
        let property = |name: &str| {
            variant
                .get("properties")
                .and_then(|properties| properties.get(name))
        };
        let (Some(tag), Some(node)) = (property(tag), property(content)) else {
            return;
        };
        let suffix = match hint {
            Hint::Required(_) => content,
            Hint::Suggested(_) => constant(&tag).unwrap_or_default(),
        };
        self.walk(
            &node,
            &Hint::Suggested(format!("{}_{suffix}", hint.raw())),
            true,
        );
    }
}

/// The names of the variants of an untagged enum: those of their types without the words that all begin
/// with, or numbers.
fn untagged_names(variants: &[Node<'_>]) -> Vec<String> {
    let numbered = || {
        (0..variants.len())
            .map(|index| format!("Variant{index}"))
            .collect()
    };
    let Some(names) = variants.iter().map(own_name).collect::<Option<Vec<_>>>() else {
        return numbered();
    };
    if names.iter().collect::<HashSet<_>>().len() < names.len() {
        return numbered();
    }
    let prefix = names
        .iter()
        .cloned()
        .reduce(|one, other| common_prefix(&one, &other))
        .unwrap_or_default();
    let pruned: Option<Vec<_>> = names
        .iter()
        .map(|name| {
            name.get(prefix.len()..)
                .filter(|rest| !rest.is_empty())
                .map(str::to_owned)
        })
        .collect();
    pruned.unwrap_or_else(numbered)
}

fn own_name(variant: &Node<'_>) -> Option<String> {
    if let Some(reference) = variant.text("$ref") {
        return reference
            .rsplit('/')
            .next()
            .map(|name| type_case(name, Case::Pascal));
    }
    let name = match (
        variant.text("title"),
        variant.text("format"),
        variant.text("type"),
    ) {
        (Some(title), _, _) => title.to_owned(),
        (None, Some(format), Some(_)) => format.to_pascal_case(),
        (None, None, Some(name)) => name.to_pascal_case(),
        (None, _, None) => return None,
    };
    Some(type_case(&name, Case::Pascal))
}

fn common_prefix(one: &str, other: &str) -> String {
    let (one, other) = (one.to_kebab_case(), other.to_kebab_case());
    let words = one.split('-').zip(other.split('-'));
    let common: Vec<_> = words
        .take_while(|(one, other)| one == other)
        .map(|(word, _)| word)
        .collect();
    common.join("-").to_pascal_case()
}
