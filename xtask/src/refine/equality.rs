//! Makes the types comparable that hold no secret, for the tests of those who use them.
//!
//! typify derives `PartialEq` for all types or for none. A secret is not compared with `==`, which would take a
//! time that depends on it, and so neither is what holds one. Retired when typify has a setting for each type.

use std::collections::HashSet;

use quote::ToTokens as _;
use syn::{Attribute, Item, parse_quote};

use super::find;

/// The last segment of the type of secrets.
pub(super) const SECRET: &str = "Secret";

/// Derives `PartialEq` for every type that is not one of `secret` and does not derive it already.
pub(super) fn apply(types: &mut [Item], secret: &HashSet<String>) {
    for item in types {
        let (name, attributes) = match item {
            Item::Struct(item) => (item.ident.to_string(), &mut item.attrs),
            Item::Enum(item) => (item.ident.to_string(), &mut item.attrs),
            _ => continue,
        };
        let first_derive = attributes.iter().position(find::is_derive);
        if let Some(at) = first_derive
            && !secret.contains(&name)
            && !attributes.iter().any(derives_equality)
        {
            attributes.insert(at + 1, parse_quote!(#[derive(PartialEq)]));
        }
    }
}

fn derives_equality(attribute: &Attribute) -> bool {
    let tokens = attribute.meta.to_token_stream().to_string();
    let mut names = tokens.split(|c: char| !c.is_alphanumeric());
    find::is_derive(attribute) && names.any(|name| name == "PartialEq")
}
