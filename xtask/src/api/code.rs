//! Code as text: for comparison, and for people.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, LitStr, Signature};

/// Code, and what is written about it.
#[derive(Clone, Debug, Default)]
pub(super) struct Code {
    /// The code without documentation and deprecation, which are compared on their own.
    pub(super) text: String,
    /// The documentation of the item itself.
    pub(super) description: String,
    /// The documentation of what is in it.
    pub(super) remarks: String,
    /// `true` if the item itself is deprecated.
    pub(super) deprecated: bool,
}

impl Code {
    pub(super) fn of(code: &impl ToTokens) -> Self {
        let mut found = Self::default();
        found.text = found.bare(code.to_token_stream(), true).to_string();
        found.description = found.description.trim().to_owned();
        found
    }

    pub(super) fn of_all(attributes: &[Attribute]) -> Self {
        let tokens = attributes.iter().map(ToTokens::to_token_stream);
        Self::of(&tokens.collect::<TokenStream>())
    }

    /// Takes documentation and deprecation out of tokens.
    fn bare(&mut self, tokens: TokenStream, outermost: bool) -> TokenStream {
        let is_sign = |token: &TokenTree, signs: &str| matches!(token, TokenTree::Punct(it) if signs.contains(it.as_char()));
        let mut bare: Vec<TokenTree> = Vec::new();
        for token in tokens {
            let TokenTree::Group(group) = token else {
                bare.push(token);
                continue;
            };
            let mut inside = group.stream().into_iter();
            let name = inside.next().map(|name| name.to_string());
            let is_attribute = bare.last().is_some_and(|token| is_sign(token, "#!"));
            match name.as_deref().filter(|_| is_attribute) {
                Some("doc") => {
                    let text = inside
                        .last()
                        .map(|text| text.to_string())
                        .unwrap_or_default();
                    let text = syn::parse_str::<LitStr>(&text).map(|text| text.value() + "\n");
                    let to = if outermost {
                        &mut self.description
                    } else {
                        &mut self.remarks
                    };
                    to.push_str(&text.unwrap_or_default());
                }
                Some("deprecated") => self.deprecated |= outermost,
                _ => {
                    let inner = self.bare(group.stream(), false);
                    bare.push(Group::new(group.delimiter(), inner).into());
                    continue;
                }
            }
            while bare.pop().is_some_and(|token| !is_sign(&token, "#")) {}
        }
        bare.into_iter().collect()
    }
}

/// Returns the beginning of an item, for people: `struct Client`.
pub(super) fn head(item: &impl ToTokens) -> String {
    let is_sign = |token: &TokenTree, signs: &str| matches!(token, TokenTree::Punct(it) if signs.contains(it.as_char()));
    let is_group =
        |token: &TokenTree, of| matches!(token, TokenTree::Group(it) if it.delimiter() == of);
    let mut tokens = item.to_token_stream().into_iter().peekable();
    while tokens.next_if(|token| is_sign(token, "#")).is_some() {
        tokens.next();
    }
    let ends = |token: &TokenTree| is_sign(token, "=;-") || is_group(token, Delimiter::Brace);
    let head = tokens.take_while(|token| !ends(token));
    let head = head.filter(|token| !is_group(token, Delimiter::Parenthesis));
    plain(&head.collect::<TokenStream>())
        .trim_start_matches("pub ")
        .to_owned()
}

/// Returns code as a person reads it: without the paths of what everybody knows, and without needless spaces.
pub(super) fn plain(code: &impl ToTokens) -> String {
    const KNOWN: [&str; 4] = ["std::", "self::", "super::", "types::"];
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut code = code.to_token_stream().to_string();
    for keyword in ["impl", "dyn", "for", "mut"] {
        code = code.replace(&format!("{keyword} :: "), &format!("{keyword} "));
    }
    let code = code.replace(" :: ", "::").replace(":: ", "::");
    let mut text = String::new();
    for piece in code.split_inclusive(|c: char| !is_name(c) && c != ':') {
        let piece = piece.trim_start_matches(':');
        let known = KNOWN.iter().any(|known| piece.starts_with(known));
        let last = piece.rsplit("::").next().filter(|_| known);
        text.push_str(last.unwrap_or(piece));
    }
    let ends = |c: char| is_name(c) || c == '>';
    let (mut tight, mut rest) = (String::new(), text.chars().peekable());
    while let Some(c) = rest.next() {
        let joins = tight.ends_with(',')
            || tight.ends_with(ends) && rest.peek().is_some_and(|next| is_name(*next));
        if c != ' ' || joins {
            tight.push(c);
        }
    }
    tight
}

/// Returns the names in a text, whatever they stand for.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// Returns code in which a name stands for nothing. Strings hold the name too, as parts of messages.
pub(super) fn anonymous(code: &str, name: &str) -> String {
    let pieces = code.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_');
    let anonymous = pieces.map(|piece| match piece.strip_prefix(name) {
        Some(rest) if rest.chars().all(|c| !c.is_alphanumeric() && c != '_') => format!("@{rest}"),
        _ => piece.to_owned(),
    });
    anonymous.collect()
}

/// Returns a signature without the name of the function.
pub(super) fn signature(signature: &Signature) -> String {
    let mut anonymous = signature.clone();
    anonymous.ident = syn::Ident::new("f", Span::call_site());
    Code::of(&anonymous).text
}

/// Returns the arguments of the outermost type in code as a person reads it.
pub(super) fn arguments(code: &str) -> Vec<&str> {
    let inside = code
        .split_once('<')
        .and_then(|(_, rest)| rest.rsplit_once('>'));
    let mut depth = 0;
    let outermost = inside.map_or("", |(inside, _)| inside).split(|c: char| {
        depth += i32::from("<([".contains(c)) - i32::from(">)]".contains(c));
        c == ',' && depth == 0
    });
    outermost
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect()
}
