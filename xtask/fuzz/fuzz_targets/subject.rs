//! The subject of fuzzing: the whole pipeline on a document, and on an overlay where the input has one.

use xtask::finding::{Findings, Severity};
use xtask::overlay::Mode;
use xtask::pipeline::{Sources, files};
use xtask::report;
use xtask::settings::Settings;
use xtask::source::Source;

/// The line between a document and an overlay.
const OVERLAY: &str = "\n#overlay\n";

/// Runs the pipeline, and fails where the outcome is neither files nor findings, or where the core form has
/// let pass what progenitor fails on.
pub(crate) fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (document, overlay) = match text.split_once(OVERLAY) {
        Some((document, overlay)) => (document, Some(overlay)),
        None => (&*text, None),
    };
    let sources = Sources {
        document: Source::new("document", document),
        overlay: overlay.map(|text| Source::new("overlay", text)),
    };
    let mut findings = Findings::new();
    // Every other overlay is read leniently.
    let mode = if document.len() % 2 == 0 {
        Mode::Strict
    } else {
        Mode::Lenient
    };
    let files = files(&sources, mode, &Settings::default(), &mut findings);
    assert_eq!(files.is_none(), findings.has_errors());
    assert!(files.is_some() || !report::render(&findings, false).is_empty());
    for finding in &findings {
        let gap = finding.code.starts_with("generate/") || finding.code.starts_with("refine/");
        assert!(
            !gap || finding.severity < Severity::Error,
            "{}: {}",
            finding.code,
            finding.message
        );
    }
}
