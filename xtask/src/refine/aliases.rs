//! Reads a property with several names, however many of them an answer holds.
//!
//! serde has aliases, and takes an answer that holds two names of one property for a fault: the property came twice. But
//! that is just what a service sends while it moves from one name to the other. So such a type is read with a field for
//! each name, and the first that is there and not null counts, the property's own name before its aliases. Retired when
//! serde has a way to say so.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, Field, Fields, Ident, Item, ItemImpl, ItemStruct, Meta, Path, Token, Type,
    Visibility, parse_quote,
};

use super::marks::wire_name;
use super::{find, ident};

/// Gives every struct that has aliases its own way to be read, in place of the derived one.
pub(super) fn apply(types: &mut Vec<Item>) {
    let mut added = Vec::new();
    for item in types.iter_mut() {
        if let Item::Struct(item) = item
            && let Fields::Named(fields) = &item.fields
            && fields.named.iter().any(|field| !aliases(field).is_empty())
            && no_longer_derives(&mut item.attrs)
        {
            added.push(Item::Impl(reading(item)));
        }
    }
    types.append(&mut added);
}

/// Reads a struct by way of another one, which has a field for each name.
fn reading(item: &ItemStruct) -> ItemImpl {
    let name = &item.ident;
    let about = item.attrs.iter().filter(|attribute| is_serde(attribute));
    // A name that two could have belongs to the property whose own it is, or else to the first.
    let mut taken: HashSet<String> = item.fields.iter().map(wire_name).collect();
    let (mut fields, mut values) = (Vec::new(), Vec::new());
    for field in &item.fields {
        let Some(own) = &field.ident else { continue };
        let mut aliases = aliases(field);
        aliases.retain(|alias| taken.insert(alias.clone()));
        if aliases.is_empty() {
            fields.push(as_it_is(field));
            values.push(quote!(#own: read.#own));
            continue;
        }
        let kind = optional(&field.ty);
        let mut value: Option<Expr> = None;
        // The property's own name before its aliases.
        for (at, name) in [wire_name(field)].iter().chain(&aliases).enumerate() {
            let part = unlike_any(item, format!("{}_{at}", own.unraw()));
            fields.push(parse_quote!(#[serde(default, rename = #name)] #part: #kind));
            value = Some(match value {
                None => parse_quote!(read.#part),
                Some(before) => parse_quote!(#before.or(read.#part)),
            });
        }
        let otherwise = otherwise(field);
        values.push(quote!(#own: #value #otherwise));
    }
    parse_quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                #[derive(::serde::Deserialize)]
                #(#about)*
                struct Read { #(#fields),* }
                let read = <Read as ::serde::Deserialize>::deserialize(deserializer)?;
                Ok(Self { #(#values),* })
            }
        }
    }
}

/// A name that no field of a struct has, beginning with this one.
fn unlike_any(item: &ItemStruct, mut name: String) -> Ident {
    while item
        .fields
        .iter()
        .any(|field| field.ident.as_ref().is_some_and(|it| *it == name))
    {
        name.push('_');
    }
    ident(&name)
}

/// A field without aliases, as the derive would read it.
fn as_it_is(field: &Field) -> Field {
    let mut field = field.clone();
    field.vis = Visibility::Inherited;
    field.attrs.retain(is_serde);
    field
}

/// What becomes of a property that no name of is there, or only null ones.
fn otherwise(field: &Field) -> TokenStream {
    if is_option(&field.ty) {
        return TokenStream::new();
    }
    match arguments(field)
        .into_iter()
        .find(|it| it.path().is_ident("default"))
    {
        Some(Meta::NameValue(default)) => {
            match find::text_literal(&default.value).map(|path| path.parse()) {
                Some(Ok(path)) => {
                    let path: Path = path;
                    quote!(.unwrap_or_else(#path))
                }
                _ => quote!(.unwrap_or_default()),
            }
        }
        Some(_) => quote!(.unwrap_or_default()),
        None => {
            let name = wire_name(field);
            quote!(.ok_or_else(|| ::serde::de::Error::missing_field(#name))?)
        }
    }
}

/// The aliases of a field on the wire.
fn aliases(field: &Field) -> Vec<String> {
    arguments(field)
        .iter()
        .filter(|argument| argument.path().is_ident("alias"))
        .filter_map(|argument| find::text_literal(&argument.require_name_value().ok()?.value))
        .map(|alias| alias.value())
        .collect()
}

/// What serde is told of a field.
fn arguments(field: &Field) -> Vec<Meta> {
    let arguments = field.attrs.iter().filter(|attribute| is_serde(attribute));
    arguments
        .filter_map(|attribute| {
            attribute
                .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
                .ok()
        })
        .flatten()
        .collect()
}

fn is_serde(attribute: &Attribute) -> bool {
    attribute.path().is_ident("serde")
}

fn is_option(kind: &Type) -> bool {
    find::last_segment(kind).is_some_and(|name| name == "Option")
}

/// The type of a property that may be absent.
fn optional(kind: &Type) -> Type {
    if is_option(kind) {
        kind.clone()
    } else {
        parse_quote!(::std::option::Option<#kind>)
    }
}

/// Takes `Deserialize` out of what is derived, and says whether it was there.
fn no_longer_derives(attributes: &mut [Attribute]) -> bool {
    for derive in attributes.iter_mut().filter(|it| find::is_derive(it)) {
        let parser = Punctuated::<Path, Token![,]>::parse_terminated;
        let Ok(traits) = derive.parse_args_with(parser) else {
            continue;
        };
        let is_reading = |path: &Path| {
            path.segments
                .last()
                .is_some_and(|it| it.ident == "Deserialize")
        };
        if traits.iter().any(is_reading) {
            let kept = traits.iter().filter(|path| !is_reading(path));
            *derive = parse_quote!(#[derive(#(#kept),*)]);
            return true;
        }
    }
    false
}
