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
        let (member, Some(wire)) = (&field.name, field.wire) else {
            return rest(field);
        };
        let mut names = vec![wire];
        let aliases = field.aliases.iter().map(String::as_str);
        names.extend(aliases.filter(|alias| taken.insert(alias)));
        match object_entries(api, field).filter(|_| varies) {
            Some(entry) => {
                quote!(#member: members.objects(&[#(#names),*], #entry::from_members)?)
            }
            None => {
                let read = reader(field, varies);
                quote!(#member: members.#read(&[#(#names),*])?)
            }
        }
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

/// Returns the type of the entries, where a field is a list of structs that may be absent.
fn object_entries(api: &Api, field: &Field<'_>) -> Option<Ident> {
    let Kind::List(item) = &field.slot.kind else {
        return None;
    };
    let Kind::Type(name) = &item.kind else {
        return None;
    };
    let is_struct = matches!(api.types.get(name)?.shape, Shape::Struct(_));
    let fits = matches!(field.absent, Absent::Empty(_)) && !field.required && !item.nullable;
    (is_struct && fits).then(|| ident(name))
}

/// Reads all that is left; the last of the fields does.
fn rest(field: &Field<'_>) -> TokenStream {
    let member = &field.name;
    if field.is_any_map() {
        quote!(#member: members.rest())
    } else {
        quote!(#member: members.rest_as()?)
    }
}

/// Returns the method that reads a member; where its service varies what it sends, one that takes what is near.
fn reader(field: &Field<'_>, varies: bool) -> TokenStream {
    let is_text = |slot: &Slot| *slot == Slot::string();
    match (field.absent, &field.slot.kind) {
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
        (Absent::Empty(_), Kind::List(item)) if varies && is_text(item) => quote!(texts),
        // An entry that cannot be read costs the list nothing else.
        (Absent::Empty(_), Kind::List(item))
            if varies && !item.nullable && matches!(item.kind, Kind::Type(_)) =>
        {
            quote!(entries)
        }
        (Absent::Empty(_), Kind::Map(value)) if varies => match &value.kind {
            Kind::List(item) if is_text(item) && !value.nullable => quote!(lists),
            _ if is_text(value) => quote!(texts_by_name),
            _ => quote!(collection),
        },
        (Absent::Empty(_), _) => quote!(collection),
    }
}
