//! Turns the marks that generate left in descriptions into attributes: other names of a property, and
//! deprecation.
//!
//! progenitor drops both. Retired when typify reads `deprecated` and has a way to say an alias.

use std::collections::HashSet;

use syn::{Attribute, Field, Fields, Ident, Item, parse_quote};

use super::{Missing, documentation};
use crate::generate::marks::Mark;

/// Applies all marks found in the types; says which of the expected ones are on no field.
pub(super) fn apply(types: &mut [Item], expected: &[(String, Mark)]) -> Vec<Missing> {
    let mut found = HashSet::new();
    for item in types {
        // typify gives the description of a property to the type that it makes for it as well.
        match item {
            Item::Struct(item) => clear(&item.ident, &mut item.attrs),
            Item::Enum(item) => clear(&item.ident, &mut item.attrs),
            _ => {}
        }
        if let Item::Struct(item) = item
            && let Fields::Named(fields) = &mut item.fields
        {
            for field in &mut fields.named {
                if let Some(mark) = take(&mut field.attrs) {
                    found.insert((wire_name(field), mark.clone()));
                    attach(field, &mark);
                }
            }
        }
    }
    expected
        .iter()
        .filter(|mark| !found.contains(*mark))
        .map(|(name, _)| {
            format!("no field for the property `{name}` that is deprecated or has aliases")
        })
        .collect()
}

/// The attribute of what the document marks as deprecated.
pub(super) fn deprecated() -> Attribute {
    parse_quote!(#[deprecated = "the API description marks it as deprecated"])
}

/// Takes the mark out of the documentation of a type, and documents it as typify does one without a description.
fn clear(name: &Ident, attributes: &mut Vec<Attribute>) {
    if take(attributes).is_some()
        && attributes
            .iter()
            .all(|it| documentation::text(it).is_none())
    {
        attributes.splice(0..0, documentation::attributes(&format!("`{name}`")));
    }
}

/// Takes the mark out of the documentation of something.
fn take(attributes: &mut Vec<Attribute>) -> Option<Mark> {
    let text = attributes
        .iter()
        .filter_map(documentation::text)
        .collect::<Vec<_>>()
        .join("\n");
    let (text, mark) = Mark::split(&text);
    if mark.is_some() {
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
        attributes.splice(0..0, documentation::attributes(&text));
    }
    mark
}

fn attach(field: &mut Field, mark: &Mark) {
    for alias in &mark.aliases {
        field.attrs.push(parse_quote!(#[serde(alias = #alias)]));
    }
    if mark.deprecated {
        field.attrs.push(deprecated());
    }
}

/// The name of a field on the wire: that of `#[serde(rename = "…")]`, or its own.
pub(super) fn wire_name(field: &Field) -> String {
    renamed(&field.attrs).unwrap_or_else(|| {
        field
            .ident
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    })
}

/// The name that `#[serde(rename = "…")]` gives.
pub(super) fn renamed(attributes: &[Attribute]) -> Option<String> {
    let mut name = None;
    for attribute in attributes {
        if attribute.path().is_ident("serde") {
            // Other arguments are read and dropped; one that is not understood ends the reading, and no
            // rename is then found, which the caller reports.
            let _ = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("rename") {
                    name = Some(meta.value()?.parse::<syn::LitStr>()?.value());
                } else if meta.input.peek(syn::Token![=]) {
                    meta.value()?.parse::<syn::Expr>()?;
                }
                Ok(())
            });
        }
    }
    name
}
