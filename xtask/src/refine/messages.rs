//! Says in plain words what is wrong with a value that a builder was given.
//!
//! progenitor writes "conversion to `:: std :: string :: String` for name failed" and "name was not
//! initialized", typify "no value supplied for name" and
//! "error converting supplied value for name". Retired when their messages are for the people who read them.

use proc_macro2::{Literal, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{ImplItem, Item, LitStr, Macro};

use super::{Builder, Missing, find};

/// Rewrites the messages in the functions of the builder of an operation.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    for item in &mut builder.implementation.items {
        // What `send` says is not about a value that was given.
        if !matches!(item, ImplItem::Fn(function) if function.sig.ident == "send") {
            Messages.visit_impl_item_mut(item);
        }
    }
    Ok(())
}

/// Rewrites the messages in the builders of types.
pub(super) fn apply_to_types(types: &mut [Item]) {
    if let Some(builders) = find::module(types, "builder") {
        for item in builders {
            Messages.visit_item_mut(item);
        }
    }
}

struct Messages;

impl VisitMut for Messages {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        if let Some(message) = plain(&literal.value()) {
            *literal = LitStr::new(&message, literal.span());
        }
    }

    /// The first argument of `format!`, which is no expression yet.
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        visit_mut::visit_macro_mut(self, call);
        call.tokens = std::mem::take(&mut call.tokens)
            .into_iter()
            .map(|token| match &token {
                TokenTree::Literal(literal) => message(literal).map_or(token, TokenTree::from),
                _ => token,
            })
            .collect::<TokenStream>();
    }
}

/// The plain form of a message that is a literal.
fn message(literal: &Literal) -> Option<Literal> {
    let text: LitStr = syn::parse_str(&literal.to_string()).ok()?;
    Some(Literal::string(&plain(&text.value())?))
}

/// The plain form of a message of progenitor; `None` for any other text.
fn plain(message: &str) -> Option<String> {
    if let Some(name) = message.strip_suffix(" was not initialized") {
        return Some(format!("`{name}` is required and was not given"));
    }
    if let Some(name) = message.strip_prefix("no value supplied for ") {
        return Some(format!("`{name}` is required and was not given"));
    }
    if let Some(rest) = message.strip_prefix("error converting supplied value for ") {
        let (name, cause) = rest.split_once(": ")?;
        return Some(format!("`{name}` is not valid: {cause}"));
    }
    let rest = message.strip_prefix("conversion to `")?;
    let (kind, rest) = rest.split_once("` for ")?;
    let kind = kind.replace(' ', "");
    // A path of the standard library says no more than its last segment.
    let kind = match kind.strip_prefix("::std::") {
        Some(path) if !path.contains('<') => path.rsplit("::").next().unwrap_or(path).to_owned(),
        _ => kind
            .replace("::std::string::", "")
            .replace("::std::vec::", ""),
    };
    let (name, cause) = rest.split_once(" failed")?;
    if !cause.is_empty() {
        return Some(format!("`{name}` cannot be turned into `{kind}`{cause}"));
    }
    Some(format!(
        "`{name}` cannot be turned into `{kind}`; give a value of that type"
    ))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn messages_name_the_parameter_and_its_type() {
        for (message, expected) in [
            (
                "name was not initialized",
                Some("`name` is required and was not given"),
            ),
            (
                "conversion to `:: std :: string :: String` for name failed",
                Some("`name` cannot be turned into `String`; give a value of that type"),
            ),
            (
                "conversion to `:: std :: vec :: Vec < :: std :: string :: String >` for names failed",
                Some("`names` cannot be turned into `Vec<String>`; give a value of that type"),
            ),
            (
                "conversion to `Order` for body failed: {}",
                Some("`body` cannot be turned into `Order`: {}"),
            ),
            (
                "no value supplied for name",
                Some("`name` is required and was not given"),
            ),
            (
                "error converting supplied value for name: {e}",
                Some("`name` is not valid: {e}"),
            ),
            ("get_order", None),
        ] {
            assert_eq!(plain(message).as_deref(), expected, "{message}");
        }
    }
}
