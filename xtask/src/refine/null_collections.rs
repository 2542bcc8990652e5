//! Reads JSON `null` for a list or a map as an empty one.
//!
//! Many services, those written in Go above all, send `null` for a list without elements. Retired when typify
//! has a setting for it.

use syn::{Attribute, Fields, Item, parse_quote};

use super::find;
use super::responses::is_collection;

/// Adds a deserializer to every field that is a list or a map, in structs and in variants of enums.
pub(super) fn apply(types: &mut [Item]) {
    for item in types {
        match item {
            Item::Struct(item) if is_derived(&item.attrs) => read_null(&mut item.fields),
            Item::Enum(item) if is_derived(&item.attrs) => item
                .variants
                .iter_mut()
                .filter(|variant| matches!(variant.fields, Fields::Named(_)))
                .for_each(|variant| read_null(&mut variant.fields)),
            _ => {}
        }
    }
}

/// Whether serde's derive reads the type, and so its attributes.
fn is_derived(attributes: &[Attribute]) -> bool {
    attributes.iter().any(find::is_derive)
}

fn read_null(fields: &mut Fields) {
    for field in fields.iter_mut().filter(|field| is_collection(&field.ty)) {
        field
            .attrs
            .push(parse_quote!(#[serde(deserialize_with = "super::runtime::null_as_default")]));
    }
}
