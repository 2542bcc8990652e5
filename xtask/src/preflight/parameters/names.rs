//! What parameters are called: in the document, where progenitor tells them apart by name alone, and in
//! the generated builder, where they meet each other and the builder's own names.

use std::collections::HashMap;

use crate::finding::{Finding, Findings};
use crate::names::{Case, operation_case};
use crate::preflight::survey::{Operation, Parameter, Survey};

/// Names that a parameter takes away from the generated code of its operation: methods of the builder,
/// a local variable of `send`, and the function that encodes path values.
const RESERVED: [&str; 4] = ["new", "send", "header_map", "encode_path"];

pub(super) fn check(survey: &Survey<'_>, operation: &Operation<'_>, findings: &mut Findings) {
    let parameters = &operation.parameters;
    check_repeated(survey, operation, parameters, findings);
    let has_body = operation.node.has("requestBody");
    let mut seen: HashMap<String, &Parameter<'_>> = HashMap::new();
    for parameter in parameters {
        let name = operation_case(parameter.name, Case::Snake);
        let body = has_body && matches!(name.as_str(), "body" | "body_map");
        if body || RESERVED.contains(&name.as_str()) {
            findings.push(reserved(survey, operation, parameter, &name));
        }
        let Some(first) = seen.get(&name) else {
            seen.insert(name, parameter);
            continue;
        };
        if first.name == parameter.name {
            continue; // Reported above.
        }
        let message = format!(
            "The parameters `{}` and `{}` of `{}` both become `{name}` in Rust.",
            first.name,
            parameter.name,
            operation.label()
        );
        let next = "Remove one of the two with an action of the overlay.";
        let finding = survey.error(
            "preflight/parameter-collision",
            &parameter.entry.pointer,
            message,
            next,
        );
        findings.push(finding.related(survey.locate(&first.entry.pointer), "the other parameter"));
    }
}

/// Parameters with the same name, of which progenitor keeps the last.
fn check_repeated(
    survey: &Survey<'_>,
    operation: &Operation<'_>,
    parameters: &[Parameter<'_>],
    findings: &mut Findings,
) {
    let mut seen: HashMap<&str, &Parameter<'_>> = HashMap::new();
    for parameter in parameters {
        let Some(first) = seen.insert(parameter.name, parameter) else {
            continue;
        };
        let finding = survey.error(
            "preflight/parameter-duplicate",
            &parameter.entry.pointer,
            format!(
                "The operation `{}` has two parameters called `{}` (in {} and in {}), of which progenitor drops one.",
                operation.label(),
                parameter.name,
                first.location,
                parameter.location
            ),
            "Remove one of the two with an action of the overlay.",
        );
        findings.push(finding.related(survey.locate(&first.entry.pointer), "the other parameter"));
    }
}

fn reserved(
    survey: &Survey<'_>,
    operation: &Operation<'_>,
    parameter: &Parameter<'_>,
    name: &str,
) -> Finding {
    survey.error(
        "preflight/parameter-reserved",
        &parameter.entry.pointer,
        format!(
            "The parameter `{}` of `{}` becomes `{name}` in Rust, a name that the generated code uses itself.",
            parameter.name,
            operation.label()
        ),
        "Remove the parameter with an action of the overlay.",
    )
}
