//! The statements about a change of the document, beside those of judges outside of this project.

mod command;
mod kinds;
mod verdicts;

use std::sync::{Arc, LazyLock};

use xtask::diff::{Side, of_files};
use xtask::finding::Findings;
use xtask::overlay::Mode;
use xtask::pipeline::{self, Sources};
use xtask::report;
use xtask::settings::Settings;
use xtask::source::Source;
use xtask::write::Files;

/// The files of the runtime for the base of the kinds. A side is read without those of them that it has too, which would
/// take most of the time.
static RUNTIME: LazyLock<Files> = LazyLock::new(|| {
    let (_, mut files, _) = files_of(&Source::new("base.yaml", kinds::BASE));
    files.retain(|path, _| path.starts_with("runtime/"));
    files
});

/// A document as one side of a comparison.
fn side_of(document: &Arc<Source>) -> Side {
    let (sources, mut files, findings) = files_of(document);
    let is_base = |path: &str, text: &str| RUNTIME.get(path).map(|it| code(it)) == Some(code(text));
    files.retain(|path, text| !is_base(path, text));
    of_files(&sources, &files, &findings).expect("it is Rust")
}

fn files_of(document: &Arc<Source>) -> (Sources, Files, Findings) {
    let sources = Sources {
        document: Arc::clone(document),
        overlay: None,
    };
    let mut findings = Findings::new();
    let files = pipeline::files(&sources, Mode::Lenient, &Settings::default(), &mut findings);
    let files =
        files.unwrap_or_else(|| panic!("{}: {}", document.name, report::render(&findings, false)));
    (sources, files, findings)
}

/// The text behind the header, which names the document.
fn code(text: &str) -> &str {
    text.split_once("\n\n").map_or(text, |(_, code)| code)
}
