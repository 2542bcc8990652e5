//! Writes documentation one line to an attribute, as people write it.
//!
//! progenitor puts a text of many lines into one attribute, which is rendered as a block comment that begins
//! and ends in the middle of lines. Retired when it splits them.

use proc_macro2::Span;
use syn::token::Bracket;
use syn::visit_mut::VisitMut;
use syn::{
    AttrStyle, Attribute, Block, Expr, ExprLit, File, Lit, LitStr, Meta, MetaNameValue, Token,
};

use super::ident;

/// Rewrites every `#[doc = "…"]` of the file.
pub(super) fn apply(file: &mut File) {
    struct Lines;
    impl VisitMut for Lines {
        fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
            let mut at = 0;
            while let Some(attribute) = attributes.get(at) {
                match text(attribute).filter(|text| needs_splitting(text)) {
                    Some(text) => {
                        let lines = self::attributes(&text);
                        let next = at + lines.len();
                        attributes.splice(at..=at, lines);
                        at = next;
                    }
                    None => at += 1,
                }
            }
        }

        /// There is no documentation inside of functions.
        fn visit_block_mut(&mut self, _: &mut Block) {}
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
            attribute(&line)
        })
        .collect()
}

/// `#[doc = "line"]`, made rather than parsed: there are thousands of them.
pub(super) fn attribute(line: &str) -> Attribute {
    Attribute {
        pound_token: <Token![#]>::default(),
        style: AttrStyle::Outer,
        bracket_token: Bracket::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: ident("doc").into(),
            eq_token: <Token![=]>::default(),
            value: Expr::Lit(ExprLit {
                attrs: Vec::new(),
                lit: Lit::Str(LitStr::new(line, Span::call_site())),
            }),
        }),
    }
}

/// The text of a documentation attribute.
pub(crate) fn text(attribute: &Attribute) -> Option<String> {
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

/// Whether a text is not yet one line with a space before it.
fn needs_splitting(text: &str) -> bool {
    text.contains('\n') || !(text.is_empty() || text.starts_with(' '))
}
