//! Documentation of types and of their parts.

use proc_macro2::TokenStream;
use quote::quote;

use crate::core::{About, Kind, Scalar, Slot};
use crate::finding::turns_text;

/// Returns the documentation of something: its description, or what is said in place of one.
pub(in crate::refine) fn documentation(
    description: &str,
    otherwise: impl FnOnce() -> String,
) -> TokenStream {
    let description = description.trim();
    if description.is_empty() {
        lines(&otherwise())
    } else {
        lines(description)
    }
}

/// Returns a documentation attribute for each line, without the characters that turn the direction of text around: Rust
/// has none of them in a comment.
pub(in crate::refine) fn lines(text: &str) -> TokenStream {
    text.replace("\r\n", "\n")
        .replace(turns_text, "")
        .split(['\n', '\r'])
        .map(|line| {
            let line = match line.trim_end() {
                "" => String::new(),
                line => format!(" {line}"),
            };
            quote!(#[doc = #line])
        })
        .collect()
}

/// Returns the attribute of what the document marks as deprecated.
pub(in crate::refine) fn deprecated(about: &About) -> Option<TokenStream> {
    about
        .deprecated
        .then(|| quote!(#[deprecated = "the API description marks it as deprecated"]))
}

/// Returns the values of a slot in words.
pub(in crate::refine) fn form(slot: &Slot) -> String {
    let form = match &slot.kind {
        Kind::Any => return "any JSON value".to_owned(),
        Kind::Type(name) => format!("[`{name}`]"),
        Kind::List(item) => format!("a list of {}", form(item)),
        Kind::Map(value) => format!("a map of {}", form(value)),
        Kind::Scalar(scalar) => match scalar {
            Scalar::Boolean => "`true` or `false`",
            Scalar::Int32 | Scalar::Int64 | Scalar::UInt32 | Scalar::UInt64 => "an integer",
            Scalar::Float | Scalar::Double => "a number",
            Scalar::String | Scalar::Secret => "text",
            Scalar::Format { format, .. } => return format!("a value of the format `{format}`"),
        }
        .to_owned(),
    };
    if slot.nullable {
        format!("{form}, or `null`")
    } else {
        form
    }
}
