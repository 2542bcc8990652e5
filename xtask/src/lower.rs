//! Lowers an OpenAPI 3.1 document to OpenAPI 3.0.3, the version that the generator reads.
//!
//! **Faithful or refused.** Keywords are of two sorts, and each sort has one rule:
//!
//! * An *assertion* decides which values are valid, or what goes over the wire. It is rewritten to
//!   the form of 3.0 that accepts exactly the same values, or it is an error. It is never dropped
//!   because "a client will not mind": a client that reads may not, a client that sends does.
//!   Whoever wants to lose it removes it with an overlay action, on the record.
//! * An *annotation* tells people something. It goes where 3.0 has a place for it, and is dropped
//!   where it has none. Dropping one that somebody may miss is a warning or a note.
//!
//! An assertion that has no effect where it stands (`then` without `if`) is dropped as well.
//!
//! The walk goes by position, along the tables in `grammar`. What stands in a place for data
//! (`example`, `default`, `enum`, an extension, the *name* of a property) is never taken for a keyword.
//! The repairs that no version of OpenAPI asks for, but every generated client needs, are below
//! `operations`.

mod circles;
mod components;
mod context;
mod definitions;
mod document;
pub(crate) mod grammar;
mod operations;
mod path_items;
mod references;
mod schema;
mod security;
mod shape;
mod walk;

use serde_json::Value;

use crate::finding::{Finding, Findings, Severity};
use crate::pointer::Pointer;
use crate::source::Document;
use context::Context;

/// The OpenAPI 3.0.3 form of an OpenAPI 3.1 or 3.0 document.
///
/// The result of a document that gives no error can be read as [`openapiv3::OpenAPI`]. Every finding
/// of this stage has a code that begins with `lower/`.
pub fn lower(document: Document, findings: &mut Findings) -> Option<Document> {
    let before = findings.count(Severity::Error);
    let Document { mut root, origins } = document;
    if !root.is_object() {
        findings.push(
            Finding::error(
                "lower/wrong-type",
                "the document is not an object",
                "Give an OpenAPI document.",
            )
            .at(origins.locate(&Pointer::root())),
        );
        return None;
    }
    let mut context = Context::new(origins, findings);
    lower_root(&mut root, &mut context);
    let origins = context.into_origins();
    findings.unless_errors_since(before, Document { root, origins })
}

/// The order matters: each step may rely on what the steps before it established.
fn lower_root(root: &mut Value, context: &mut Context<'_>) {
    document::lower_version(root, context);
    document::drop_uncalled(root, context);
    shape::check(root, context);
    path_items::inline(root, context);
    references::resolve(root, context);
    definitions::lift(root, context);
    circles::check(root, context);
    schema::lower_all(root, context);
    document::lower_fields(root, context);
    security::lower(root, context);
    components::check_names(root, context);
    operations::lower(root, context);
}

#[cfg(test)]
mod tests;
