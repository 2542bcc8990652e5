//! Reads the types: what they hold, how they are written, and what they can do.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;
use syn::punctuated::Punctuated;
use syn::{Attribute, Fields, ImplItem, Item, ItemImpl, Meta, Token, Visibility};

use super::code::{self, Code, plain, text};
use super::{Api, Placed, take};

/// A type of requests or answers.
#[derive(Clone, Debug)]
pub struct Type {
    /// The kind.
    pub shape: Shape,
    /// Fields or variants by name.
    pub members: IndexMap<String, Member>,
    /// Traits and functions that it has, with the signatures of the functions.
    pub abilities: BTreeMap<String, String>,
    /// `true` if it is `#[non_exhaustive]`.
    pub open: bool,
    /// The names in its definition.
    pub names: BTreeSet<String>,
    /// All of its code, with its `impl`s and its builder.
    pub code: Code,
}

/// The kind of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// With named fields.
    Struct,
    /// With fields that have no names.
    Newtype,
    /// With variants.
    Enum,
    /// Another name.
    Alias,
}

impl Shape {
    /// The noun for it, with its article.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Struct => "a struct",
            Self::Newtype => "a newtype",
            Self::Enum => "an enum",
            Self::Alias => "an alias",
        }
    }
}

/// A field or a variant.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its type; of a variant, what it holds.
    pub holds: String,
    /// Its name on the wire.
    pub name: String,
    /// Other names by which it is read.
    pub aliases: Vec<String>,
    /// The attributes by which it is written and read, beside its names.
    pub serde: String,
    /// `true` if it is deprecated.
    pub deprecated: bool,
    /// The documentation.
    pub description: String,
}

/// Takes the module `types` into the API.
pub(super) fn read(items: &mut Vec<Placed>, api: &mut Api) {
    let defaults = take(items, |placed| match &placed.item {
        Item::Fn(function) if placed.module == ["types", "defaults"] => {
            Some(function.sig.ident.to_string())
        }
        _ => None,
    });
    let defaults = defaults
        .into_iter()
        .map(|(name, item)| (format!("defaults::{name}"), text(&item)));
    let defaults = defaults.collect();
    for placed in items.iter().filter(|placed| placed.module == ["types"]) {
        api.types.extend(definition(&placed.item, &defaults));
    }
    // The declarations of the two modules beside the types say nothing of their own.
    take(items, |placed| match &placed.item {
        Item::Mod(_) if placed.module == ["types"] => Some(()),
        _ => None,
    });
    let known: BTreeSet<String> = api.types.keys().cloned().collect();
    let parts = take(items, |placed| {
        let is_builder = placed.module == ["types", "builder"];
        let of_type = is_builder || placed.module == ["types"];
        let name = of_type.then(|| owner(&placed.item, &known))??;
        Some((name, is_builder))
    });
    for ((name, is_builder), item) in parts {
        if let Some(found) = api.types.get_mut(&name) {
            found.code.code.push_str(&Code::of(&item).code);
            if let (Item::Impl(item), false) = (&item, is_builder) {
                ability(item, &name, &mut found.abilities);
            }
        }
    }
}

/// The type that an item belongs to: `impl From<Pet> for String` belongs to `Pet`.
fn owner(item: &Item, known: &BTreeSet<String>) -> Option<String> {
    let name = match item {
        Item::Impl(item) => {
            let own = code::self_type(item).filter(|name| known.contains(name));
            own.or_else(|| code::names(&item.trait_.as_ref()?.0).find(|name| known.contains(name)))?
        }
        item => code::name(item),
    };
    known.contains(&name).then_some(name)
}

fn definition(item: &Item, defaults: &HashMap<String, String>) -> Option<(String, Type)> {
    let (ident, attributes, shape, members) = match item {
        Item::Struct(item) => {
            let shape = match item.fields {
                Fields::Named(_) => Shape::Struct,
                Fields::Unnamed(_) | Fields::Unit => Shape::Newtype,
            };
            (
                &item.ident,
                &item.attrs,
                shape,
                fields(&item.fields, defaults),
            )
        }
        Item::Enum(item) => {
            let members = item.variants.iter().map(|variant| {
                let holds = match &variant.fields {
                    Fields::Unit => String::new(),
                    fields => plain(fields),
                };
                let name = variant.ident.to_string();
                (name.clone(), member(name, holds, &variant.attrs, defaults))
            });
            (&item.ident, &item.attrs, Shape::Enum, members.collect())
        }
        Item::Type(item) => {
            let member = member("0".to_owned(), plain(&item.ty), &[], defaults);
            let members = IndexMap::from([("0".to_owned(), member)]);
            (&item.ident, &item.attrs, Shape::Alias, members)
        }
        _ => return None,
    };
    let derives = arguments::<syn::Path>(attributes, "derive").into_iter();
    let derives = derives.filter_map(|path| Some(path.segments.last()?.ident.to_string()));
    let found = Type {
        shape,
        members,
        abilities: derives.map(|name| (name, String::new())).collect(),
        open: code::has(attributes, "non_exhaustive"),
        names: code::names(item).collect(),
        code: Code {
            code: String::new(),
            ..Code::of(item)
        },
    };
    Some((ident.to_string(), found))
}

fn fields(fields: &Fields, defaults: &HashMap<String, String>) -> IndexMap<String, Member> {
    let fields = fields.iter().enumerate().map(|(at, field)| {
        let name = field
            .ident
            .as_ref()
            .map_or_else(|| at.to_string(), ToString::to_string);
        (
            name.clone(),
            member(name, plain(&field.ty), &field.attrs, defaults),
        )
    });
    fields.collect()
}

fn member(
    name: String,
    holds: String,
    attributes: &[Attribute],
    defaults: &HashMap<String, String>,
) -> Member {
    let mut found = Member {
        holds,
        name: name
            .trim_start_matches("r#")
            .trim_end_matches('_')
            .to_owned(),
        aliases: Vec::new(),
        serde: String::new(),
        deprecated: code::has(attributes, "deprecated"),
        description: code::description(attributes),
    };
    for meta in arguments::<Meta>(attributes, "serde") {
        let value = match &meta {
            Meta::NameValue(pair) => code::literal(&pair.value),
            _ => None,
        };
        match value {
            Some(name) if meta.path().is_ident("rename") => found.name = name,
            Some(name) if meta.path().is_ident("alias") => found.aliases.push(name),
            value => {
                found.serde.push_str(&text(&meta));
                // What a missing field becomes stands in a function beside the types.
                let default = value.filter(|_| meta.path().is_ident("default"));
                found
                    .serde
                    .extend(default.and_then(|path| defaults.get(&path).cloned()));
            }
        }
    }
    found
}

/// Returns the contents of the parentheses of the attributes of this name.
fn arguments<T: syn::parse::Parse>(attributes: &[Attribute], name: &str) -> Vec<T> {
    let named = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident(name));
    let lists = named.filter_map(|attribute| {
        attribute
            .parse_args_with(Punctuated::<T, Token![,]>::parse_terminated)
            .ok()
    });
    lists.flatten().collect()
}

/// Adds what an `impl` lets a type do.
fn ability(item: &ItemImpl, owner: &str, abilities: &mut BTreeMap<String, String>) {
    let Some((path, _)) = &item.trait_ else {
        let functions = item.items.iter().filter_map(|item| match item {
            ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => {
                Some(&function.sig)
            }
            _ => None,
        });
        abilities.extend(functions.map(|sig| (format!("{}()", sig.ident), code::signature(sig))));
        return;
    };
    // Whether serde's traits are derived or written out makes no difference to a caller.
    let of_serde = path
        .segments
        .first()
        .is_some_and(|first| first.ident == "serde");
    let last = path.segments.last().map(|last| last.ident.to_string());
    let mut name = last.filter(|_| of_serde).unwrap_or_else(|| plain(path));
    if code::self_type(item).as_deref() != Some(owner) {
        name = format!("{name} for {}", plain(&item.self_ty));
    }
    abilities.insert(name.trim_start_matches("::std::").to_owned(), String::new());
}
