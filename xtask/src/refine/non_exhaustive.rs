//! Lets the types of responses grow without breaking who reads them.
//!
//! A service adds fields and forms of answers at any time, and the next revision of the document brings them.
//! Retired when typify has a setting for it.

use std::collections::HashSet;

use syn::{Fields, Item, parse_quote};

/// Marks the structs and enums that responses reach. Types of one field without a name stay as they are:
/// they cannot grow.
pub(super) fn apply(types: &mut [Item], reached: &HashSet<String>) {
    for item in types {
        match item {
            Item::Struct(item)
                if matches!(item.fields, Fields::Named(_))
                    && reached.contains(&item.ident.to_string()) =>
            {
                item.attrs.push(parse_quote!(#[non_exhaustive]));
            }
            Item::Enum(item) if reached.contains(&item.ident.to_string()) => {
                item.attrs.push(parse_quote!(#[non_exhaustive]));
            }
            _ => {}
        }
    }
}
