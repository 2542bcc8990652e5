//! Recognises OpenAPI documents of the versions that the pipeline can read.

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
        Err((member, finding)) => {
            let at = Pointer::root().join(member);
            findings.push(finding.at(document.locate(&at)));
        }
    }
    findings.unless_errors_since(before, document)
}

/// Returns the full version of an OpenAPI document, or the finding and the member that it is about.
fn version(root: &Value) -> Result<String, (&'static str, Finding)> {
    let Some(version) = root.get("openapi") else {
        let (member, message, next) = if root.get("swagger").is_some() {
            (
                "swagger",
                "This is a Swagger 2.0 document, the predecessor of OpenAPI.",
                "Convert it to OpenAPI 3, with the Swagger Converter for example.",
            )
        } else {
            (
                "openapi",
                "This is no object with the member `openapi`, which an OpenAPI document is.",
                "Check that this is the right file and no Overlay, or begin it with `openapi: 3.1.0`.",
            )
        };
        return Err((member, Finding::error("load/not-openapi", message, next)));
    };
    let text = version
        .as_str()
        .map_or_else(|| version.to_string(), str::to_owned);
    let mut parts = text.splitn(3, '.');
    let third = |third: &str| third.starts_with(|c: char| c.is_ascii_digit());
    match (parts.next(), parts.next(), parts.next()) {
        (Some("3"), Some("0" | "1"), None) => Ok(format!("{text}.0")),
        (Some("3"), Some("0" | "1"), Some(it)) if third(it) => Ok(text),
        _ => Err((
            "openapi",
            Finding::error(
                "load/unknown-version",
                format!("The OpenAPI version `{}` is not known.", shown(&text)),
                "Use a document of version 3.0 or 3.1, or write it as 3.1 if it uses nothing that is newer.",
            ),
        )),
    }
}
