//! Parameters: where they go, what they may hold there, and what they are called.

mod names;
mod wire;

use super::survey::{Operation, Parameter, Survey};
use crate::finding::Findings;

pub(super) fn check(survey: &Survey<'_>, findings: &mut Findings) {
    for operation in &survey.operations {
        for parameter in &operation.parameters {
            check_parameter(survey, operation, parameter, findings);
        }
        names::check(survey, operation, findings);
    }
}

fn check_parameter(
    survey: &Survey<'_>,
    operation: &Operation<'_>,
    parameter: &Parameter<'_>,
    findings: &mut Findings,
) {
    let (name, at) = (parameter.name, &parameter.node.pointer);
    let label = operation.label();
    if parameter.location == "cookie" {
        findings.push(survey.error(
            "preflight/cookie-parameter",
            at,
            format!("The operation `{label}` takes the parameter `{name}` as a cookie, which progenitor cannot send."),
            "Remove the parameter with an action of the overlay.",
        ));
        return;
    }
    if parameter.node.has("content") {
        findings.push(survey.error(
            "preflight/parameter-content",
            &at.join("content"),
            format!("The parameter `{name}` of `{label}` has a media type in place of a schema."),
            "Give the parameter a `schema` and remove `content` with actions of the overlay.",
        ));
        return;
    }
    if parameter.location == "header" {
        check_header_name(survey, &label, parameter, findings);
    }
    wire::check(survey, &label, parameter, findings);
}

fn check_header_name(
    survey: &Survey<'_>,
    label: &str,
    parameter: &Parameter<'_>,
    findings: &mut Findings,
) {
    let name = parameter.name;
    let at = &parameter.node.pointer;
    if name.contains('*') {
        findings.push(survey.error(
            "preflight/header-wildcard",
            at,
            format!("The header `{name}` of `{label}` stands for several headers, and would be sent with the asterisk."),
            "Let only the last character of the name be an asterisk, so that it becomes a header family.",
        ));
    } else if !is_token(name) {
        findings.push(survey.error(
            "preflight/header-name",
            at,
            format!(
                "The header `{name}` of `{label}` is no HTTP header name; sending it would panic."
            ),
            "Correct the name with an action of the overlay.",
        ));
    }
}

/// Whether `name` is a token as RFC 9110 defines it, which is what a header name is.
fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
