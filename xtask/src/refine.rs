//! Refine: the code of an API in the core form.
//!
//! The module of types is progenitor's where it makes structs, and templates' where it makes enums, unions and aliases
//! ([`types`]). The client, the builders and the operation table come from the operation template
//! ([`operations`]).

use syn::Ident;

pub mod operations;
mod text;
pub mod types;

/// Returns an identifier of generated code, from a name that [`crate::names`] has made legal.
fn ident(name: &str) -> Ident {
    Ident::new(name, proc_macro2::Span::call_site())
}
