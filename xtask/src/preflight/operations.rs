//! Operations: the method that each becomes, and extensions of Dropshot that progenitor acts on.

use std::collections::HashMap;

use super::survey::{Operation, Survey};
use crate::finding::Findings;
use crate::names::{Case, operation_case};

/// Methods that the generated `Client` has already, by itself or through `ClientInfo` and `ClientHooks`.
const CLIENT_METHODS: [&str; 9] = [
    "new",
    "new_with_client",
    "api_version",
    "baseurl",
    "client",
    "inner",
    "pre",
    "post",
    "exec",
];

/// Names that the generated `builder` module uses without a path.
const BUILDER_NAMES: [&str; 11] = [
    "Result",
    "String",
    "Option",
    "From",
    "Error",
    "ByteStream",
    "ClientInfo",
    "ClientHooks",
    "OperationInfo",
    "RequestBuilderExt",
    "ResponseValue",
];

pub(super) fn check(survey: &Survey<'_>, findings: &mut Findings) {
    for (path, item) in survey.root().members_of("paths") {
        if item.has("$ref") {
            findings.push(survey.error(
                "preflight/path-reference",
                &item.pointer,
                format!("The path `{path}` is a reference, which progenitor does not follow."),
                "Write the operations of the path out.",
            ));
        }
    }
    for operation in &survey.operations {
        check_method(survey, operation, findings);
        check_extensions(survey, operation, findings);
        check_name(survey, operation, findings);
    }
    check_duplicates(survey, findings);
}

fn check_method(survey: &Survey<'_>, operation: &Operation<'_>, findings: &mut Findings) {
    if matches!(operation.method, "options" | "trace") {
        findings.push(survey.error(
            "preflight/method",
            &operation.node.pointer,
            format!(
                "The operation `{}` has the method `{}`, for which `reqwest::Client` has no function.",
                operation.label(),
                operation.method.to_uppercase()
            ),
            "Remove the operation with an action of the overlay.",
        ));
    }
}

fn check_extensions(survey: &Survey<'_>, operation: &Operation<'_>, findings: &mut Findings) {
    for extension in ["x-dropshot-websocket", "x-dropshot-pagination"] {
        if operation.node.has(extension) {
            findings.push(survey.error(
                "preflight/dropshot",
                &operation.node.pointer.join(extension),
                format!("progenitor acts on `{extension}` with code that needs crates the generated crate does not have."),
                "Remove the extension with an action of the overlay.",
            ));
        }
    }
}

fn check_name(survey: &Survey<'_>, operation: &Operation<'_>, findings: &mut Findings) {
    if operation.id.is_empty() {
        findings.push(survey.error(
            "preflight/operation-id-missing",
            &operation.node.pointer,
            format!(
                "The operation `{}` has no `operationId`.",
                operation.label()
            ),
            "Give it an `operationId` with an action of the overlay.",
        ));
        return;
    }
    let method = operation_case(operation.id, Case::Snake);
    let builder = operation_case(&method, Case::Pascal);
    if CLIENT_METHODS.contains(&method.as_str()) || BUILDER_NAMES.contains(&builder.as_str()) {
        findings.push(survey.error(
            "preflight/operation-id-reserved",
            &operation.node.pointer.join("operationId"),
            format!(
                "The operation `{}` would become the method `{method}` with the builder `{builder}`, a name that the generated code uses itself.",
                operation.id
            ),
            "Give the operation another `operationId` with an action of the overlay.",
        ));
    }
}

/// Two operations whose methods, or whose builders, get the same name.
fn check_duplicates(survey: &Survey<'_>, findings: &mut Findings) {
    let mut seen: HashMap<String, &Operation<'_>> = HashMap::new();
    for operation in survey
        .operations
        .iter()
        .filter(|operation| !operation.id.is_empty())
    {
        let method = operation_case(operation.id, Case::Snake);
        let builder = operation_case(&method, Case::Pascal);
        let Some(first) = seen.get(&builder) else {
            seen.insert(builder, operation);
            continue;
        };
        let (code, message) = if first.id == operation.id {
            (
                "preflight/operation-id-duplicate",
                format!("Two operations have the `operationId` `{}`.", operation.id),
            )
        } else {
            (
                "preflight/operation-id-collision",
                format!(
                    "The operations `{}` and `{}` both become the builder `{builder}`.",
                    first.id, operation.id
                ),
            )
        };
        let finding = survey.error(
            code,
            &operation.node.pointer.join("operationId"),
            message,
            "Give one of them another `operationId` with an action of the overlay.",
        );
        let first = survey.locate(&first.node.pointer.join("operationId"));
        findings.push(finding.related(first, "the other operation"));
    }
}
