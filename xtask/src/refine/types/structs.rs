//! Structs, and aliases.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::fields::{Absent, Field};
use super::reading::reading;
use super::{Types, ident};
use crate::core::{Kind, Slot, Type};
use crate::refine::text;

impl Types<'_> {
    /// A struct. Request types have a builder, and cannot be written as literals elsewhere, so that they can grow.
    pub(super) fn structure(&self, named: &Type, fields: &[Field<'_>]) -> TokenStream {
        let name = ident(&named.name);
        // Whoever may leave out every member may begin with none.
        let is_empty = fields.iter().all(|field| !field.required);
        let default = is_empty.then(|| quote!(Default,));
        let reading = reading(self.api, &name, fields);
        let shown = shown(&name, fields);
        let debug = match shown {
            Some(_) => TokenStream::new(),
            None => quote!(Debug,),
        };
        let head = self.head(
            named,
            &format!("`{name}`"),
            &debug,
            &quote!(#default ::serde::Serialize),
        );
        let schema = self.json_schema(&TokenStream::new());
        let members = fields.iter().map(|field| {
            let (text, deprecated) = (text::lines(&field.text()), field.deprecated());
            let (serde, name) = (field.serde(), &field.name);
            let kind = field.kind(self.kind(&field.slot));
            quote!(#text #deprecated #serde pub #name: #kind)
        });
        let begin = self.reach.sent.contains(&named.name).then(|| {
            let text = format!(" Returns a builder of [`{name}`] with nothing set.");
            quote! {
                impl #name {
                    #[doc = #text]
                    #[inline]
                    pub fn builder() -> builder::#name {
                        ::std::default::Default::default()
                    }
                }
            }
        });
        quote! {
            #head
            #schema
            pub struct #name { #(#members),* }
            #begin
            #shown
            #reading
        }
    }

    /// Returns another name for a slot.
    pub(super) fn alias(&self, named: &Type, slot: &Slot) -> TokenStream {
        let (name, kind) = (ident(&named.name), self.kind(slot));
        let text = text::documentation(&named.about.description, || format!("`{name}`"));
        let deprecated = text::deprecated(&named.about);
        quote!(#text #deprecated pub type #name = #kind;)
    }
}

/// Returns `Debug` of a struct with sensitive members, of which it shows the keys at most; `None` where there are none.
fn shown(name: &Ident, fields: &[Field<'_>]) -> Option<TokenStream> {
    if !fields.iter().any(|field| field.sensitive) {
        return None;
    }
    let members = fields.iter().map(|field| {
        let (member, text) = (&field.name, field.name.to_string());
        let value = match field.slot.kind {
            Kind::Map(_) if field.sensitive && field.absent != Absent::None => {
                quote!(&self.#member.keys().collect::<::std::vec::Vec<_>>())
            }
            _ if field.sensitive => quote!(&"***"),
            _ => quote!(&self.#member),
        };
        quote!(.field(#text, #value))
    });
    let text = name.to_string();
    Some(quote! {
        /// Shows the names of what may be credentials, and not the values.
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(#text) #(#members)* .finish()
            }
        }
    })
}
