//! YAML 1.2, of which JSON is a part, to a JSON value that knows where each part of it stands.
//!
//! Plain scalars are read by the core schema of YAML 1.2: `yes`, `no`, `on` and `off` are strings,
//! `0o17` and `0x1F` are integers; an integer beyond 64 bits is the nearest double. A key is a string,
//! whatever it looks like: `200:` is the key `"200"`. What has no form in JSON is a finding: infinities,
//! keys that are null or collections, tags beyond the core schema. So are merge keys (`<<`), which YAML 1.2
//! no longer has, and everything that two readers may read in two ways, such as a repeated key.
//!
//! An alias stands for a copy of what it names, up to a budget. A copied value keeps the places
//! of the original below the place of the alias.

use std::sync::Arc;

use serde_json::Value;

use crate::finding::{Findings, Severity};
use crate::source::{Document, Source};

mod reader;
mod scalar;
mod syntax;
#[cfg(test)]
mod tests;
mod version;

pub(crate) use scalar::is_plain_text;
pub use version::load_openapi;

/// The number of collections that may stand inside one another.
pub const MAX_DEPTH: usize = 128;

/// The most values that aliases may add to a document.
pub const MAX_COPIES: usize = 1_000_000;

/// The number of errors after which loading stops: more would hide the first.
pub const MAX_ERRORS: usize = 100;

/// Loads any YAML or JSON document.
pub fn load(source: &Arc<Source>, findings: &mut Findings) -> Option<Document> {
    let before = findings.count(Severity::Error);
    let (root, places) = reader::read(source, findings)?;
    findings.unless_errors_since(before, Document { root, places })
}

/// Returns the size of a value: the values that it consists of, and the depth of the collections in it.
///
/// This recurses, at most [`MAX_DEPTH`] deep.
pub(crate) fn measure(value: &Value) -> (usize, usize) {
    let add = |(size, height): (usize, usize), (more, inner): (usize, usize)| {
        (size + more, height.max(inner + 1))
    };
    match value {
        Value::Array(elements) => elements.iter().map(measure).fold((1, 1), add),
        Value::Object(members) => members.values().map(measure).fold((1, 1), add),
        _ => (1, 0),
    }
}

/// Returns a text as a message repeats it: on one line, and not at full length.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let shown = text.chars().take(LONGEST).flat_map(char::escape_debug);
    let cut = text.chars().nth(LONGEST).map(|_| '…');
    shown.chain(cut).collect()
}
