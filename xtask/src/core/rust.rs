//! The Rust type of a slot.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::types::{Kind, Scalar, Slot};
use crate::settings::Settings;

/// The module in which a type is written: the paths of what it may name, each with its last `::`.
#[derive(Clone, Debug)]
pub struct Scope {
    types: TokenStream,
    runtime: TokenStream,
}

impl Scope {
    /// Beside the module of types.
    #[must_use]
    pub fn beside_types() -> Self {
        Self {
            types: quote!(super::types::),
            runtime: quote!(super::runtime::),
        }
    }

    /// Inside the module of types.
    #[must_use]
    pub fn types() -> Self {
        Self {
            types: TokenStream::new(),
            runtime: quote!(super::runtime::),
        }
    }

    /// Inside a module of the module of types.
    #[must_use]
    pub fn below_types() -> Self {
        Self {
            types: quote!(super::),
            runtime: quote!(super::super::runtime::),
        }
    }

    /// Returns the Rust type of `slot`, as it is written here. It agrees with what progenitor makes of the slot in the
    /// document that it gets; refining compares them.
    #[must_use]
    pub fn kind(&self, slot: &Slot, settings: &Settings) -> TokenStream {
        let kind = match &slot.kind {
            Kind::Any => quote!(::serde_json::Value),
            Kind::Scalar(scalar) => self.scalar(scalar, settings),
            Kind::List(item) => {
                let item = self.kind(item, settings);
                quote!(::std::vec::Vec<#item>)
            }
            Kind::Map(value) if value.kind == Kind::Any => {
                quote!(::serde_json::Map<::std::string::String, ::serde_json::Value>)
            }
            Kind::Map(value) => {
                let value = self.kind(value, settings);
                quote!(::std::collections::BTreeMap<::std::string::String, #value>)
            }
            Kind::Type(name) => {
                let (types, name) = (&self.types, format_ident!("{name}"));
                quote!(#types #name)
            }
        };
        // Any value may be `null` already.
        if slot.nullable && slot.kind != Kind::Any {
            quote!(::std::option::Option<#kind>)
        } else {
            kind
        }
    }

    fn scalar(&self, scalar: &Scalar, settings: &Settings) -> TokenStream {
        let runtime = &self.runtime;
        match scalar {
            Scalar::Boolean => quote!(bool),
            Scalar::Int32 => quote!(i32),
            Scalar::Int64 => quote!(i64),
            Scalar::UInt32 => quote!(u32),
            Scalar::UInt64 => quote!(u64),
            Scalar::Float => quote!(f32),
            Scalar::Double => quote!(f64),
            Scalar::String => quote!(::std::string::String),
            Scalar::Secret => quote!(#runtime Secret),
            Scalar::Format { format, .. } => match settings.formats.get(format) {
                Some(path) => quote!(#path),
                None => quote!(::serde_json::Value),
            },
        }
    }
}
