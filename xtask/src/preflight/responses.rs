//! Responses: at most one type for success and one for errors, and statuses that progenitor knows.

use std::collections::HashMap;

use serde_json::Value;

use super::schema::fingerprint;
use super::survey::{Node, Operation, Survey, json_content};
use crate::finding::Findings;

/// A status as progenitor reads it, in its order: a range stands before the codes in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Range(u16),
    Code(u16),
    Default,
}

impl Status {
    fn parse(text: &str) -> Option<Self> {
        if text == "default" {
            return Some(Self::Default);
        }
        let upper = text.to_ascii_uppercase();
        if let Some(digit) = upper.strip_suffix("XX") {
            return (digit.len() == 1).then(|| digit.parse().ok().map(Self::Range))?;
        }
        let digits = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        let code = text.parse().ok().filter(|code| (100..1000).contains(code));
        code.filter(|_| digits).map(Self::Code)
    }

    fn is_success(self) -> bool {
        matches!(
            self,
            Self::Default | Self::Code(101 | 200..=299) | Self::Range(2)
        )
    }

    fn is_error(self) -> bool {
        matches!(
            self,
            Self::Default | Self::Code(400..=599) | Self::Range(4 | 5)
        )
    }
}

/// A response and the type that progenitor gives it.
struct Answer<'a> {
    status: Status,
    text: &'a str,
    node: Node<'a>,
    /// Equal for two responses exactly where progenitor makes the same type of both.
    type_key: String,
}

pub(super) fn check(survey: &Survey<'_>, findings: &mut Findings) {
    for operation in &survey.operations {
        check_operation(survey, operation, findings);
    }
}

fn check_operation(survey: &Survey<'_>, operation: &Operation<'_>, findings: &mut Findings) {
    let mut answers = Vec::new();
    let mut seen = HashMap::new();
    for (text, node) in survey.responses(operation) {
        let Some(status) = Status::parse(text) else {
            findings.push(survey.error(
                "preflight/status",
                &operation.node.pointer.join("responses").join(text),
                format!(
                    "The status `{text}` of `{}` is none, so that progenitor drops the response.",
                    operation.label()
                ),
                "Write a status such as `404`, a range such as `4XX`, or `default`.",
            ));
            continue;
        };
        if let Some(other) = seen.insert(format!("{status:?}"), text) {
            findings.push(survey.error(
                "preflight/status",
                &operation.node.pointer.join("responses").join(text),
                format!(
                    "The statuses `{other}` and `{text}` of `{}` are the same.",
                    operation.label()
                ),
                "Remove one of the two responses.",
            ));
        }
        check_content(survey, operation, &node, findings);
        answers.push(Answer {
            status,
            text,
            type_key: type_key(&node),
            node,
        });
    }
    check_ignored(survey, operation, &answers, findings);
    check_types(survey, operation, answers, findings);
}

fn type_key(response: &Node<'_>) -> String {
    if let Some(json) = json_content(response) {
        return format!(
            "JSON {}",
            fingerprint(json.value.get("schema").unwrap_or(&Value::Null))
        );
    }
    let raw = !response.members_of("content").is_empty();
    if raw {
        "bytes".to_owned()
    } else {
        "nothing".to_owned()
    }
}

fn check_content(
    survey: &Survey<'_>,
    operation: &Operation<'_>,
    response: &Node<'_>,
    findings: &mut Findings,
) {
    let label = operation.label();
    let Some(json) = json_content(response) else {
        return;
    };
    if operation.method == "head" {
        findings.push(survey.error(
            "preflight/head-content",
            &json.pointer,
            format!("The operation `{label}` has the method HEAD, whose answers have no body to read this JSON from."),
            "Remove the `content` of its responses with an action of the overlay.",
        ));
    }
    if !json.has("schema") {
        findings.push(survey.error(
            "preflight/response-schema-missing",
            &json.pointer,
            format!("A JSON response of `{label}` has no schema, for which progenitor panics."),
            "Give it a schema, `{}` if nothing is known, with an action of the overlay.",
        ));
    }
    if !json.members_of("encoding").is_empty() {
        findings.push(survey.error(
            "preflight/encoding",
            &json.pointer.join("encoding"),
            format!("A response of `{label}` has an `encoding`, for which progenitor panics."),
            "Remove `encoding` with an action of the overlay.",
        ));
    }
    if response.members_of("content").len() > 1 {
        findings.push(survey.warning(
            "preflight/response-media-types",
            &response.pointer.join("content"),
            format!("A response of `{label}` has several media types; the generated code reads all as JSON."),
            "Remove the media types that the service does not send with actions of the overlay.",
        ));
    }
}

/// Statuses that are neither success nor error to progenitor, and operations without a success.
fn check_ignored(
    survey: &Survey<'_>,
    operation: &Operation<'_>,
    answers: &[Answer<'_>],
    findings: &mut Findings,
) {
    let label = operation.label();
    for answer in answers {
        if answer.status == Status::Code(101) {
            findings.push(survey.error(
                "preflight/upgrade",
                &answer.node.pointer,
                format!("The operation `{label}` answers 101, an upgrade of the connection."),
                "Remove the operation with an action of the overlay.",
            ));
        } else if !answer.status.is_success() && !answer.status.is_error() {
            findings.push(survey.warning(
                "preflight/response-ignored",
                &answer.node.pointer,
                format!("The response `{}` of `{label}` is neither success nor error; it becomes an unexpected response.", answer.text),
                "Remove the response with an action of the overlay if that is not wanted.",
            ));
        }
    }
    if !answers.iter().any(|answer| answer.status.is_success()) {
        findings.push(survey.warning(
            "preflight/response-missing",
            &operation.node.pointer,
            format!("The operation `{label}` declares no success; every 2xx is returned as bytes."),
            "Declare what the operation returns with an action of the overlay.",
        ));
    }
}

fn check_types(
    survey: &Survey<'_>,
    operation: &Operation<'_>,
    mut answers: Vec<Answer<'_>>,
    findings: &mut Findings,
) {
    answers.sort_by_key(|answer| answer.status);
    let ranged = answers
        .iter()
        .any(|answer| answer.status == Status::Range(2));
    let success = |answer: &&Answer<'_>| {
        answer.status.is_success() && !(ranged && answer.status == Status::Default)
    };
    let successes: Vec<_> = answers.iter().filter(success).collect();
    let errors: Vec<_> = answers
        .iter()
        .filter(|answer| answer.status.is_error())
        .collect();
    check_same(
        survey,
        operation,
        "preflight/success-types",
        "success",
        &successes,
        findings,
    );
    check_same(
        survey,
        operation,
        "preflight/error-types",
        "an error",
        &errors,
        findings,
    );
}

fn check_same(
    survey: &Survey<'_>,
    operation: &Operation<'_>,
    code: &'static str,
    what: &str,
    answers: &[&Answer<'_>],
    findings: &mut Findings,
) {
    let Some((first, rest)) = answers.split_first() else {
        return;
    };
    let Some(other) = rest.iter().find(|answer| answer.type_key != first.type_key) else {
        return;
    };
    let both = if first.status == Status::Default || other.status == Status::Default {
        "; `default` counts as success and as error unless there is a `2XX`"
    } else {
        ""
    };
    let message = format!(
        "The responses `{}` and `{}` of `{}` stand for {what} and have different types{both}.",
        first.text,
        other.text,
        operation.label()
    );
    let next = "Keep one type with actions of the overlay.";
    let finding = survey.error(
        code,
        &operation.node.pointer.join("responses").join(other.text),
        message,
        next,
    );
    findings.push(finding.related(survey.locate(&first.node.pointer), "the other response"));
}
