//! From bytes to text.

use crate::finding::{Finding, Location};
use crate::source::Source;

use super::faults;

/// The text of a file, without a byte order mark and with `\n` at the ends of its lines.
pub(super) fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Box<Finding>> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(faults::utf_16());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        not_utf_8(name, error.as_bytes(), offset)
    })?;
    if text
        .trim_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
        .is_empty()
    {
        return Err(faults::empty());
    }
    Ok(normalize(text))
}

fn normalize(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    text
}

/// The finding for bytes that are no text from `offset` on, at the line and column of that byte.
fn not_utf_8(name: &str, bytes: &[u8], offset: usize) -> Box<Finding> {
    let valid = bytes.get(..offset).unwrap_or_default();
    let valid = normalize(String::from_utf8_lossy(valid).into_owned());
    let line = valid.matches('\n').count() + 1;
    let last = valid.rsplit('\n').next().unwrap_or_default();
    let byte = bytes.get(offset).copied().unwrap_or_default();
    let location = Location {
        source: Source::new(name, ""),
        line,
        column: last.chars().count() + 1,
        width: 1,
    };
    Box::new(faults::not_utf_8(byte, offset).at(location))
}
