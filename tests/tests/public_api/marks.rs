//! Attributes that callers have to know.

use quote::ToTokens;
use syn::Attribute;

/// The attributes that callers have to know, each with a space after it.
pub(crate) fn marks<'a>(attributes: impl IntoIterator<Item = &'a Attribute>) -> String {
    let mut marks = Vec::new();
    for attribute in attributes {
        let meta = attribute.meta.to_token_stream().to_string();
        let path = attribute.path();
        // The words in them are documentation.
        let plain = ["deprecated", "must_use", "non_exhaustive"]
            .into_iter()
            .find(|it| path.is_ident(it));
        let whole = path.is_ident("cfg") || path.is_ident("repr") || meta == "doc (hidden)";
        let conditional =
            path.is_ident("cfg_attr") && !meta.contains("derive") && !meta.contains("doc");
        match plain {
            Some(plain) => marks.push(format!("#[{plain}] ")),
            None if whole || conditional => marks.push(format!("#[{}] ", compact(&meta))),
            None => {}
        }
    }
    marks.sort();
    marks.concat()
}

/// A line without the attributes at its beginning.
pub(crate) fn without_marks(line: &str) -> &str {
    let mut line = line;
    while line.starts_with("#[") {
        let Some((_, rest)) = line.split_once("] ") else {
            return line;
        };
        line = rest;
    }
    line
}

/// The text of tokens without the spaces that nobody writes.
pub(crate) fn compact(tokens: &str) -> String {
    tokens.replace(" (", "(").replace(" ,", ",")
}
