//! Enums of strings.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Types, ident, unlike};
use crate::core::{Enum, Type};
use crate::refine::text;

impl Types<'_> {
    /// An enum of strings. Text becomes a value if it is one; where a service may send what no release names, reading
    /// keeps that in a variant of its own.
    pub(super) fn enumeration(&self, named: &Type, values: &Enum) -> TokenStream {
        let name = ident(&named.name);
        let known: Vec<_> = values.values.iter().map(|it| ident(&it.variant)).collect();
        let wire: Vec<&str> = values.values.iter().map(|it| it.value.as_str()).collect();
        let documentation = values.values.iter().map(|it| {
            text::documentation(&it.description, || format!("`{}` on the wire.", it.value))
        });
        let unknown = self.is_answered(&named.name).then(|| {
            let variants = values.values.iter().map(|it| it.variant.as_str());
            ident(&unlike("Unknown".to_owned(), variants))
        });
        let copy = unknown.is_none().then(|| quote!(Copy,));
        let unknown_variant = unknown.as_ref().map(|unknown| {
            quote! {
                /// A value that this version of the API description does not name. Only reading an answer makes it.
                #[serde(untagged)]
                #unknown(::std::string::String),
            }
        });
        let unknown_text = unknown
            .as_ref()
            .map(|unknown| quote!(Self::#unknown(value) => value,));
        let head = self.head(
            named,
            &format!("`{name}`"),
            &quote!(Debug,),
            &quote!(#copy Eq, Hash, PartialOrd, Ord, ::serde::Deserialize, ::serde::Serialize),
        );
        let schema = self.json_schema(&TokenStream::new());
        let refusal = refusal(&wire);
        quote! {
            #head
            #schema
            pub enum #name {
                #(#documentation #[serde(rename = #wire)] #known,)*
                #unknown_variant
            }
            impl #name {
                /// Returns the value as it is on the wire.
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#known => #wire,)*
                        #unknown_text
                    }
                }
            }
            impl ::std::convert::AsRef<str> for #name {
                fn as_ref(&self) -> &str {
                    self.as_str()
                }
            }
            impl ::std::fmt::Display for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.pad(self.as_str())
                }
            }
            impl ::std::str::FromStr for #name {
                type Err = error::ConversionError;
                fn from_str(value: &str) -> ::std::result::Result<Self, error::ConversionError> {
                    match value {
                        #(#wire => Ok(Self::#known),)*
                        _ => Err(error::ConversionError::from(#refusal)),
                    }
                }
            }
            impl ::std::convert::TryFrom<&str> for #name {
                type Error = error::ConversionError;
                fn try_from(value: &str) -> ::std::result::Result<Self, error::ConversionError> {
                    ::std::str::FromStr::from_str(value)
                }
            }
            impl ::std::convert::TryFrom<::std::string::String> for #name {
                type Error = error::ConversionError;
                fn try_from(
                    value: ::std::string::String,
                ) -> ::std::result::Result<Self, error::ConversionError> {
                    ::std::str::FromStr::from_str(&value)
                }
            }
        }
    }
}

/// Returns the message for a text that is no value. It does not repeat the text, which may be anything.
fn refusal(values: &[&str]) -> String {
    const SHOWN: usize = 12;
    let mut shown: Vec<String> = values
        .iter()
        .take(SHOWN)
        .map(|value| format!("`{value}`"))
        .collect();
    if values.len() > SHOWN {
        shown.push(format!("{} more", values.len() - SHOWN));
    }
    match shown.split_last() {
        Some((last, [])) => format!("the only value is {last}"),
        Some((last, others)) => format!("the values are {} and {last}", others.join(", ")),
        None => "there are no values".to_owned(),
    }
}
