//! Reads a struct of the members of an object.
//!
//! What serde derives takes two names of one member for an error, which is just what a service sends while it moves from
//! one to the other, and takes a list for an object. And it is code for each field of each struct, where the functions
//! that are called here are compiled once for all of them.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::fields::{Absent, Field};
use super::ident;
use crate::core::{Api, Kind, Scalar, Shape, Slot};

/// Returns the implementation that reads a struct of these fields.
pub(super) fn reading(api: &Api, name: &Ident, fields: &[Field<'_>]) -> TokenStream {
    // The services that send more than their description says are known to vary what they send, too.
    let varies = fields
        .iter()
        .any(|field| field.wire.is_none() && field.is_any_map());
    // A name that two could have belongs to the member whose own it is, or else to the first.
    let mut taken: HashSet<&str> = fields.iter().filter_map(|field| field.wire).collect();
    let values = fields.iter().map(|field| {
        let value = match field.wire {
            Some(wire) => {
                let mut names = vec![wire];
                let aliases = field.aliases.iter().map(String::as_str);
                names.extend(aliases.filter(|alias| taken.insert(alias)));
                value(api, field, &names, varies)
            }
            // All that is left; the last of the fields is that.
            None if field.is_any_map() => quote!(rest()),
            None => quote!(rest_as()?),
        };
        let member = &field.name;
        quote!(#member: members.#value)
    });
    let values: Vec<TokenStream> = values.collect();
    let members = match values.is_empty() {
        true => quote!(_),
        false => quote!(members),
    };
    quote! {
        impl #name {
            fn from_members(
                #members: &mut super::runtime::Members<'_>,
            ) -> ::std::result::Result<Self, ::serde_json::Error> {
                Ok(Self { #(#values),* })
            }
        }
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<__D: ::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::std::result::Result<Self, __D::Error> {
                super::runtime::from_members(deserializer, Self::from_members)
            }
        }
    }
}

/// Returns the call that reads a member; where its service varies what it sends, one that takes what is near.
fn value(api: &Api, field: &Field<'_>, names: &[&str], varies: bool) -> TokenStream {
    let is_text = |slot: &Slot| *slot == Slot::string();
    let is_struct = |name: &str| {
        let found = api.types.get(name);
        matches!(found.map(|it| &it.shape), Some(Shape::Struct(_)))
    };
    let names = quote!(&[#(#names),*]);
    let read = match (field.absent, &field.slot.kind) {
        (Absent::None, Kind::Scalar(scalar)) if varies && !field.required => match scalar {
            Scalar::Boolean => quote!(truth),
            Scalar::Int64 => quote!(integer),
            Scalar::String => quote!(text),
            Scalar::Format { .. } => quote!(value),
            _ => quote!(optional),
        },
        (Absent::None, _) => quote!(optional),
        (Absent::Required, _) => quote!(required),
        (Absent::Empty(_), _) if field.required => quote!(required_collection),
        (Absent::Empty(_), Kind::List(item)) if varies && !item.nullable => match &item.kind {
            // An entry that cannot be read costs the list nothing else.
            Kind::Type(name) if is_struct(name) => {
                let entry = ident(name);
                return quote!(objects(#names, #entry::from_members));
            }
            Kind::Type(_) => return quote!(entries(#names)),
            _ if is_text(item) => quote!(texts),
            _ => quote!(collection),
        },
        (Absent::Empty(_), Kind::Map(value)) if varies => match &value.kind {
            Kind::List(item) if is_text(item) && !value.nullable => quote!(lists),
            _ if is_text(value) => quote!(texts_by_name),
            _ => quote!(collection),
        },
        (Absent::Empty(_), _) => quote!(collection),
    };
    quote!(#read(#names)?)
}
