//! The last look at the document before progenitor gets it.
//!
//! progenitor and typify panic on much that OpenAPI allows, make code of other things that does not
//! compile, and of others again code that compiles and does something else. This stage takes the
//! lowered document, reports everything of that kind, and hands out the typed document when there is
//! nothing. Each check has a file; `tests/data/preflight` has a document for each finding, which shows
//! what progenitor does with it.
//!
//! What progenitor ignores without harm passes: `servers`, `security`, `callbacks`, `links`, response
//! headers, examples and constraints that no Rust type expresses.

use std::collections::HashMap;

use crate::finding::{Findings, Severity};
use crate::pointer::Pointer;
use crate::source::Document;

mod bodies;
mod defaults;
mod depth;
mod enums;
mod fields;
mod formats;
mod forms;
mod merging;
mod nesting;
mod numbers;
mod operations;
mod parameters;
mod paths;
mod references;
mod responses;
mod schema;
mod survey;
mod type_names;
mod typed;
mod unions;
mod variant_names;

pub use formats::without_foreign_formats;
pub use typed::read;

use survey::Survey;

/// Where the schema stands that each generated type is made of, by the name of the type.
#[must_use]
pub fn type_places(document: &Document) -> HashMap<String, Pointer> {
    type_names::places(&Survey::new(&document.root, &document.origins))
}

/// The typed document, unless progenitor would panic on it or make the wrong code of it.
pub fn preflight(document: &Document, findings: &mut Findings) -> Option<openapiv3::OpenAPI> {
    let before = findings.count(Severity::Error);
    let survey = Survey::new(&document.root, &document.origins);
    if depth::check(&survey, findings) {
        return None;
    }
    let typed = typed::check(&survey, findings);
    references::check(&survey, findings);
    operations::check(&survey, findings);
    paths::check(&survey, findings);
    parameters::check(&survey, findings);
    bodies::check(&survey, findings);
    responses::check(&survey, findings);
    for schema in survey.schemas() {
        let schema = &schema.node;
        forms::check(&survey, schema, findings);
        formats::check(&survey, schema, findings);
        enums::check(&survey, schema, findings);
        fields::check(&survey, schema, findings);
        numbers::check(&survey, schema, findings);
        defaults::check(&survey, schema, findings);
        unions::check(&survey, schema, findings);
        merging::check(&survey, schema, findings);
    }
    nesting::check(&survey, findings);
    type_names::check(&survey, findings);
    findings.unless_errors_since(before, typed?)
}
