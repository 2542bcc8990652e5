//! Writes documentation one line to an attribute, as people write it.
//!
//! progenitor puts a text of many lines into one attribute, which is rendered as a block comment that begins
//! and ends in the middle of lines. Retired when it splits them.

use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, File, Lit, Meta, parse_quote};

/// Rewrites every `#[doc = "…"]` of the file.
pub(super) fn apply(file: &mut File) {
    struct Lines;
    impl VisitMut for Lines {
        fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
            if !attributes.iter().any(needs_splitting) {
                return;
            }
            *attributes = std::mem::take(attributes)
                .into_iter()
                .flat_map(|attribute| match text(&attribute) {
                    Some(text) => self::attributes(&text),
                    None => vec![attribute],
                })
                .collect();
        }
    }
    Lines.visit_file_mut(file);
}

/// Documentation attributes for a text, one for each line.
pub(super) fn attributes(text: &str) -> Vec<Attribute> {
    text.trim()
        .lines()
        .map(|line| {
            let line = match line.trim_end() {
                "" => String::new(),
                line => format!(" {line}"),
            };
            parse_quote!(#[doc = #line])
        })
        .collect()
}

/// The text of a documentation attribute.
pub(super) fn text(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Whether a documentation attribute is not yet one line with a space before it.
fn needs_splitting(attribute: &Attribute) -> bool {
    text(attribute)
        .is_some_and(|text| text.contains('\n') || !(text.is_empty() || text.starts_with(' ')))
}
