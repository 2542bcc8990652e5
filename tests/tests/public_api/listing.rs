//! The public API of a crate as text.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Item, ItemImpl, Path, Type, parse_quote};

use super::bare::{Bare, PRIVATE, names};
use super::modules::{Meaning, Modules, parts};
use super::reach::Reach;

/// A paragraph of the listing: an item, and the `impl` blocks that belong to it.
#[derive(Default)]
struct Paragraph {
    conditions: Vec<String>,
    item: String,
    /// The blocks by their heads and their conditions beyond those of the item.
    impls: BTreeMap<(String, String), ItemImpl>,
}

/// The public API of the crate whose files `read` gives by their paths below `src`.
///
/// Each path has a paragraph, and each item is described once, under its shortest path.
pub(crate) fn public_api(read: &dyn Fn(&str) -> Option<String>) -> String {
    let modules = Modules::read(read);
    let reach = Reach::of(&modules);
    let mut paragraphs = BTreeMap::new();
    for (meaning, paths) in &reach.0 {
        let main = reach.main_path(meaning).unwrap_or_default();
        for (path, conditions) in paths {
            let item = match meaning {
                Meaning::Outside(names) => format!("pub use {};\n", names.join("::")),
                _ if main != path => format!("pub use {main};\n"),
                Meaning::Module(_) => "pub mod;\n".to_owned(),
                Meaning::Item(..) => String::new(),
            };
            let paragraph = Paragraph {
                conditions: conditions.clone(),
                item,
                ..Paragraph::default()
            };
            paragraphs.insert((path.clone(), meaning.clone()), paragraph);
        }
    }
    describe(&modules, &reach, &mut paragraphs);
    let mut listing = String::new();
    for ((path, _), paragraph) in paragraphs {
        let conditions = paragraph.conditions.iter();
        let conditions: String = conditions.map(|it| format!(" #[{it}]")).collect();
        listing += &format!("// {path}{conditions}\n{}", paragraph.item);
        for ((_, conditions), mut block) in paragraph.impls {
            block.items.sort_by_key(|item| quote!(#item).to_string());
            listing += &(conditions + &written(&block));
        }
        listing.push('\n');
    }
    listing + &macros(&modules)
}

/// Adds the text of every item and of every `impl` block that others can name.
fn describe(
    modules: &Modules,
    reach: &Reach,
    paragraphs: &mut BTreeMap<(String, Meaning), Paragraph>,
) {
    for (at, module) in modules.0.iter().enumerate() {
        for item in &module.items {
            let owner = match (item, parts(item).2) {
                (Item::Impl(block), _) => owner(modules, reach, at, block),
                (Item::Mod(_) | Item::Use(_), _) | (_, None) => continue,
                (_, Some(name)) => Meaning::Item(at, name.to_string()),
            };
            let path = match &owner {
                Meaning::Outside(_) => "~ of types of other crates",
                owner => match reach.main_path(owner) {
                    Some(path) => path,
                    None => continue,
                },
            };
            let mut item = item.clone();
            let mut bare = Bare {
                modules,
                reach,
                module: at,
            };
            bare.visit_item_mut(&mut item);
            let paragraph = paragraphs.entry((path.to_owned(), owner)).or_default();
            let conditions = module.conditions.iter();
            let more = conditions.filter(|it| !paragraph.conditions.contains(it));
            let more: String = more.map(|it| format!("#[{it}]\n")).collect();
            match item {
                // What nobody can name is no API.
                Item::Impl(block) if block.trait_.is_some() && is_private(&block) => {}
                Item::Impl(block) if block.trait_.is_none() && block.items.is_empty() => {}
                Item::Impl(block) => {
                    let mut head = block.clone();
                    head.items.clear();
                    let all = paragraph
                        .impls
                        .entry((written(&head), more))
                        .or_insert(head);
                    all.items.extend(block.items);
                }
                item => paragraph.item = more + &written(&item),
            }
        }
    }
}

fn written(item: &impl ToTokens) -> String {
    prettyplease::unparse(&parse_quote!(#item))
}

fn is_private(block: &ItemImpl) -> bool {
    written(block).contains(&format!("{PRIVATE}::"))
}
/// The item that an `impl` belongs to: the type, or else the trait.
fn owner(modules: &Modules, reach: &Reach, module: usize, block: &ItemImpl) -> Meaning {
    let item = |path: &Path| {
        let (meaning, _) = reach.resolve(modules, module, &names(path))?;
        matches!(meaning, Meaning::Item(..)).then_some(meaning)
    };
    let of_type = match &*block.self_ty {
        Type::Reference(of) => &*of.elem,
        of => of,
    };
    let of_type = match of_type {
        Type::Path(of) => item(&of.path),
        _ => None,
    };
    let of_trait = block.trait_.as_ref();
    let found = of_type.or_else(|| item(&of_trait?.0));
    found.unwrap_or(Meaning::Outside(Vec::new()))
}

/// The macros of the crate that make items, and what they are called with.
fn macros(modules: &Modules) -> String {
    let items = modules.0.iter().flat_map(|module| &module.items);
    let macros = items.filter_map(|item| match item {
        Item::Macro(it) => Some((it, without_bodies(it.mac.tokens.clone()).to_string())),
        _ => None,
    });
    let makes_items = |text: &str| text.contains("pub ") || text.contains("impl ");
    let rules = macros.clone().filter(|(_, text)| makes_items(text));
    let rules: BTreeSet<String> = rules
        .filter_map(|(it, _)| Some(it.ident.as_ref()?.to_string()))
        .collect();
    let mut lines = BTreeSet::new();
    for (it, text) in macros {
        let name = it
            .ident
            .as_ref()
            .or(it.mac.path.segments.last().map(|it| &it.ident));
        let name = name.map(ToString::to_string).unwrap_or_default();
        if rules.contains(&name) || makes_items(&text) {
            let kind = if it.ident.is_some() {
                "macro_rules! "
            } else {
                ""
            };
            let text = text.replace(" :: ", "::").replace("$ ", "$");
            lines.insert(format!("{kind}{name}! {{ {text} }}\n"));
        }
    }
    format!("// made by macros\n{}", Vec::from_iter(lines).concat())
}

/// Tokens without documentation and without the bodies of functions.
fn without_bodies(tokens: TokenStream) -> TokenStream {
    let (mut kept, mut in_signature): (Vec<TokenTree>, _) = (Vec::new(), false);
    for token in tokens {
        let TokenTree::Group(group) = token else {
            in_signature |= token.to_string() == "fn";
            kept.push(token);
            continue;
        };
        let first = group.stream().into_iter().next();
        if first.is_some_and(|it| it.to_string() == "doc") {
            kept.pop();
        } else if in_signature && group.delimiter() == Delimiter::Brace {
            in_signature = false;
            kept.extend("{}".parse::<TokenStream>().expect("tokens"));
        } else {
            kept.push(Group::new(group.delimiter(), without_bodies(group.stream())).into());
        }
    }
    kept.into_iter().collect()
}
