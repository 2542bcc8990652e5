//! The one call of progenitor for an API in the core form, and the settings of it.

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, InterfaceStyle, TagStyle};
use serde_json::json;
use syn::{Item, ItemMod};

use super::{MAP, SECRET};
use crate::core::{self, Api, Shape};
use crate::finding::{Finding, Findings};
use crate::generate_guard::attempt;
use crate::settings::Settings;

/// The items of the module of types that progenitor makes of [`core::document`].
///
/// # Findings
/// `generate/progenitor` where progenitor makes nothing of the document, or other than Rust with such a module. The core
/// form has a hole then.
pub fn types(api: &Api, settings: &Settings, findings: &mut Findings) -> Option<Vec<Item>> {
    match generated(api, settings) {
        Ok(items) => Some(items),
        Err(words) => {
            findings.push(Finding::error(
                "generate/progenitor",
                format!("progenitor makes nothing of the core form: {words}"),
                "Report this with the document: the core form should hold nothing that progenitor cannot take.",
            ));
            None
        }
    }
}

fn generated(api: &Api, settings: &Settings) -> Result<Vec<Item>, String> {
    let document: OpenAPI =
        serde_json::from_value(core::document(api)).map_err(|error| error.to_string())?;
    let settings = generation_settings(api, settings)?;
    let tokens = attempt(&document, &settings).map_err(|failure| failure.message())?;
    let file: syn::File = syn::parse2(tokens).map_err(|error| error.to_string())?;
    file.items
        .into_iter()
        .find_map(|item| match item {
            Item::Mod(ItemMod {
                ident,
                content: Some((_, items)),
                ..
            }) if ident == "types" => Some(items),
            _ => None,
        })
        .ok_or_else(|| "there is no module `types`".to_owned())
}

/// Enums and unions are written by templates of ours, and so is all that operations do.
fn generation_settings(api: &Api, settings: &Settings) -> Result<GenerationSettings, String> {
    let mut generation = GenerationSettings::new();
    generation
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged)
        .with_map_type(MAP);
    let named = api
        .types
        .values()
        .filter(|named| matches!(named.shape, Shape::Enum(_) | Shape::Union(_)))
        .map(|named| &named.name);
    let answers = api
        .operations
        .iter()
        .flat_map(|operation| [&operation.success.union, &operation.errors.union])
        .flatten();
    for name in named.chain(answers) {
        generation.with_replacement(name, format!("super::types::{name}"), [].into_iter());
    }
    let mut convert = |json: &str, format: &str, path: String| {
        let schema = serde_json::from_value(json!({ "type": json, "format": format }));
        let schema = schema.map_err(|error| error.to_string())?;
        generation.with_conversion(schema, path, [].into_iter());
        Ok::<(), String>(())
    };
    convert("string", "password", SECRET.to_owned())?;
    for (format, path) in &settings.formats {
        let path = quote::quote!(#path).to_string();
        for json in ["string", "integer", "number"] {
            convert(json, format, path.clone())?;
        }
    }
    Ok(generation)
}
