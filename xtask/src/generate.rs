//! Generate: settings, then the one call of progenitor.
//!
//! What progenitor drops but a later stage needs (other names of a property, deprecation) travels through it
//! as marks in descriptions, see [`marks`].

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, HooksMode, InterfaceStyle, TagStyle, TypeImpl};
use quote::quote;
use serde_json::{Value, json};

use crate::finding::{Finding, Findings};
use crate::generate_guard::generate_guarded;
use crate::pointer::Pointer;
use crate::settings::Settings;
use crate::source::Document;

pub mod marks;
mod types;
mod walk;

pub use types::types;

/// The type of every schema `{type: string, format: password}`, as generated code names it.
const SECRET: &str = "super::runtime::Secret";

/// The type of every schema of a map. Its order is that of the keys, so that what is sent does not depend
/// on the seed of a hash function.
const MAP: &str = "::std::collections::BTreeMap";

/// Generates the client for a lowered document that has passed preflight.
///
/// # Findings
/// `generate/progenitor-refused` and `generate/progenitor-panicked` where progenitor makes nothing of the
/// document, `generate/not-rust` where what it makes is not Rust: both are gaps in preflight.
pub fn generate(
    api: &OpenAPI,
    document: &Document,
    settings: &Settings,
    findings: &mut Findings,
) -> Option<syn::File> {
    let settings = generation_settings(settings, findings)?;
    let tokens = generate_guarded(api, document, &settings, findings)?;
    match syn::parse2(tokens) {
        Ok(file) => Some(file),
        Err(error) => {
            findings.push(
                Finding::error(
                    "generate/not-rust",
                    format!("progenitor generated what is not Rust: {error}"),
                    "Report this: preflight should have said what is wrong, and where.",
                )
                .at(document.locate(&Pointer::root())),
            );
            None
        }
    }
}

fn generation_settings(settings: &Settings, findings: &mut Findings) -> Option<GenerationSettings> {
    let mut generation = GenerationSettings::new();
    generation
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_map_type(MAP);
    let password: Value = json!({ "type": "string", "format": "password" });
    match serde_json::from_value(password) {
        // A conversion matches the whole schema but for its metadata, so a password with further
        // restrictions is not a secret; preflight refuses it.
        Ok(schema) => generation.with_conversion(
            schema,
            SECRET,
            [TypeImpl::FromStringIrrefutable].into_iter(),
        ),
        Err(error) => {
            findings.push(Finding::error(
                "generate/settings",
                format!("progenitor does not take the schema of a secret: {error}"),
                "Adapt xtask/src/generate.rs to this version of progenitor.",
            ));
            return None;
        }
    };
    if let Some(state) = &settings.client_state {
        generation
            .with_inner_type(quote!(#state))
            .with_hooks(HooksMode::Expected);
    }
    Some(generation)
}
