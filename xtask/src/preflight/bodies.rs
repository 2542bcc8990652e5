//! Request bodies: the one media type, and whether progenitor can send the schema as that.

use serde_json::Value;

use super::schema::{is_annotation, type_of};
use super::survey::{Kind, Node, Operation, Survey, is_json};
use crate::finding::Findings;

pub(super) fn check(survey: &Survey<'_>, findings: &mut Findings) {
    for operation in &survey.operations {
        if let Some(body) = survey.body(operation) {
            check_body(survey, operation, &body, findings);
        }
    }
}

fn check_body(
    survey: &Survey<'_>,
    operation: &Operation<'_>,
    body: &Node<'_>,
    findings: &mut Findings,
) {
    let content = body.members_of("content");
    let label = operation.label();
    let (media_type, node) = match content.as_slice() {
        [only] => only,
        [] => {
            findings.push(survey.error(
                "preflight/body-empty",
                &body.pointer,
                format!("The request body of `{label}` names no media type, so that progenitor drops it."),
                "Give it a media type, or remove the request body, with an action of the overlay.",
            ));
            return;
        }
        several => {
            let names: Vec<_> = several
                .iter()
                .map(|(name, _)| format!("`{name}`"))
                .collect();
            findings.push(survey.error(
                "preflight/body-media-types",
                &body.pointer.join("content"),
                format!(
                    "The request body of `{label}` has several media types ({}).",
                    names.join(", ")
                ),
                "Keep one of them with actions of the overlay.",
            ));
            return;
        }
    };
    let Some(schema) = node.get("schema") else {
        findings.push(survey.error(
            "preflight/body-schema-missing",
            &node.pointer,
            format!(
                "The media type `{media_type}` in the request body of `{label}` has no schema."
            ),
            "Give it a schema with an action of the overlay.",
        ));
        return;
    };
    check_media_type(survey, &label, media_type, node, &schema, findings);
    check_optional_form(survey, &label, media_type, body, findings);
}

/// Bodies that may be left out are set on the finished request, and there is nothing that sets a form there.
fn check_optional_form(
    survey: &Survey<'_>,
    label: &str,
    media_type: &str,
    body: &Node<'_>,
    findings: &mut Findings,
) {
    if media_type.starts_with("application/x-www-form-urlencoded") && !body.flag("required") {
        findings.push(survey.error(
            "preflight/body-form",
            &body.pointer,
            format!(
                "The request body of `{label}` is a form that may be left out, and progenitor would always send it."
            ),
            "Give the request body `required: true` with an action of the overlay.",
        ));
    }
}

fn check_media_type(
    survey: &Survey<'_>,
    label: &str,
    media_type: &str,
    node: &Node<'_>,
    schema: &Node<'_>,
    findings: &mut Findings,
) {
    let essence = media_type.split(';').next().unwrap_or(media_type);
    match essence {
        "application/octet-stream" => {
            check_raw(survey, label, media_type, schema, Some("binary"), findings);
        }
        "text/plain" | "text/x-markdown" => check_raw(survey, label, media_type, schema, None, findings),
        "application/x-www-form-urlencoded" => {
            check_encoding(survey, label, node, findings);
            check_form(survey, label, schema, findings);
        }
        "application/json" if is_json(media_type) => check_encoding(survey, label, node, findings),
        _ => findings.push(survey.error(
            "preflight/body-media-type",
            &node.pointer,
            format!("The request body of `{label}` is `{media_type}`, which progenitor cannot send."),
            "Describe it as `application/octet-stream` with a schema of `type: string` and `format: binary`.",
        )),
    }
}

fn check_encoding(survey: &Survey<'_>, label: &str, node: &Node<'_>, findings: &mut Findings) {
    if node
        .value
        .get("encoding")
        .and_then(Value::as_object)
        .is_some_and(|encoding| !encoding.is_empty())
    {
        findings.push(survey.error(
            "preflight/encoding",
            &node.pointer.join("encoding"),
            format!(
                "The request body of `{label}` has an `encoding`, for which progenitor panics."
            ),
            "Remove `encoding` with an action of the overlay.",
        ));
    }
}

/// Raw bodies: progenitor takes one schema and no other for each media type.
fn check_raw<'a>(
    survey: &Survey<'a>,
    label: &str,
    media_type: &str,
    schema: &Node<'a>,
    format: Option<&str>,
    findings: &mut Findings,
) {
    let Some(resolved) = survey.resolve(Kind::Schema, schema) else {
        return;
    };
    let plain = resolved.members().all(|(key, node)| match key {
        "type" => true,
        "format" => node.value.as_str() == format,
        "nullable" => node.value == &Value::Bool(false),
        "default" | "discriminator" => false,
        _ => is_annotation(key),
    });
    if plain && resolved.text("type") == Some("string") && resolved.text("format") == format {
        return;
    }
    let wanted = match format {
        Some(format) => format!("`type: string` with `format: {format}`"),
        None => "`type: string`".to_owned(),
    };
    findings.push(survey.error(
        "preflight/body-raw-schema",
        &schema.pointer,
        format!(
            "The request body of `{label}` is `{media_type}`, and its schema is not just {wanted}."
        ),
        format!("Make the schema {wanted} and nothing else with actions of the overlay."),
    ));
}

/// Forms: `serde_urlencoded` writes an object of scalars, and fails at run time on everything else.
fn check_form<'a>(survey: &Survey<'a>, label: &str, schema: &Node<'a>, findings: &mut Findings) {
    let Some(form) = survey.plain_schema(schema) else {
        return;
    };
    let mut report = |at: &Node<'_>, what: &str| {
        findings.push(survey.error(
            "preflight/body-form",
            &at.pointer,
            format!("The form in the request body of `{label}` {what}, which fails when it is sent."),
            "Describe the form as an object of strings, numbers and booleans with actions of the overlay.",
        ));
    };
    if type_of(&form) != Some("object") || form.has("oneOf") || form.has("anyOf") {
        report(&form, "is not an object");
        return;
    }
    let mut members = form.members_of("properties");
    if let Some(rest) = form
        .get("additionalProperties")
        .filter(|rest| rest.value.is_object())
    {
        members.push(("additionalProperties", rest));
    }
    for (name, member) in members {
        let scalar = survey.plain_schema(&member).is_none_or(|plain| {
            matches!(
                type_of(&plain),
                Some("string" | "integer" | "number" | "boolean")
            )
        });
        if !scalar {
            report(
                &member,
                &format!("has the member `{name}`, which is not a scalar"),
            );
        }
    }
}
