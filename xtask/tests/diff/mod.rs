//! The statements about a change of the document, beside those of judges outside of this project.

mod command;
mod kinds;
mod verdicts;

use std::sync::Arc;

use xtask::diff::{Side, generated};
use xtask::finding::Findings;
use xtask::pipeline::Sources;
use xtask::report;
use xtask::settings::Settings;
use xtask::source::Source;

/// A document as one side of a comparison.
fn side_of(document: &Arc<Source>) -> Side {
    let sources = Sources {
        document: Arc::clone(document),
        overlay: None,
    };
    let mut findings = Findings::new();
    generated(&sources, &Settings::default(), &mut findings)
        .unwrap_or_else(|| panic!("{}: {}", document.name, report::render(&findings, false)))
}
