//! How a keyword is refused.

use super::super::context::Context;
use crate::pointer::Pointer;

/// Reports an assertion that has no form in 3.0, at its keyword.
pub(super) fn refuse(keyword: &str, why: &str, at: &Pointer, context: &mut Context<'_>) {
    report(
        keyword,
        why,
        format!(
            "Describe the values without `{keyword}`, or give the restriction up with an overlay action that removes it."
        ),
        at,
        context,
    );
}

/// Reports a keyword that changes what the schemas around it mean.
pub(super) fn refuse_identifier(keyword: &str, at: &Pointer, context: &mut Context<'_>) {
    report(
        keyword,
        "it changes what references mean",
        format!(
            "Refer to `#/components/schemas/...`, and remove `{keyword}` with an overlay action."
        ),
        at,
        context,
    );
}

fn report(keyword: &str, why: &str, next: String, at: &Pointer, context: &mut Context<'_>) {
    let message = format!("`{keyword}` has no form in OpenAPI 3.0: {why}");
    context.error("lower/no-3.0-form", &at.join(keyword), message, next);
}
