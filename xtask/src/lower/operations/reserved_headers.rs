//! Header parameters that OpenAPI says are ignored, because something else in the document sets them.

use super::super::context::Context;
use super::parameters::Moved;

/// Whether a header is set by the security requirements or by the responses.
pub(super) fn is_ignored(name: &str) -> bool {
    name.eq_ignore_ascii_case("Accept") || name.eq_ignore_ascii_case("Authorization")
}

/// Whether a header says what the request body is.
///
/// That is ignored as well, except where the body has become raw bytes: there nothing else says it.
pub(super) fn is_content_type(name: &str) -> bool {
    name.eq_ignore_ascii_case("Content-Type")
}

/// Reports header parameters that are dropped.
pub(super) fn report(dropped: &[Moved], context: &mut Context<'_>) {
    for Moved { value, from } in dropped {
        let name = value
            .get("name")
            .and_then(|name| name.as_str())
            .unwrap_or("header");
        context.warning(
            "lower/ignored-header",
            from,
            format!("OpenAPI ignores the header parameter `{name}`: the rest of the document says what is sent"),
            "Remove it with an overlay action.",
        );
    }
}
