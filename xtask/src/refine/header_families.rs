//! Gives a builder a method per family of headers, which takes the rest of the name and the value.
//!
//! A document cannot declare headers of which only the prefix is known; vendors write `Some-Prefix-*`, and
//! lowering keeps that as `x-header-families`. Retired when OpenAPI can say it and progenitor knows it.

use quote::quote;
use syn::{Ident, ImplItem, parse_quote};

use super::{Builder, Missing, documentation, headers, ident};
use crate::table::HeaderFamily;

/// Adds a method per family, which fills the map of headers.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let held = ident(&headers::name(builder));
    let families = builder.operation.header_families.iter();
    let methods = families.map(|family| method(family, &held));
    builder.implementation.items.extend(methods);
    Ok(())
}

fn method(family: &HeaderFamily, held: &Ident) -> ImplItem {
    let prefix = &family.prefix;
    let name = ident(&family.setter_name());
    let mut text = format!("Adds a header `{prefix}{{name}}`; call it once for each.");
    if !family.description.is_empty() {
        text.push_str("\n\n");
        text.push_str(&family.description);
    }
    let doc = documentation::attributes(&text);
    let tokens = quote! {
        #(#doc)*
        #[must_use]
        pub fn #name<N, V>(mut self, name: N, value: V) -> Self
        where
            N: AsRef<str>,
            V: AsRef<str>,
        {
            self.#held.add(#prefix, name.as_ref(), value.as_ref());
            self
        }
    };
    parse_quote!(#tokens)
}
