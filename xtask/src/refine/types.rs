//! The module of types: structs as typify makes them, under attributes of ours, and enums, unions and aliases from
//! templates.
//!
//! Typify decides which fields need a box. All else follows from the core form, and where typify disagrees with it,
//! it has changed, and that is a finding rather than a guess.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Item, ItemStruct};

use super::text;
use crate::core::{Api, Kind, Reach, Scalar, Scope, Shape, Slot};
use crate::finding::{Finding, Findings};
use crate::settings::Settings;

mod builders;
mod enums;
mod fields;
mod reading;
mod structs;
mod unions;

/// Writes the module of types, from the items of the one that progenitor made of
/// [`document`](crate::core::document).
///
/// # Findings
/// `refine/not-found` for every type that typify made otherwise than the core form says.
pub fn refine(
    items: Vec<Item>,
    api: &Api,
    settings: &Settings,
    findings: &mut Findings,
) -> TokenStream {
    let mut made: BTreeMap<String, ItemStruct> = BTreeMap::new();
    let mut errors = None;
    for item in items {
        match item {
            Item::Struct(item) => {
                made.insert(item.ident.to_string(), item);
            }
            Item::Mod(module) if module.ident == "error" => errors = Some(module),
            _ => {}
        }
    }
    let types = Types {
        api,
        reach: Reach::of(api),
        settings,
        here: Scope::types(),
    };
    let mut tokens = quote!(#errors);
    let mut builders = TokenStream::new();
    for (name, named) in &api.types {
        tokens.extend(match &named.shape {
            Shape::Enum(values) => types.enumeration(named, values),
            Shape::Union(union) => types.union(named, union),
            Shape::Alias(slot) => types.alias(named, slot),
            Shape::Struct(object) => match types.fields(object, made.get(name)) {
                Ok(fields) => {
                    if types.reach.sent.contains(name) {
                        builders.extend(types.builder(named, &fields));
                    }
                    types.structure(named, &fields)
                }
                Err(missing) => {
                    findings.push(not_found(&format!("{missing}, in the type `{name}`")));
                    continue;
                }
            },
        });
    }
    if !builders.is_empty() {
        tokens.extend(quote! {
            /// Builders for the types that requests are made of.
            pub mod builder { #builders }
        });
    }
    tokens.extend(super::operations::unions(api, settings));
    tokens
}

fn not_found(missing: &str) -> Finding {
    Finding::error(
        "refine/not-found",
        format!("the generated code has {missing}"),
        "Adapt xtask/src/refine/types to what this version of progenitor generates.",
    )
}

/// The context of the templates of all types.
struct Types<'a> {
    api: &'a Api,
    reach: Reach,
    settings: &'a Settings,
    /// The module of types.
    here: Scope,
}

impl Types<'_> {
    /// Returns the type of a slot, as the module of types writes it.
    fn kind(&self, slot: &Slot) -> TokenStream {
        self.here.kind(slot, self.settings)
    }

    /// A value of the type may come from a service that is newer than the document.
    fn is_answered(&self, name: &str) -> bool {
        self.reach.answered.contains(name)
    }

    /// Writes the head of a type: its documentation, its derives, and its other attributes.
    ///
    /// Two secrets are not compared with `==`, which would take a time that depends on them, and so neither is what
    /// holds one.
    fn head(
        &self,
        named: &crate::core::Type,
        text: &str,
        debug: &TokenStream,
        derives: &TokenStream,
    ) -> TokenStream {
        let documentation = text::documentation(&named.about.description, || text.to_owned());
        let deprecated = text::deprecated(&named.about);
        let mut parts = self.api.parts(named.shape.slots(), true).into_iter();
        let is_secret = parts.any(|part| part.kind == Kind::Scalar(Scalar::Secret));
        let equality = (!is_secret).then(|| quote!(PartialEq,));
        quote! {
            #documentation
            #deprecated
            #[derive(Clone, #debug #equality #derives)]
            #[non_exhaustive]
        }
    }

    /// Returns the derive of JSON Schema behind its feature; `arguments` are further attributes that it reads.
    fn json_schema(&self, arguments: &TokenStream) -> TokenStream {
        match &self.settings.schemars_feature {
            Some(feature) => {
                quote!(#[cfg_attr(feature = #feature, derive(::schemars::JsonSchema) #arguments)])
            }
            None => TokenStream::new(),
        }
    }
}

/// Returns an identifier of generated code, from a name that the core form has.
fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Returns a name that none of the others is, beginning with this one.
fn unlike<'a>(mut name: String, others: impl Iterator<Item = &'a str> + Clone) -> String {
    while others.clone().any(|other| other == name) {
        name.push('_');
    }
    name
}
