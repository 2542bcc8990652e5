//! Refine: the code of an API in the core form.
//!
//! The module of types is progenitor's where it makes structs, and templates' where it makes enums, unions and aliases
//! ([`types`]). The client, the builders and the operation table come from the operation template
//! ([`operations`]).

use quote::quote;
use syn::{File, Ident, Item};

use crate::core::{Api, Reach};
use crate::finding::{Finding, Findings, Severity};
use crate::settings::Settings;

pub(crate) mod operations;
mod text;
pub mod types;

/// The generated code of an API in the core form, from the module of types that progenitor made of it.
///
/// # Findings
/// `refine/not-found` where progenitor made types otherwise than the core form says.
pub fn code(
    types: Vec<Item>,
    api: &Api,
    settings: &Settings,
    findings: &mut Findings,
) -> Option<File> {
    let before = findings.count(Severity::Error);
    let types = types::refine(types, api, &Reach::of(api), settings, findings);
    let unions = operations::unions(api, settings).into_values();
    let root = operations::root(api, settings);
    let builders = operations::builders(api, settings);
    let tokens = quote! {
        #root
        /// Builders of requests, one for each operation.
        pub mod builder { #builders }
        /// Types of requests and answers.
        pub mod types { #types #(#unions)* }
    };
    match syn::parse2(tokens) {
        Ok(file) => findings.unless_errors_since(before, file),
        Err(error) => {
            findings.push(Finding::error(
                "refine/not-rust",
                format!("the operation template made what is not Rust: {error}"),
                "Report this with the document: every name of the core form is a legal one.",
            ));
            None
        }
    }
}

/// An identifier of generated code, from a name that [`crate::names`] has made legal.
fn ident(name: &str) -> Ident {
    Ident::new(name, proc_macro2::Span::call_site())
}
