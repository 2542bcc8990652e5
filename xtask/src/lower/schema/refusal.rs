//! How a keyword is refused.

use super::super::context::Context;
use crate::pointer::Pointer;

/// Reports an assertion that has no form in 3.0, at its keyword.
pub(super) fn refuse(keyword: &str, why: &str, at: &Pointer, context: &mut Context<'_>) {
    context.error(
        "lower/no-3.0-form",
        &at.join(keyword),
        format!("`{keyword}` has no form in OpenAPI 3.0: {why}"),
        format!(
            "Describe the values without `{keyword}`, or give the restriction up with an overlay action that removes it."
        ),
    );
}
