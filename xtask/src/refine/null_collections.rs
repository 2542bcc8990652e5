//! Reads JSON `null` for a list or a map as an empty one.
//!
//! Many services, those written in Go above all, send `null` for a list without elements. Retired when typify
//! has a setting for it.

use syn::{Fields, Item, parse_quote};

use super::responses::is_collection;

/// Adds a deserializer to every field that is a list or a map.
pub(super) fn apply(types: &mut [Item]) {
    for item in types {
        let Item::Struct(item) = item else { continue };
        if !item
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("derive"))
        {
            continue;
        }
        let fields = match &mut item.fields {
            Fields::Named(fields) => &mut fields.named,
            Fields::Unnamed(fields) => &mut fields.unnamed,
            Fields::Unit => continue,
        };
        for field in fields.iter_mut().filter(|field| is_collection(&field.ty)) {
            field
                .attrs
                .push(parse_quote!(#[serde(deserialize_with = "super::runtime::null_as_default")]));
        }
    }
}
