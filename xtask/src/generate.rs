//! The one call of progenitor for an API in the core form, and the settings of it.

use proc_macro2::{TokenStream, TokenTree};
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use quote::ToTokens as _;
use serde_json::json;
use syn::Item;

use crate::core::{self, Api, Shape};
use crate::finding::{Finding, Findings};
use crate::guard::catch;
use crate::settings::Settings;

/// The type of text that must not be shown, as generated code names it.
const SECRET: &str = "super::runtime::Secret";

/// The type of maps. Its order is that of the keys, so that what is sent does not depend on the seed of a hash
/// function.
const MAP: &str = "::std::collections::BTreeMap";

/// So much of what progenitor says is repeated: some panics print a whole schema.
const LONGEST: usize = 300;

/// Returns the items of the module of types that progenitor makes of [`core::document`].
///
/// # Findings
/// `generate/progenitor` where progenitor refuses the document, panics on it, or makes other than Rust with such a
/// module; it names the first operation that it does so with. The core form has a hole then.
pub fn types(api: &Api, settings: &Settings, findings: &mut Findings) -> Option<Vec<Item>> {
    let words = match generated(api, settings) {
        Ok(items) => return Some(items),
        Err(words) => words,
    };
    let words: String = words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(LONGEST)
        .collect();
    let what = match failing_operation(api, settings) {
        Some(operation) => format!("the operation `{operation}`"),
        None => "the types of the document".to_owned(),
    };
    findings.push(Finding::error(
        "generate/progenitor",
        format!("progenitor makes nothing of {what}: {words}"),
        "Report this with the document: the core form should hold nothing that progenitor cannot take.",
    ));
    None
}

/// Returns the first operation that progenitor fails with; `None` if it fails without any.
fn failing_operation<'a>(api: &'a Api, settings: &Settings) -> Option<&'a str> {
    let fails = |count: usize| {
        let mut first = api.clone();
        first.operations.truncate(count);
        generated(&first, settings).is_err()
    };
    let counts: Vec<usize> = (0..=api.operations.len()).collect();
    let passing = counts.partition_point(|count| !fails(*count));
    let last = passing.checked_sub(1)?;
    api.operations
        .get(last)
        .map(|operation| operation.id.as_str())
}

fn generated(api: &Api, settings: &Settings) -> Result<Vec<Item>, String> {
    let document = core::document(api);
    let settings = generation_settings(api, settings)?;
    let tokens = catch(|| Generator::new(&settings).generate_tokens(&document))?
        .map_err(|error| error.to_string())?;
    let types = module("types", tokens).ok_or("there is no module `types`")?;
    let file: syn::File = syn::parse2(types).map_err(|error| error.to_string())?;
    Ok(file.items)
}

/// Returns the contents of the module of this name; the rest takes its time to parse, and a template writes that.
fn module(name: &str, tokens: TokenStream) -> Option<TokenStream> {
    let mut tokens = tokens.into_iter();
    tokens.find(|token| matches!(token, TokenTree::Ident(ident) if ident == name))?;
    match tokens.next()? {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    }
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
        let path = path.to_token_stream().to_string();
        for json in ["string", "integer", "number"] {
            convert(json, format, path.clone())?;
        }
    }
    Ok(generation)
}
