//! Gives a builder a method per family of headers, which takes the rest of the name and the value.
//!
//! A document cannot declare headers of which only the prefix is known; vendors write `Some-Prefix-*`, and
//! lowering keeps that as `x-header-families`. Retired when OpenAPI can say it and progenitor knows it.

use quote::quote;
use syn::{Fields, ImplItem, Stmt, parse_quote};

use super::{Builder, Missing, documentation, find, ident};
use crate::table::HeaderFamily;

/// Adds a field, a method per family, and the headers of the field to the request.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    if builder.operation.header_families.is_empty() {
        return Ok(());
    }
    add_field(builder)?;
    let methods = builder.operation.header_families.iter().map(method);
    builder.implementation.items.extend(methods);
    let request = builder.variable("request");
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    find::take_apart(&mut send.block, &ident("family_headers"))?;
    let (at, _) = find::binding(&mut send.block, &request).ok_or("no `let request`".to_owned())?;
    let append: Stmt = parse_quote! {
        for (name, value) in family_headers.map_err(Error::InvalidRequest)? {
            super::runtime::append_header(&mut header_map, name, value)
                .map_err(Error::InvalidRequest)?;
        }
    };
    send.block.stmts.insert(at, append);
    Ok(())
}

fn add_field(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let Fields::Named(fields) = &mut builder.structure.fields else {
        return Err("a builder without fields".into());
    };
    fields.named.push(parse_quote! {
        family_headers: Result<
            Vec<(::reqwest::header::HeaderName, ::reqwest::header::HeaderValue)>,
            String,
        >
    });
    find::add_to_new(
        builder.implementation,
        parse_quote!(family_headers: Ok(Vec::new())),
    )
}

fn method(family: &HeaderFamily) -> ImplItem {
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
            self.family_headers = self.family_headers.and_then(|headers| {
                super::runtime::family_header(headers, #prefix, name.as_ref(), value.as_ref())
            });
            self
        }
    };
    parse_quote!(#tokens)
}
