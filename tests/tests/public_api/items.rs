//! What there is to say about an item: its head, its fields or variants, and what it derives.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Fields, Generics, Item, Meta, Token, TraitItem, Visibility};

use super::listing::View;
use super::marks::{compact, marks};
use super::source::attributes;

/// What there is to say about one path.
#[derive(Default)]
pub(crate) struct Block {
    pub(crate) title: String,
    /// Fields, variants and the like, in their order.
    pub(crate) parts: Vec<String>,
    /// Methods and traits.
    pub(crate) members: BTreeSet<String>,
}

impl Block {
    pub(crate) fn of(title: String) -> Self {
        Self {
            title,
            ..Self::default()
        }
    }
}

/// The block of an item that others reach by `path`, without the conditions under which it is compiled.
pub(crate) fn block(view: View<'_>, module: usize, item: &Item, path: &str) -> Block {
    let mut writer = view.writer(module);
    let unconditional = attributes(item)
        .iter()
        .filter(|it| !it.path().is_ident("cfg"));
    let marks = marks(unconditional);
    let mut block = Block::default();
    block.title = match item {
        Item::Struct(it) => {
            block.parts = fields(view, module, &it.fields);
            block.members = derived(view, module, &it.attrs, path, &it.generics);
            format!("{marks}pub struct {path}{}", writer.generics(&it.generics))
        }
        Item::Enum(it) => {
            block.parts = it
                .variants
                .iter()
                .map(|it| variant(view, module, it))
                .collect();
            block.members = derived(view, module, &it.attrs, path, &it.generics);
            format!("{marks}pub enum {path}{}", writer.generics(&it.generics))
        }
        Item::Trait(it) => {
            block.parts = it
                .items
                .iter()
                .filter_map(|it| of_trait(view, module, it))
                .collect();
            let mut head = it.clone();
            head.items.clear();
            head.attrs.clear();
            let head = writer.item(Item::Trait(head));
            format!("{marks}{}", renamed(&head, "trait", &it.ident, path))
        }
        Item::Fn(it) => {
            let signature = writer.signature(&it.sig);
            format!(
                "{marks}pub {}",
                renamed(&signature, "fn", &it.sig.ident, path)
            )
        }
        Item::Const(it) => format!("{marks}pub const {path}: {}", writer.of_type(&it.ty)),
        Item::Static(it) => format!("{marks}pub static {path}: {}", writer.of_type(&it.ty)),
        Item::Type(it) => {
            let generics = writer.generics(&it.generics);
            format!(
                "{marks}pub type {path}{generics} = {}",
                writer.of_type(&it.ty)
            )
        }
        Item::Union(_) => format!("{marks}pub union {path}"),
        _ => format!("{marks}macro_rules! {}", path.trim_end_matches('!')),
    };
    block
}

/// The head of an item with its path in the place of its name.
fn renamed(head: &str, keyword: &str, name: &syn::Ident, path: &str) -> String {
    let head = head.trim_end_matches(" {}");
    head.replacen(
        &format!("{keyword} {name}"),
        &format!("{keyword} {path}"),
        1,
    )
}

fn fields(view: View<'_>, module: usize, fields: &Fields) -> Vec<String> {
    let mut parts = Vec::new();
    let mut has_private = false;
    for (at, field) in fields.iter().enumerate() {
        if matches!(field.vis, Visibility::Public(_)) {
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| at.to_string(), ToString::to_string);
            let of_type = view.writer(module).of_type(&field.ty);
            parts.push(format!("{}pub {name}: {of_type}", marks(&field.attrs)));
        } else {
            has_private = true;
        }
    }
    parts.extend(has_private.then(|| "private fields".to_owned()));
    parts
}

fn variant(view: View<'_>, module: usize, variant: &syn::Variant) -> String {
    let fields = variant.fields.iter().map(|field| {
        let name = field.ident.as_ref().map(|name| format!("{name}: "));
        let of_type = view.writer(module).of_type(&field.ty);
        format!(
            "{}{}{of_type}",
            marks(&field.attrs),
            name.unwrap_or_default()
        )
    });
    let fields = fields.collect::<Vec<_>>().join(", ");
    let fields = match &variant.fields {
        Fields::Named(_) => format!(" {{ {fields} }}"),
        Fields::Unnamed(_) => format!("({fields})"),
        Fields::Unit => String::new(),
    };
    let value = variant.discriminant.as_ref();
    let value = value.map(|(_, value)| format!(" = {}", value.to_token_stream()));
    format!(
        "{}{}{fields}{}",
        marks(&variant.attrs),
        variant.ident,
        value.unwrap_or_default()
    )
}

fn of_trait(view: View<'_>, module: usize, item: &TraitItem) -> Option<String> {
    let mut writer = view.writer(module);
    Some(match item {
        TraitItem::Fn(it) => {
            let provided = if it.default.is_some() { " { … }" } else { "" };
            format!(
                "{}{}{provided}",
                marks(&it.attrs),
                writer.signature(&it.sig)
            )
        }
        TraitItem::Type(it) => {
            let marks = marks(&it.attrs);
            let mut it = it.clone();
            it.attrs.clear();
            format!("{marks}{}", writer.associated_type(&it))
        }
        TraitItem::Const(it) => format!("const {}: {}", it.ident, writer.of_type(&it.ty)),
        _ => return None,
    })
}

/// The traits that a type derives, as if they were written out.
fn derived(
    view: View<'_>,
    module: usize,
    attributes: &[Attribute],
    path: &str,
    generics: &Generics,
) -> BTreeSet<String> {
    let mut bare = generics.clone();
    bare.where_clause = None;
    let head = view.writer(module).generics(&bare);
    let arguments: Vec<String> = generics.params.iter().map(name_of).collect();
    let arguments = if arguments.is_empty() {
        String::new()
    } else {
        format!("<{}>", arguments.join(", "))
    };
    let mut members = BTreeSet::new();
    for attribute in attributes {
        for (condition, derived) in derives(&attribute.meta) {
            let name = view.writer(module).path(&derived);
            members.insert(format!(
                "{condition}impl{head} {name} for {path}{arguments}"
            ));
        }
    }
    members
}

fn name_of(parameter: &syn::GenericParam) -> String {
    match parameter {
        syn::GenericParam::Lifetime(it) => it.lifetime.to_string(),
        syn::GenericParam::Type(it) => it.ident.to_string(),
        syn::GenericParam::Const(it) => it.ident.to_string(),
    }
}

/// The derives in an attribute, each with the condition that it stands under.
fn derives(meta: &Meta) -> Vec<(String, syn::Path)> {
    let Meta::List(list) = meta else {
        return Vec::new();
    };
    if list.path.is_ident("derive") {
        let paths =
            Punctuated::<syn::Path, Token![,]>::parse_terminated.parse2(list.tokens.clone());
        return paths
            .into_iter()
            .flatten()
            .map(|path| (String::new(), path))
            .collect();
    }
    if !list.path.is_ident("cfg_attr") {
        return Vec::new();
    }
    let metas = Punctuated::<Meta, Token![,]>::parse_terminated.parse2(list.tokens.clone());
    let mut metas = metas.into_iter().flatten();
    let condition = metas
        .next()
        .map(|it| compact(&it.to_token_stream().to_string()));
    let condition = format!("#[cfg({})] ", condition.unwrap_or_default());
    let inner = metas.flat_map(|meta| derives(&meta));
    inner.map(|(_, path)| (condition.clone(), path)).collect()
}
