//! Which documents are OpenAPI documents that the pipeline can read.

use std::sync::Arc;

use serde_json::Value;

use super::faults::shown;
use crate::finding::{Finding, Findings, Location, Severity};
use crate::pointer::Pointer;
use crate::source::{Document, Source};

/// Loads an OpenAPI document of version 3.0 or 3.1, and refuses any other.
pub fn load_openapi(source: &Arc<Source>, findings: &mut Findings) -> Option<Document> {
    let before = findings.count(Severity::Error);
    let document = super::load(source, findings)?;
    findings.extend(fault(&document));
    findings.unless_errors_since(before, document)
}

/// Why a document is not an OpenAPI document that the pipeline can read.
fn fault(document: &Document) -> Option<Finding> {
    let at = |key: &str| document.locate(&Pointer::root().join(key));
    let Value::Object(members) = &document.root else {
        return Some(
            Finding::error(
                "load/not-an-object",
                "An OpenAPI document is an object, and this file holds something else.",
                "Check that this is the right file.",
            )
            .at(document.locate(&Pointer::root())),
        );
    };
    match members.get("openapi") {
        Some(Value::String(version)) => {
            unsupported(version).map(|finding| finding.at(at("openapi")))
        }
        Some(Value::Number(number)) => Some(
            Finding::error(
                "load/version-not-a-string",
                format!("The OpenAPI version {number} is a number, and it has to be a string."),
                "Write the full version in quotes, such as \"3.1.0\".",
            )
            .at(at("openapi")),
        ),
        Some(_) => Some(
            Finding::error(
                "load/version-not-a-string",
                "The OpenAPI version has to be a string.",
                "Write the full version, such as \"3.1.0\".",
            )
            .at(at("openapi")),
        ),
        None => Some(not_openapi(members, document, at)),
    }
}

fn not_openapi(
    members: &serde_json::Map<String, Value>,
    document: &Document,
    at: impl Fn(&str) -> Location,
) -> Finding {
    if members.contains_key("swagger") {
        return Finding::error(
            "load/swagger",
            "This is a Swagger 2.0 document, the predecessor of OpenAPI.",
            "Convert it to OpenAPI 3, with the Swagger Converter for example.",
        )
        .at(at("swagger"));
    }
    if members.contains_key("overlay") {
        return Finding::error(
            "load/not-openapi",
            "This is an Overlay, and an OpenAPI document is needed here.",
            "Name the OpenAPI document here, and the Overlay where an Overlay is asked for.",
        )
        .at(at("overlay"));
    }
    Finding::error(
        "load/not-openapi",
        "The member `openapi` is missing, which says that this is an OpenAPI document.",
        "Check that this is the right file, or begin it with `openapi: 3.1.0`.",
    )
    .at(document.locate(&Pointer::root()))
}

/// Why a version cannot be read.
fn unsupported(version: &str) -> Option<Finding> {
    let mut parts = version.splitn(3, '.');
    let (major, minor, third) = (parts.next(), parts.next(), parts.next());
    let third_fits = third.is_some_and(|third| {
        let number = third.split('-').next().unwrap_or(third);
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    match (major, minor) {
        (Some("3"), Some("0" | "1")) if third_fits => None,
        (Some("3"), Some("0" | "1")) => Some(Finding::error(
            "load/incomplete-version",
            format!("The OpenAPI version `{}` is not complete.", shown(version)),
            "Write all three numbers, such as 3.1.0.",
        )),
        (Some("3"), Some("2")) if third_fits => Some(Finding::error(
            "load/openapi-3.2",
            "This is an OpenAPI 3.2 document, which is newer than this pipeline.",
            "Use the vendor's 3.1 document, or write the document as 3.1 if it uses nothing of 3.2.",
        )),
        _ => Some(Finding::error(
            "load/unknown-version",
            format!("The OpenAPI version `{}` is not known.", shown(version)),
            "Use a document of version 3.0 or 3.1, and check the member `openapi` for typing errors.",
        )),
    }
}
