//! Reads a property with several names, however many of them an answer holds.
//!
//! serde has aliases, and takes an answer that holds two names of one property for an error: the property came twice.
//! But that is just what a service sends while it moves from one name to the other. So such a type is read with a
//! field for each name, and the first that is there and not null counts, the property's own name before its aliases.
//! Retired when serde has a way to say so.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::fields::{Absent, Field};
use super::{Types, ident};

/// Reads a struct by way of another one, which has a field for each name, and lists that are read entry by entry;
/// `None` where no property has two names or such a list.
pub(super) fn reading(
    types: &Types<'_>,
    name: &Ident,
    fields: &[Field<'_>],
) -> Option<TokenStream> {
    let is_plain = |field: &Field<'_>| field.aliases.is_empty() && field.entries.is_none();
    if fields.iter().all(is_plain) {
        return None;
    }
    let rest = fields.iter().find(|field| field.wire.is_none());
    let rest = rest.map(|field| &field.name);
    let take_rest = fields.iter().any(|field| field.entries.is_some());
    let take_rest = rest
        .filter(|_| take_rest)
        .map(|rest| quote!(let mut #rest = read.#rest;));
    // A name that two could have belongs to the property whose own it is, or else to the first.
    let mut taken: HashSet<&str> = fields.iter().filter_map(|field| field.wire).collect();
    let (mut parts, mut values) = (Vec::new(), Vec::new());
    for field in fields {
        let (member, serde) = (&field.name, field.serde(false));
        let kind = field.kind(types.kind(&field.slot));
        let mut names: Vec<&str> = field.wire.into_iter().collect();
        let aliases = field.aliases.iter().map(String::as_str);
        names.extend(aliases.filter(|alias| taken.insert(alias)));
        let entries = field.entries.as_deref().map(ident);
        let keep = entries.as_ref().map(|_| {
            let wire = field.wire;
            quote!(.keep(#wire, &mut #rest))
        });
        let kind = match &entries {
            Some(entry) => quote!(super::runtime::Entries<#entry>),
            None => kind,
        };
        if names.len() < 2 {
            let (wire, is_rest) = (field.wire, field.wire.is_none());
            let serde = match &entries {
                Some(_) => quote!(#[serde(default, rename = #wire)]),
                None => serde,
            };
            parts.push(quote!(#serde #member: #kind));
            values.push(match &take_rest {
                Some(_) if is_rest => quote!(#member),
                _ => quote!(#member: read.#member #keep),
            });
            continue;
        }
        let kind = match field.absent {
            Absent::None => kind,
            Absent::Required | Absent::Empty(_) => quote!(::std::option::Option<#kind>),
        };
        let read = match (field.lenient, field.absent) {
            (None, _) => TokenStream::new(),
            (Some(read), Absent::None) => quote!(, deserialize_with = #read),
            // The part may be absent, and then another one counts.
            (Some(read), _) => {
                let read = format!("{read}_if_any");
                quote!(, deserialize_with = #read)
            }
        };
        let found: Vec<Ident> = (0..names.len())
            .map(|at| part(member, at, fields))
            .collect();
        parts.extend(
            names
                .iter()
                .zip(&found)
                .map(|(name, part)| quote!(#[serde(default, rename = #name #read)] #part: #kind)),
        );
        let (first, others) = (found.first(), found.iter().skip(1));
        let otherwise = match (field.absent, field.wire) {
            (Absent::None, _) => TokenStream::new(),
            (Absent::Empty(_), _) if !field.required => quote!(.unwrap_or_default()),
            (_, wire) => quote!(.ok_or_else(|| ::serde::de::Error::missing_field(#wire))?),
        };
        values.push(quote!(#member: read.#first #(.or(read.#others))* #otherwise #keep));
    }
    Some(quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<__D: ::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::std::result::Result<Self, __D::Error> {
                #[derive(::serde::Deserialize)]
                struct __Read { #(#parts),* }
                let read = <__Read as ::serde::Deserialize>::deserialize(deserializer)?;
                #take_rest
                Ok(Self { #(#values),* })
            }
        }
    })
}

/// Returns the name of the field for one of the names of `own`, which no field has.
fn part(member: &Ident, at: usize, fields: &[Field<'_>]) -> Ident {
    let mut part = format_ident!("{}_{at}", member.to_string().trim_end_matches('_'));
    while fields.iter().any(|field| field.name == part) {
        part = format_ident!("{part}_");
    }
    part
}
