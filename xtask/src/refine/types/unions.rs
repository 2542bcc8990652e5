//! Unions: one of several variants, told apart by a tag, or by which is the first that fits.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Types, ident, unlike};
use crate::core::{Kind, Scalar, Slot, Tag, Type, Union, Variant};
use crate::refine::text;

impl Types<'_> {
    /// A union. Without a tag, serde tries one variant after the other; with one, the tag decides, and what it decides
    /// for has to fit.
    pub(super) fn union(&self, named: &Type, union: &Union) -> TokenStream {
        let name = ident(&named.name);
        let variants: Vec<Ident> = union.variants.iter().map(|it| ident(&it.name)).collect();
        let members = union.variants.iter().zip(&variants).map(|(it, variant)| {
            let payload = self.payload(named, it);
            let text = text::documentation(&it.description, || {
                let form = text::form(&it.slot);
                match (&union.tag, it.tags.first()) {
                    (Some(tag), Some(value)) => {
                        format!("In the form of {form}, where `{}` is `{value}`.", tag.name)
                    }
                    _ => format!("In the form of {form}."),
                }
            });
            quote!(#text #variant(#payload),)
        });
        let conversions = self.conversions(named, union);
        let Some(tag) = &union.tag else {
            let head = self.head(
                named,
                &format!("`{name}`"),
                &quote!(Debug,),
                &quote!(::serde::Deserialize, ::serde::Serialize),
            );
            let schema = self.json_schema(&TokenStream::new());
            return quote! {
                #head
                #schema
                #[serde(untagged)]
                pub enum #name { #(#members)* }
                #conversions
            };
        };
        let unknown = self.is_answered(&named.name).then(|| {
            let names = union.variants.iter().map(|it| it.name.as_str());
            ident(&unlike("Unknown".to_owned(), names))
        });
        let unknown_variant = unknown.as_ref().map(|unknown| {
            let text = format!(
                " A value whose `{}` this version of the API description does not name.",
                tag.name
            );
            quote!(#[doc = #text] #unknown(::serde_json::Value),)
        });
        let head = self.head(
            named,
            &format!("`{name}`"),
            &quote!(Debug,),
            &TokenStream::new(),
        );
        let schema = self.json_schema(&quote!(, schemars(untagged)));
        let serde = tagged(&name, tag, &union.variants, &variants, unknown.as_ref());
        quote! {
            #head
            #schema
            pub enum #name { #(#members)* #unknown_variant }
            #serde
            #conversions
        }
    }

    /// Returns the type of what a variant holds, in a box where that is the union itself other than through a list or a
    /// map.
    fn payload(&self, named: &Type, variant: &Variant) -> TokenStream {
        let kind = self.kind(&variant.slot);
        if self.api.holds(&variant.slot, &named.name) {
            quote!(::std::boxed::Box<#kind>)
        } else {
            kind
        }
    }

    /// Returns `From` for each type of which a value can only be meant for one variant.
    fn conversions(&self, named: &Type, union: &Union) -> TokenStream {
        let name = ident(&named.name);
        let expanded: Vec<Slot> = union
            .variants
            .iter()
            .map(|it| self.api.expand(&it.slot))
            .collect();
        let mut times: HashMap<String, usize> = HashMap::new();
        for slot in &expanded {
            *times.entry(self.kind(slot).to_string()).or_default() += 1;
        }
        let itself = name.to_string();
        union
            .variants
            .iter()
            .zip(&expanded)
            .filter(|(_, slot)| {
                let kind = self.kind(slot).to_string();
                // The path of a format may be another name of a type that stands here already.
                times.get(&kind) == Some(&1) && kind != itself && !has_format(slot)
            })
            .map(|(variant, _)| {
                let (kind, it) = (self.kind(&variant.slot), ident(&variant.name));
                let value = if self.api.holds(&variant.slot, &named.name) {
                    quote!(::std::boxed::Box::new(value))
                } else {
                    quote!(value)
                };
                quote! {
                    impl ::std::convert::From<#kind> for #name {
                        fn from(value: #kind) -> Self {
                            Self::#it(#value)
                        }
                    }
                }
            })
            .collect()
    }
}

fn has_format(slot: &Slot) -> bool {
    match &slot.kind {
        Kind::Scalar(scalar) => matches!(scalar, Scalar::Format { .. }),
        Kind::List(inner) | Kind::Map(inner) => has_format(inner),
        Kind::Any | Kind::Type(_) => false,
    }
}

/// Reads and writes a union by its tag.
fn tagged(
    name: &Ident,
    tag: &Tag,
    variants: &[Variant],
    names: &[Ident],
    unknown: Option<&Ident>,
) -> TokenStream {
    let tag = &tag.name;
    let tags: Vec<&str> = variants
        .iter()
        .flat_map(|it| &it.tags)
        .map(String::as_str)
        .collect();
    let reads = variants.iter().zip(names).map(|(variant, name)| {
        let tags = &variant.tags;
        (!tags.is_empty()).then(|| {
            quote!(::std::option::Option::Some(#(#tags)|*) => {
                super::runtime::read_variant(value).map(Self::#name)
            })
        })
    });
    let writes = variants.iter().zip(names).map(|(variant, name)| {
        let written = variant.tags.first().map(String::as_str).unwrap_or_default();
        quote!(Self::#name(value) => super::runtime::write_variant(value, #tag, #written, serializer),)
    });
    let read_unknown = match unknown {
        Some(unknown) => quote!(_ => Ok(Self::#unknown(value)),),
        None => quote! {
            ::std::option::Option::Some(other) => {
                Err(::serde::de::Error::unknown_variant(other, &[#(#tags),*]))
            }
            ::std::option::Option::None => Err(::serde::de::Error::missing_field(#tag)),
        },
    };
    let write_unknown = unknown.map(
        |unknown| quote!(Self::#unknown(value) => ::serde::Serialize::serialize(value, serializer),),
    );
    quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<__D: ::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::std::result::Result<Self, __D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                match super::runtime::tag(&value, #tag).as_deref() {
                    #(#reads)*
                    #read_unknown
                }
            }
        }
        impl ::serde::Serialize for #name {
            fn serialize<__S: ::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::std::result::Result<__S::Ok, __S::Error> {
                match self {
                    #(#writes)*
                    #write_unknown
                }
            }
        }
    }
}
