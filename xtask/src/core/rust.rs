//! The Rust type of a slot.

use quote::{format_ident, quote};
use syn::Type;

use super::types::{Kind, Scalar, Slot};
use crate::settings::Settings;

/// The Rust type of `slot`, with `types` for the path of the module of types. It agrees with what progenitor makes of
/// the slot in the document that it gets; a test compares them.
#[must_use]
pub fn rust_type(slot: &Slot, types: &syn::Path, settings: &Settings) -> Type {
    let kind: Type = match &slot.kind {
        Kind::Any => syn::parse_quote!(::serde_json::Value),
        Kind::Scalar(scalar) => scalar_type(scalar, settings),
        Kind::List(item) => {
            let item = rust_type(item, types, settings);
            syn::parse_quote!(::std::vec::Vec<#item>)
        }
        Kind::Map(value) if value.kind == Kind::Any && !value.nullable => {
            syn::parse_quote!(::serde_json::Map<::std::string::String, ::serde_json::Value>)
        }
        Kind::Map(value) => {
            let value = rust_type(value, types, settings);
            syn::parse_quote!(::std::collections::BTreeMap<::std::string::String, #value>)
        }
        Kind::Type(name) => {
            let name = format_ident!("{name}");
            syn::parse_quote!(#types::#name)
        }
    };
    // Any value may be `null` already.
    if slot.nullable && slot.kind != Kind::Any {
        syn::parse_quote!(::std::option::Option<#kind>)
    } else {
        kind
    }
}

fn scalar_type(scalar: &Scalar, settings: &Settings) -> Type {
    let tokens = match scalar {
        Scalar::Boolean => quote!(bool),
        Scalar::Int32 => quote!(i32),
        Scalar::Int64 => quote!(i64),
        Scalar::UInt32 => quote!(u32),
        Scalar::UInt64 => quote!(u64),
        Scalar::Float => quote!(f32),
        Scalar::Double => quote!(f64),
        Scalar::String => quote!(::std::string::String),
        Scalar::Secret => quote!(super::runtime::Secret),
        Scalar::Format { format, .. } => match settings.format(format) {
            Some(path) => quote!(#path),
            None => quote!(::serde_json::Value),
        },
    };
    syn::parse_quote!(#tokens)
}
