//! Says in plain words what is wrong with a value that a builder was given.
//!
//! progenitor writes "conversion to `:: std :: string :: String` for name failed" and "name was not
//! initialized". Retired when its messages are for the people who read them.

use syn::LitStr;
use syn::visit_mut::VisitMut;

use super::{Builder, Missing};

/// Rewrites the messages in the functions of the builder.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    struct Messages;
    impl VisitMut for Messages {
        fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
            if let Some(message) = plain(&literal.value()) {
                *literal = LitStr::new(&message, literal.span());
            }
        }
    }
    Messages.visit_item_impl_mut(builder.implementation);
    Ok(())
}

/// The plain form of a message of progenitor; `None` for any other text.
fn plain(message: &str) -> Option<String> {
    if let Some(name) = message.strip_suffix(" was not initialized") {
        return Some(format!("`{name}` is required and was not given"));
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
    Some(format!("`{name}` cannot be made a `{kind}`{cause}"))
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
                Some("`name` cannot be made a `String`"),
            ),
            (
                "conversion to `:: std :: vec :: Vec < :: std :: string :: String >` for names failed",
                Some("`names` cannot be made a `Vec<String>`"),
            ),
            (
                "conversion to `Order` for body failed: {}",
                Some("`body` cannot be made a `Order`: {}"),
            ),
            ("get_order", None),
        ] {
            assert_eq!(plain(message).as_deref(), expected, "{message}");
        }
    }
}
