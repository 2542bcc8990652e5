//! YAML 1.2, of which JSON is a part, to a JSON value that knows where each part of it stands.
//!
//! Plain scalars are read by the core schema of YAML 1.2: `yes`, `no`, `on` and `off` are strings,
//! `0o17` and `0x1F` are integers. A key is a string, whatever it looks like: `200:` is the key
//! `"200"`. What has no form in JSON is a finding: infinities, numbers that do not fit, keys that
//! are null or collections, tags beyond the core schema. So are merge keys (`<<`), which YAML 1.2
//! no longer has, and everything that two readers may read in two ways, such as a repeated key.
//!
//! An alias stands for a copy of what it names, up to a budget. A copied value keeps the places
//! of the original below the place of the alias.
//!
//! Nothing here recurses, and no value nests deeper than [`MAX_DEPTH`], so that later stages may.

use std::sync::Arc;

use crate::finding::{Finding, Findings, Location, Severity};
use crate::source::{Document, Origins, Source, lines};

mod anchors;
mod builder;
mod cursor;
mod faults;
mod scalar;
mod stack;
mod surrogates;
mod syntax;
#[cfg(test)]
mod tests;
mod version;

pub(crate) use anchors::measure;
pub(crate) use scalar::is_plain_text;
pub use version::load_openapi;

/// How many collections may stand inside one another.
pub const MAX_DEPTH: usize = 128;

/// How many values aliases may add to a document.
pub const MAX_COPIES: usize = 1_000_000;

/// How many commas a document may have.
///
/// The parser holds a whole collection in brackets before it hands out the first part of it, at a
/// hundred times the size of a short element, and every element but the last has a comma.
pub const MAX_COMMAS: usize = 4_000_000;

/// After how many errors loading stops: more would bury the first.
pub const MAX_ERRORS: usize = 100;

/// Loads any YAML or JSON document.
pub fn load(source: &Arc<Source>, findings: &mut Findings) -> Option<Document> {
    let before = findings.count(Severity::Error);
    if let Some(finding) = control_character(source).or_else(|| too_many_values(source)) {
        findings.push(finding);
        return None;
    }
    let text = surrogates::join(&source.text);
    let (root, places) = builder::build(source, &text, findings)?;
    let origins = Origins::with_places(source, places);
    findings.unless_errors_since(before, Document { root, origins })
}

/// Whether a document would take the parser more memory than any document is worth.
fn too_many_values(source: &Arc<Source>) -> Option<Finding> {
    let commas = source.text.bytes().filter(|byte| *byte == b',').count();
    (commas > MAX_COMMAS).then(|| faults::too_many_values(source))
}

/// The first character that neither YAML nor JSON allows; the parser would take NUL for the end.
fn control_character(source: &Arc<Source>) -> Option<Finding> {
    let found = source
        .text
        .bytes()
        .position(|byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r'))?;
    let before = source.text.get(..found)?;
    let code = source.text.as_bytes().get(found)?;
    let location = Location {
        source: Arc::clone(source),
        line: lines(before).count(),
        column: lines(before).last().map_or(0, |line| line.chars().count()) + 1,
        width: 1,
    };
    Some(
        Finding::error(
            "load/control-character",
            format!("The control character U+{code:04X} may not stand in a document."),
            "Delete the character, or write it as an escape in a quoted string.",
        )
        .at(location),
    )
}
