//! The pipeline on the inputs of the workspace.

use serde_json::Value;
use xtask::codegen;
use xtask::config::{self, Inputs, Mode, Options};
use xtask::core::Api;
use xtask::finding::{Findings, Severity};
use xtask::pipeline::{self, Sources};
use xtask::report;
use xtask::source::Document;

use super::workspace;

/// The inputs of `cargo xtask codegen` without options.
pub(crate) fn inputs() -> Inputs {
    let options = Options::new(&workspace(), Mode::Check);
    clean(|findings| config::read(&options, findings))
}

/// The document and the overlay, read.
pub(crate) fn sources() -> Sources {
    let inputs = inputs();
    clean(|findings| codegen::sources(&inputs, findings))
}

/// The document as it is written.
pub(crate) fn written() -> Document {
    let document = sources().document;
    clean(|findings| xtask::load::load_openapi(&document, findings))
}

/// The document, corrected by the overlay.
pub(crate) fn corrected() -> Document {
    let mode = inputs().mode;
    clean(|findings| pipeline::corrected(&sources(), mode, findings))
}

/// The API in the core form.
pub(crate) fn core() -> Api {
    let inputs = inputs();
    let mode = inputs.mode;
    clean(|findings| pipeline::core(&sources(), mode, &inputs.settings, findings))
}

/// The schemas of the document that have a name.
pub(crate) fn components(document: &Document) -> &serde_json::Map<String, Value> {
    document
        .root
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .expect("the document has component schemas")
}

/// Runs a stage on the committed inputs, of which it must not complain.
fn clean<T>(stage: impl FnOnce(&mut Findings) -> Option<T>) -> T {
    let mut findings = Findings::new();
    let made = stage(&mut findings);
    let complaints = findings.count(Severity::Error) + findings.count(Severity::Warning);
    assert!(complaints == 0, "{}", report::render(&findings, false));
    made.expect("a stage without complaints makes something")
}
