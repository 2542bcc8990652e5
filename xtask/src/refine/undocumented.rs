//! Documents what typify leaves without a word: variants, properties that the document does not describe, and
//! the builders of types with their setters.
//!
//! Retired when typify documents all that it makes public.

use std::collections::HashMap;

use syn::{
    Attribute, Fields, GenericArgument, ImplItem, ImplItemFn, Item, ItemEnum, ItemImpl,
    PathArguments, Type, Variant, Visibility,
};

use super::{documentation, find, marks};

/// What is said of a property, by the type and the field that hold it.
type Properties = HashMap<(String, String), Vec<Attribute>>;

/// Adds documentation to every public item of the types that has none.
pub(super) fn apply(types: &mut [Item]) {
    let mut properties = Properties::new();
    for item in types.iter_mut() {
        match item {
            Item::Struct(item) => {
                let name = item.ident.to_string();
                for field in &mut item.fields {
                    let Some(field_name) = field.ident.as_ref().map(ToString::to_string) else {
                        continue;
                    };
                    let said = field.attrs.iter().filter(|attribute| is_doc(attribute));
                    properties.insert((name.clone(), field_name), said.cloned().collect());
                    let wire = marks::wire_name(field);
                    document(&mut field.attrs, || format!("The property `{wire}`."));
                }
            }
            Item::Enum(item) => variants(item),
            Item::Impl(item) => begin_of_builder(item),
            _ => {}
        }
    }
    for item in find::module(types, "builder").into_iter().flatten() {
        match item {
            Item::Struct(item) => {
                let name = item.ident.to_string();
                document(&mut item.attrs, || {
                    format!(
                        "Builder for [`{name}`](super::{name}): a setter for each property, then `try_into`, which \
                         says what is missing or not valid."
                    )
                });
            }
            Item::Impl(item) => setters(item, &properties),
            _ => {}
        }
    }
}

fn variants(item: &mut ItemEnum) {
    for variant in &mut item.variants {
        let text = text_of(variant);
        document(&mut variant.attrs, || text);
        for field in variant
            .fields
            .iter_mut()
            .filter(|field| field.ident.is_some())
        {
            let wire = marks::wire_name(field);
            document(&mut field.attrs, || format!("The property `{wire}`."));
        }
    }
}

/// A variant without data is a string on the wire; one with data is whatever has the form of the data.
fn text_of(variant: &Variant) -> String {
    match &variant.fields {
        Fields::Unit => {
            let name = marks::renamed(&variant.attrs).unwrap_or_else(|| variant.ident.to_string());
            format!("`{name}` on the wire.")
        }
        Fields::Named(fields) => {
            let names: Vec<String> = fields
                .named
                .iter()
                .map(|field| format!("`{}`", marks::wire_name(field)))
                .collect();
            format!("An object with {}.", names.join(" and "))
        }
        Fields::Unnamed(fields) => {
            let form = fields.unnamed.first().and_then(|field| form(&field.ty));
            format!("In the form of {}.", form.as_deref().unwrap_or("its value"))
        }
    }
}

/// What a type of data is called: the name of a generated type, or a list of them.
fn form(kind: &Type) -> Option<String> {
    let Type::Path(path) = kind else { return None };
    if let Some(name) = path.path.get_ident() {
        return Some(format!("[`{name}`]"));
    }
    let last = path.path.segments.last()?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) if last.ident == "Vec" => {
            match arguments.args.first()? {
                GenericArgument::Type(item) => Some(format!("a list of {}", form(item)?)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Documents the function `builder` of a type.
fn begin_of_builder(item: &mut ItemImpl) {
    if item.trait_.is_some() {
        return;
    }
    if let Some(function) = find::function(item, "builder") {
        document(&mut function.attrs, || {
            "Begins a value of this type, property by property; `try_into` ends it.".to_owned()
        });
    }
}

/// Documents the setters of the builder of a type by the properties that they set.
fn setters(item: &mut ItemImpl, properties: &Properties) {
    let Some(name) = find::self_type(item).filter(|_| item.trait_.is_none()) else {
        return;
    };
    for item in &mut item.items {
        if let ImplItem::Fn(function) = item
            && matches!(function.vis, Visibility::Public(_))
            && !function.attrs.iter().any(is_doc)
        {
            let key = (name.clone(), function.sig.ident.to_string());
            let said = properties.get(&key).cloned().unwrap_or_default();
            set(function, said);
        }
    }
}

fn set(function: &mut ImplItemFn, said: Vec<Attribute>) {
    let name = function.sig.ident.to_string();
    let mut attributes =
        documentation::attributes(&format!("Sets `{}`.", name.trim_start_matches("r#")));
    if !said.is_empty() {
        attributes.push(documentation::attribute(""));
        attributes.extend(said);
    }
    function.attrs.splice(0..0, attributes);
}

/// Puts documentation before all other attributes, unless there is some.
fn document(attributes: &mut Vec<Attribute>, text: impl FnOnce() -> String) {
    if !attributes.iter().any(is_doc) {
        attributes.splice(0..0, documentation::attributes(&text()));
    }
}

fn is_doc(attribute: &Attribute) -> bool {
    documentation::text(attribute).is_some()
}
