//! Path templates and the parameters in them.

use super::survey::{Node, Operation, Survey};
use crate::finding::Findings;

pub(super) fn check(survey: &Survey<'_>, findings: &mut Findings) {
    for (path, item) in survey.root().members_of("paths") {
        if !path.starts_with("x-") {
            check_template(survey, path, &item, findings);
        }
    }
    for operation in &survey.operations {
        if let Ok(names) = placeholders(operation.path) {
            check_parameters(survey, operation, &names, findings);
        }
    }
}

fn check_template(survey: &Survey<'_>, path: &str, item: &Node<'_>, findings: &mut Findings) {
    let fault = if !path.starts_with('/') {
        Some("does not begin with a slash, so that progenitor drops it")
    } else if path.contains("//") {
        Some("has two slashes in a row, which progenitor makes one")
    } else if path.contains(['?', '#']) {
        Some("has a query or a fragment, which is no part of a path")
    } else {
        placeholders(path).err()
    };
    if let Some(fault) = fault {
        findings.push(survey.error(
            "preflight/path-template",
            &item.pointer,
            format!("The path template `{path}` {fault}."),
            "Correct the template with actions of the overlay.",
        ));
    }
}

/// The names between braces in a path template, in order.
fn placeholders(path: &str) -> Result<Vec<&str>, &'static str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((constant, opened)) = rest.split_once('{') {
        if constant.contains('}') {
            return Err("closes a brace that was not opened");
        }
        let Some((name, after)) = opened.split_once('}') else {
            return Err("opens a brace and does not close it");
        };
        if name.is_empty() || name.contains(['/', '{']) {
            return Err("has a parameter whose name is empty or holds a slash or a brace");
        }
        names.push(name);
        rest = after;
    }
    if rest.contains('}') {
        return Err("closes a brace that was not opened");
    }
    Ok(names)
}

fn check_parameters(
    survey: &Survey<'_>,
    operation: &Operation<'_>,
    names: &[&str],
    findings: &mut Findings,
) {
    let declared = operation.parameters.iter();
    let declared: Vec<_> = declared
        .filter(|parameter| parameter.location == "path")
        .collect();
    for name in names {
        if !declared.iter().any(|parameter| parameter.name == *name) {
            findings.push(survey.error(
                "preflight/path-parameter-undeclared",
                &operation.node.pointer,
                format!("The operation `{}` does not declare `{name}`, which is in its path template `{}`.", operation.label(), operation.path),
                format!("Add a parameter `{name}` with `in: path`."),
            ));
        }
    }
    for parameter in declared {
        if !names.contains(&parameter.name) {
            findings.push(survey.error(
                "preflight/path-parameter-unused",
                &parameter.entry.pointer,
                format!(
                    "The path parameter `{}` is not in the path template `{}`.",
                    parameter.name, operation.path
                ),
                "Remove the parameter, or put it into the template.",
            ));
        }
        if !parameter.node.flag("required") {
            findings.push(survey.error(
                "preflight/path-parameter-optional",
                &parameter.node.pointer,
                format!(
                    "The path parameter `{}` is not `required: true`.",
                    parameter.name
                ),
                "Add `required: true` to it.",
            ));
        }
    }
}
