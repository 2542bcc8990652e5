//! What `impl` blocks add to the items of a crate, wherever they stand.

use std::collections::BTreeSet;

use syn::{ImplItem, Item, ItemImpl, Path, Type, Visibility};

use super::listing::{View, conditional};
use super::marks::marks;
use super::resolve::Meaning;
use super::source::conditions;
use super::text::PRIVATE;

/// All methods and trait implementations, each with the item that it belongs to: the type, or else the trait. Of
/// neither this crate's, it belongs to none.
pub(crate) fn members(view: View<'_>) -> Vec<(Option<Meaning>, String)> {
    let mut members = Vec::new();
    for (at, module) in view.found.modules.iter().enumerate() {
        for item in &module.items {
            let Item::Impl(block) = item else {
                continue;
            };
            let mut needed: BTreeSet<String> = module.conditions.iter().cloned().collect();
            needed.extend(conditions(&block.attrs));
            let unconditional = block.attrs.iter().filter(|it| !it.path().is_ident("cfg"));
            let marks = format!("{}{}", conditional(&needed), marks(unconditional));
            let found = match &block.trait_ {
                Some((path, _)) => of_trait(view, at, block, path).into_iter().collect(),
                None => inherent(view, at, block),
            };
            members.extend(
                found
                    .into_iter()
                    .map(|(owner, text)| (owner, format!("{marks}{text}"))),
            );
        }
    }
    members
}

/// An implementation of a trait; nothing if nobody can name the trait or the type.
fn of_trait(
    view: View<'_>,
    module: usize,
    block: &ItemImpl,
    path: &Path,
) -> Option<(Option<Meaning>, String)> {
    let mut head = block.clone();
    head.attrs.clear();
    head.items.clear();
    if view
        .writer(module)
        .item(Item::Impl(head.clone()))
        .contains(PRIVATE)
    {
        return None;
    }
    head.items = block.items.clone();
    head.items.retain_mut(|item| match item {
        ImplItem::Type(it) => {
            it.attrs.clear();
            true
        }
        _ => false,
    });
    let text = view.writer(module).item(Item::Impl(head));
    let owner = type_meaning(view, module, &block.self_ty).or_else(|| local(view, module, path));
    Some((owner, text.trim_end_matches(" {}").to_owned()))
}

/// The public methods and constants of a type.
fn inherent(view: View<'_>, module: usize, block: &ItemImpl) -> Vec<(Option<Meaning>, String)> {
    let mut writer = view.writer(module);
    let Some(owner) = type_meaning(view, module, &block.self_ty) else {
        return Vec::new();
    };
    let mut members = Vec::new();
    for item in &block.items {
        let (vis, attributes, text) = match item {
            ImplItem::Fn(it) => (&it.vis, &it.attrs, writer.signature(&it.sig)),
            ImplItem::Const(it) => {
                let text = format!("const {}: {}", it.ident, writer.of_type(&it.ty));
                (&it.vis, &it.attrs, text)
            }
            _ => continue,
        };
        if matches!(vis, Visibility::Public(_)) {
            let text = format!(
                "{}pub {text}{}",
                marks(attributes),
                only_for(view, module, block)
            );
            members.push((Some(owner.clone()), text));
        }
    }
    members
}

/// For which of its types a generic type has a method, if not for all of them.
fn only_for(view: View<'_>, module: usize, block: &ItemImpl) -> String {
    let generics = &block.generics;
    let is_bound = generics.type_params().any(|it| !it.bounds.is_empty());
    let is_special = generics.type_params().count() == 0 && has_types(&block.self_ty);
    if !is_bound && !is_special && generics.where_clause.is_none() {
        return String::new();
    }
    let mut head = block.clone();
    head.items.clear();
    head.attrs.clear();
    let head = view.writer(module).item(Item::Impl(head));
    format!(" in {}", head.trim_end_matches(" {}"))
}

/// Whether a type has other types as arguments.
fn has_types(of: &Type) -> bool {
    let Type::Path(of) = of else {
        return false;
    };
    let last = of.path.segments.last().map(|last| &last.arguments);
    let Some(syn::PathArguments::AngleBracketed(arguments)) = last else {
        return false;
    };
    arguments
        .args
        .iter()
        .any(|it| matches!(it, syn::GenericArgument::Type(_)))
}

/// The item of this crate that a type is, if it is one.
fn type_meaning(view: View<'_>, module: usize, of: &Type) -> Option<Meaning> {
    match of {
        Type::Path(of) => local(view, module, &of.path),
        Type::Reference(of) => type_meaning(view, module, &of.elem),
        _ => None,
    }
}

fn local(view: View<'_>, module: usize, path: &Path) -> Option<Meaning> {
    let names: Vec<String> = path
        .segments
        .iter()
        .map(|it| it.ident.to_string())
        .collect();
    let meanings = view.found.resolve(module, &names);
    meanings
        .into_iter()
        .find(|meaning| matches!(meaning, Meaning::Item(..)))
}
