//! Code as text: for comparison, and for people.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, Item, ItemImpl, Lit, Meta, Signature};

/// Code, and what is written about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// The code without its documentation.
    pub code: String,
    /// The documentation.
    pub description: String,
    /// `true` if it is deprecated.
    pub deprecated: bool,
}

impl Code {
    /// The code of an item, and what is written about it.
    pub(super) fn of(item: &(impl ToTokens + Attributed + Clone)) -> Self {
        let mut bare = item.clone();
        bare.strip();
        Self {
            code: text(&bare),
            description: description(item.attributes()),
            deprecated: has(item.attributes(), "deprecated"),
        }
    }

    pub(super) fn add(&mut self, item: &(impl ToTokens + Attributed + Clone)) {
        let more = Self::of(item);
        self.code.push_str(&more.code);
        self.description.push_str(&more.description);
        self.deprecated |= more.deprecated;
    }
}

/// Syntax that has attributes, at itself and further inside.
pub(super) trait Attributed {
    fn attributes(&self) -> &[Attribute];
    /// Takes out documentation and deprecation, which are compared on their own.
    fn strip(&mut self);
}

struct Undocumented;

impl VisitMut for Undocumented {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.retain(|it| !it.path().is_ident("doc") && !it.path().is_ident("deprecated"));
    }
}

macro_rules! attributed {
    ($($kind:ty: $visit:ident),*) => {$(
        impl Attributed for $kind {
            fn attributes(&self) -> &[Attribute] {
                &self.attrs
            }
            fn strip(&mut self) {
                Undocumented.$visit(self);
            }
        }
    )*};
}

attributed! {
    syn::ImplItemFn: visit_impl_item_fn_mut,
    syn::ItemStruct: visit_item_struct_mut,
    ItemImpl: visit_item_impl_mut
}

impl Attributed for Item {
    fn attributes(&self) -> &[Attribute] {
        match self {
            Self::Const(it) => &it.attrs,
            Self::Enum(it) => &it.attrs,
            Self::Fn(it) => &it.attrs,
            Self::Impl(it) => &it.attrs,
            Self::Macro(it) => &it.attrs,
            Self::Mod(it) => &it.attrs,
            Self::Static(it) => &it.attrs,
            Self::Struct(it) => &it.attrs,
            Self::Trait(it) => &it.attrs,
            Self::Type(it) => &it.attrs,
            Self::Use(it) => &it.attrs,
            _ => &[],
        }
    }
    fn strip(&mut self) {
        Undocumented.visit_item_mut(self);
    }
}

/// The name of an item within its module; for an `impl`, its head.
pub(super) fn name(item: &Item) -> String {
    match item {
        Item::Const(it) => it.ident.to_string(),
        Item::Enum(it) => it.ident.to_string(),
        Item::Fn(it) => it.sig.ident.to_string(),
        Item::Macro(it) => it
            .ident
            .as_ref()
            .map_or_else(|| "macro".to_owned(), ToString::to_string),
        Item::Mod(it) => it.ident.to_string(),
        Item::Static(it) => it.ident.to_string(),
        Item::Struct(it) => it.ident.to_string(),
        Item::Trait(it) => it.ident.to_string(),
        Item::Type(it) => it.ident.to_string(),
        Item::Impl(it) => {
            let of = it
                .trait_
                .as_ref()
                .map(|(path, _)| format!("{} for ", plain(path)));
            format!("impl {}{}", of.unwrap_or_default(), plain(&it.self_ty))
        }
        other => plain(other),
    }
}

/// Code as one line of text.
pub(super) fn text(item: &impl ToTokens) -> String {
    item.to_token_stream().to_string()
}

/// The names in code, whatever they stand for.
pub(super) fn names(item: &impl ToTokens) -> impl Iterator<Item = String> {
    fn flat(tokens: TokenStream, names: &mut Vec<String>) {
        for token in tokens {
            match token {
                TokenTree::Ident(name) => names.push(name.to_string()),
                TokenTree::Group(group) => flat(group.stream(), names),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
    let mut names = Vec::new();
    flat(item.to_token_stream(), &mut names);
    names.into_iter()
}

/// Code as a person reads it: without the paths of what everybody knows, and without needless spaces.
pub(super) fn plain(item: &impl ToTokens) -> String {
    const TIGHT: [(&str, &str); 12] = [
        (" :: ", "::"),
        (":: ", "::"),
        (" ::", "::"),
        (" < ", "<"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        ("( ", "("),
        (" )", ")"),
        (" :", ":"),
    ];
    const KNOWN: [&str; 11] = [
        "::std::option::",
        "::std::string::",
        "::std::vec::",
        "::std::boxed::",
        "::std::collections::",
        "::std::convert::",
        "::std::num::",
        "::std::net::",
        "super::runtime::",
        "super::types::",
        "types::",
    ];
    let mut text = text(item);
    for (loose, tight) in TIGHT {
        text = text.replace(loose, tight);
    }
    for path in KNOWN {
        text = text.replace(path, "");
    }
    text
}

/// A signature without the name of the function.
pub(super) fn signature(signature: &Signature) -> String {
    let mut anonymous = signature.clone();
    anonymous.ident = syn::Ident::new("f", Span::call_site());
    text(&anonymous)
}

/// The documentation that attributes hold.
pub(super) fn description(attributes: &[Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => literal(&pair.value),
            _ => None,
        });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The text of a literal.
pub(super) fn literal(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Returns whether an item has an attribute of this name.
pub(super) fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

/// The last segment of the type that an `impl` is for.
pub(super) fn self_type(item: &ItemImpl) -> Option<String> {
    last_segment(&item.self_ty)
}

/// The last segment of the path that a type is.
pub(super) fn last_segment(of: &syn::Type) -> Option<String> {
    match of {
        syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}
