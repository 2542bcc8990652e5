//! The stages in their order, from the text of the inputs to the text of the output.
//!
//! Nothing in here reads a file, writes one, or prints.

use std::sync::Arc;

use crate::core::Api;
use crate::finding::{Findings, Severity};
use crate::generate;
use crate::load::{load, load_openapi};
use crate::lower::lower;
use crate::overlay::{self, Mode};
use crate::refine;
use crate::render;
use crate::settings::Settings;
use crate::source::{Document, Source};
use crate::write::Files;

/// The inputs, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// The OpenAPI document.
    pub document: Arc<Source>,
    /// The Overlay that corrects it, if there is one.
    pub overlay: Option<Arc<Source>>,
}

/// Runs all stages, from the sources to the generated files.
pub fn files(
    sources: &Sources,
    mode: Mode,
    settings: &Settings,
    findings: &mut Findings,
) -> Option<Files> {
    let api = core(sources, mode, settings, findings)?;
    let inputs = [Some(&sources.document), sources.overlay.as_ref()];
    let inputs: Vec<&Source> = inputs.into_iter().flatten().map(AsRef::as_ref).collect();
    code(&api, &inputs, settings, findings)
}

/// Runs the stages from the core form on, and returns the generated files, with the names and hashes of the inputs in
/// them.
pub fn code(
    api: &Api,
    inputs: &[&Source],
    settings: &Settings,
    findings: &mut Findings,
) -> Option<Files> {
    let before = findings.count(Severity::Error);
    let mut of_types = Findings::new();
    let types = || {
        let items = generate::types(api, settings, &mut of_types)?;
        let code = refine::types::refine(items, api, settings, &mut of_types);
        render::module("types/", code, &mut of_types)
    };
    let operations = || {
        let code = refine::operations::code(api, settings);
        render::module("", code, findings)
    };
    let (types, operations) = side_by_side(types, operations);
    findings.extend(of_types.iter().cloned());
    let header = render::header(inputs);
    let mut files = render::texts(api, settings);
    files.extend(types?);
    files.extend(operations?);
    for text in files.values_mut() {
        *text = format!("{header}\n{text}");
    }
    findings.unless_errors_since(before, files)
}

/// Runs the stages that deal in documents, from the sources to the core form.
pub fn core(
    sources: &Sources,
    mode: Mode,
    settings: &Settings,
    findings: &mut Findings,
) -> Option<Api> {
    lower(&corrected(sources, mode, findings)?, settings, findings)
}

/// Returns the document as it is after the overlay.
pub fn corrected(sources: &Sources, mode: Mode, findings: &mut Findings) -> Option<Document> {
    let (document, overlay) = loaded(sources, findings);
    match (&sources.overlay, overlay) {
        (None, _) => document,
        (Some(_), overlay) => overlay::apply(document?, &overlay?, mode, findings),
    }
}

/// Both inputs, loaded side by side; the findings of the document come first.
fn loaded(sources: &Sources, findings: &mut Findings) -> (Option<Document>, Option<Document>) {
    let mut of_overlay = Findings::new();
    let overlay = || load(sources.overlay.as_ref()?, &mut of_overlay);
    let document = || load_openapi(&sources.document, findings);
    let (overlay, document) = side_by_side(overlay, document);
    findings.extend(of_overlay.iter().cloned());
    (document, overlay)
}

/// Runs the two, at the same time.
fn side_by_side<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let thread = scope.spawn(one);
        let other = other();
        match thread.join() {
            Ok(one) => (one, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
