//! Derives `schemars::JsonSchema` for every generated type, behind a feature of the crate.
//!
//! typify can add derives, but not behind a feature. Retired when it can.

use syn::{Attribute, Item, parse_quote};

/// Adds the derive to every type that derives `Serialize`.
pub(super) fn apply(types: &mut [Item], feature: &str) {
    let derive: Attribute =
        parse_quote!(#[cfg_attr(feature = #feature, derive(::schemars::JsonSchema))]);
    for item in types {
        let attributes = match item {
            Item::Struct(item) => &mut item.attrs,
            Item::Enum(item) => &mut item.attrs,
            _ => continue,
        };
        // Attributes of serde have to come after the derives that read them.
        let last_derive = attributes
            .iter()
            .rposition(|attribute| attribute.path().is_ident("derive"));
        if let Some(at) = last_derive {
            attributes.insert(at + 1, derive.clone());
        }
    }
}
