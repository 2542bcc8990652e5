//! Which documents are OpenAPI documents that the pipeline can read.

use std::sync::Arc;

use serde_json::Value;

use super::shown;
use crate::finding::{Finding, Findings, Severity};
use crate::pointer::Pointer;
use crate::source::{Document, Source};

/// Loads an OpenAPI document of version 3.0 or 3.1, and refuses any other.
///
/// A version is taken without its third number and as a number (`openapi: 3.1`), and written out.
pub fn load_openapi(source: &Arc<Source>, findings: &mut Findings) -> Option<Document> {
    let before = findings.count(Severity::Error);
    let mut document = super::load(source, findings)?;
    match version(&document.root) {
        Ok(version) => {
            if let Some(member) = document.root.get_mut("openapi") {
                *member = Value::from(version);
            }
        }
        Err((member, fault)) => {
            let at = member.map_or_else(Pointer::root, |member| Pointer::root().join(member));
            findings.push(fault.at(document.locate(&at)));
        }
    }
    findings.unless_errors_since(before, document)
}

/// The version of an OpenAPI document in full, or what is wrong with which member.
fn version(root: &Value) -> Result<String, (Option<&'static str>, Finding)> {
    let fault = |member, code, message: String, next: &str| {
        Err((member, Finding::error(code, message, next)))
    };
    if !root.is_object() {
        return fault(
            None,
            "load/not-an-object",
            "An OpenAPI document is an object, and this file holds something else.".to_owned(),
            "Check that this is the right file.",
        );
    }
    let Some(version) = root.get("openapi") else {
        let (member, code, message, next) = if root.get("swagger").is_some() {
            (
                Some("swagger"),
                "load/swagger",
                "This is a Swagger 2.0 document, the predecessor of OpenAPI.",
                "Convert it to OpenAPI 3, with the Swagger Converter for example.",
            )
        } else if root.get("overlay").is_some() {
            (
                Some("overlay"),
                "load/not-openapi",
                "This is an Overlay, and an OpenAPI document is needed here.",
                "Name the OpenAPI document here, and the Overlay where an Overlay is asked for.",
            )
        } else {
            (
                None,
                "load/not-openapi",
                "The member `openapi` is missing, which says that this is an OpenAPI document.",
                "Check that this is the right file, or begin it with `openapi: 3.1.0`.",
            )
        };
        return fault(member, code, message.to_owned(), next);
    };
    let text = match version {
        Value::String(text) => text.clone(),
        version if version.is_f64() => version.to_string(),
        _ => String::new(),
    };
    let mut parts = text.splitn(3, '.');
    let third = |third: &str| third.starts_with(|c: char| c.is_ascii_digit());
    match (parts.next(), parts.next(), parts.next()) {
        (Some("3"), Some("0" | "1"), None) => Ok(format!("{text}.0")),
        (Some("3"), Some("0" | "1"), Some(it)) if third(it) => Ok(text),
        (Some("3"), Some("2"), _) => fault(
            Some("openapi"),
            "load/openapi-3.2",
            "This is an OpenAPI 3.2 document, which is newer than this pipeline.".to_owned(),
            "Use the vendor's 3.1 document, or write the document as 3.1 if it uses nothing of 3.2.",
        ),
        _ => fault(
            Some("openapi"),
            "load/unknown-version",
            format!(
                "The OpenAPI version `{}` is not known.",
                shown(version.as_str().unwrap_or(&version.to_string()))
            ),
            "Use a document of version 3.0 or 3.1, and check the member `openapi` for typing errors.",
        ),
    }
}
