//! What the attributes of a generated item say of its form on the wire.

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Token};

use super::code;

/// What the `serde` attributes of a field or a variant say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Serde {
    pub(super) name: Option<String>,
    pub(super) aliases: Vec<String>,
    /// Everything else, as code.
    pub(super) rest: Vec<String>,
    /// The path of the function that gives the value of a field that is missing.
    pub(super) default: Option<String>,
}

impl Serde {
    pub(super) fn of(attributes: &[Attribute]) -> Self {
        let mut serde = Self::default();
        let metas = attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("serde"))
            .filter_map(|attribute| {
                let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
                attribute.parse_args_with(parser).ok()
            });
        for meta in metas.flatten() {
            match text(&meta) {
                Some(name) if meta.path().is_ident("rename") => serde.name = Some(name),
                Some(name) if meta.path().is_ident("alias") => serde.aliases.push(name),
                value => {
                    if meta.path().is_ident("default") {
                        serde.default = value;
                    }
                    serde.rest.push(code(&meta));
                }
            }
        }
        serde
    }
}

/// The text of `key = "text"`.
fn text(meta: &Meta) -> Option<String> {
    let Meta::NameValue(pair) = meta else {
        return None;
    };
    match &pair.value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an item has an attribute of this name.
pub(super) fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

/// The traits that a type derives, whatever the features are.
pub(super) fn derived(attributes: &[Attribute]) -> Vec<String> {
    let lists = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
        .filter_map(|attribute| {
            let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
            attribute.parse_args_with(parser).ok()
        });
    let paths = lists.flatten();
    paths
        .filter_map(|path| path.segments.last().map(|last| last.ident.to_string()))
        .collect()
}
