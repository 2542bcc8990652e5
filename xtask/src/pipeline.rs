//! The stages in their order, from the text of the inputs to the text of the output.
//!
//! Nothing in here reads a file, writes one, or prints.

use std::sync::Arc;

use crate::core::Api;
use crate::finding::Findings;
use crate::generate;
use crate::load::{load, load_openapi};
use crate::lower::lower;
use crate::overlay::{self, Mode};
use crate::refine;
use crate::render::render;
use crate::settings::Settings;
use crate::several_files::in_one_file;
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

/// All stages: the sources to the generated files.
pub fn files(
    sources: &Sources,
    mode: Mode,
    settings: &Settings,
    findings: &mut Findings,
) -> Option<Files> {
    let api = core(sources, mode, settings, findings)?;
    let types = generate::types(&api, settings, findings)?;
    let file = refine::code(types, &api, settings, findings)?;
    let inputs: Vec<&Source> = [Some(&sources.document), sources.overlay.as_ref()]
        .into_iter()
        .flatten()
        .map(AsRef::as_ref)
        .collect();
    Some(render(file, &api, &inputs, settings))
}

/// The stages that deal in documents: the sources to the core form.
pub fn core(
    sources: &Sources,
    mode: Mode,
    settings: &Settings,
    findings: &mut Findings,
) -> Option<Api> {
    lower(&corrected(sources, mode, findings)?, settings, findings)
}

/// The document as it is after the overlay.
pub fn corrected(sources: &Sources, mode: Mode, findings: &mut Findings) -> Option<Document> {
    let (document, overlay) = loaded(sources, findings);
    let document = match (&sources.overlay, overlay) {
        (None, _) => document?,
        (Some(_), overlay) => overlay::apply(document?, &overlay?, mode, findings)?,
    };
    in_one_file(document, findings)
}

/// Both inputs, loaded side by side; the findings of the document come first.
fn loaded(sources: &Sources, findings: &mut Findings) -> (Option<Document>, Option<Document>) {
    let mut of_overlay = Findings::new();
    let loaded = std::thread::scope(|scope| {
        let overlay = sources
            .overlay
            .as_ref()
            .map(|source| scope.spawn(|| load(source, &mut of_overlay)));
        let document = load_openapi(&sources.document, findings);
        let overlay = overlay.and_then(|thread| match thread.join() {
            Ok(overlay) => overlay,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        (document, overlay)
    });
    findings.extend(of_overlay.iter().cloned());
    loaded
}
