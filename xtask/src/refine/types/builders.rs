//! Builders for the types that requests are made of.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::fields::{Absent, Field};
use super::{Types, ident};
use crate::core::{Scope, Type};
use crate::refine::text;

impl Types<'_> {
    /// Returns the builder for a struct: a setter for each field, which takes whatever becomes its value.
    pub(super) fn builder(&self, named: &Type, fields: &[Field<'_>]) -> TokenStream {
        let name = ident(&named.name);
        let here = Scope::below_types();
        let member: Vec<_> = fields.iter().map(|field| &field.name).collect();
        let kinds = fields.iter().map(|field| {
            let kind = here.kind(&field.slot, self.settings);
            // A member that has to be there, if only as `null`, is given as one or the other.
            match field.required && field.absent == Absent::None {
                true => quote!(::std::option::Option<#kind>),
                false => kind,
            }
        });
        let kinds: Vec<TokenStream> = kinds.collect();
        let texts: Vec<String> = member.iter().map(ToString::to_string).collect();
        let documentation = fields.iter().map(|field| {
            let mut text = format!("Sets `{}`.", field.name);
            if field
                .about
                .is_none_or(|about| !about.description.trim().is_empty())
            {
                text.push_str("\n\n");
                text.push_str(&field.text());
            }
            if let Some(default) = field.default {
                text.push_str(&format!(" Defaults to {default}."));
            }
            text::lines(&text)
        });
        let deprecated = fields.iter().map(Field::deprecated);
        let values = fields.iter().map(|field| {
            let (member, text) = (&field.name, field.name.to_string());
            let default = field.default.map(Literal::i32_unsuffixed);
            let value = match field.absent {
                _ if default.is_some() => quote!(self.#member.optional()?.unwrap_or(#default)),
                _ if field.required => quote!(self.#member.required(#text)?),
                Absent::Empty(_) => quote!(self.#member.optional()?.unwrap_or_default()),
                Absent::None | Absent::Required => quote!(self.#member.optional()?),
            };
            match (field.boxed, field.absent) {
                (false, _) => quote!(#member: #value),
                (true, Absent::None) => quote!(#member: #value.map(::std::boxed::Box::new)),
                (true, _) => quote!(#member: ::std::boxed::Box::new(#value)),
            }
        });
        let is_taken = fields.iter().any(|field| field.name == "build");
        let build = ident(if is_taken { "build_" } else { "build" });
        let text = format!(
            " Builder for [`{name}`](super::{name}): a setter for each member, then `{build}`."
        );
        let returns = format!(" Returns the [`{name}`](super::{name}).");
        quote! {
            #[doc = #text]
            #[derive(Clone, Debug, Default)]
            pub struct #name { #(#member: super::super::runtime::Member<#kinds>,)* }
            impl #name {
                #(
                    #documentation
                    #deprecated
                    pub fn #member<T>(mut self, value: T) -> Self
                    where
                        T: ::std::convert::TryInto<#kinds>,
                        T::Error: ::std::fmt::Display,
                    {
                        self.#member.set(#texts, value);
                        self
                    }
                )*
                #[doc = #returns]
                ///
                /// # Errors
                /// Says which member is missing, or which value is not valid.
                #[inline]
                pub fn #build(
                    self,
                ) -> ::std::result::Result<super::#name, super::error::ConversionError> {
                    Ok(super::#name { #(#values,)* })
                }
            }
            impl ::std::convert::TryFrom<#name> for super::#name {
                type Error = super::error::ConversionError;
                #[inline]
                fn try_from(
                    value: #name,
                ) -> ::std::result::Result<Self, super::error::ConversionError> {
                    value.#build()
                }
            }
        }
    }
}
