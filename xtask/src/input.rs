//! Reading input files: the only stage before `write` that touches the file system.
//!
//! A byte order mark is taken off, and line ends become `\n`, so that the same text loads the
//! same and hashes the same wherever it was checked out.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::finding::{Finding, Findings, Location};
use crate::source::Source;

#[cfg(test)]
mod tests;

/// How many bytes a file may have.
pub const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// The path that stands for standard input.
pub(crate) const STDIN: &str = "-";

/// Reads a file, or standard input for the path `-`.
pub fn read(path: &Path, findings: &mut Findings) -> Option<Arc<Source>> {
    read_with_bytes(path, findings).map(|(source, _)| source)
}

/// [`read`], with the bytes of the file as they are on the disk.
pub fn read_with_bytes(path: &Path, findings: &mut Findings) -> Option<(Arc<Source>, Vec<u8>)> {
    let is_stdin = path.as_os_str() == STDIN;
    let name = if is_stdin {
        "<stdin>".to_owned()
    } else {
        path.display().to_string()
    };
    read_as(path, name, findings)
}

/// [`read_with_bytes`], with a name for people.
pub(crate) fn read_as(
    path: &Path,
    name: String,
    findings: &mut Findings,
) -> Option<(Arc<Source>, Vec<u8>)> {
    let read = if path.as_os_str() == STDIN {
        bytes(io::stdin().lock(), MAX_BYTES)
    } else {
        open(path).and_then(|file| bytes(file, MAX_BYTES))
    };
    let nameless = Source::new(name.clone(), "");
    match read.and_then(|bytes| Ok((text(&bytes, &nameless)?, bytes))) {
        Ok((text, bytes)) => Some((Source::new(name, text), bytes)),
        Err(mut finding) => {
            finding
                .location
                .get_or_insert_with(|| Location::whole_file(&nameless));
            findings.push(finding);
            None
        }
    }
}

/// Opens a file whose metadata do not speak against it.
fn open(path: &Path) -> Result<File, Finding> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if metadata.is_dir() {
        return Err(Finding::error(
            "input/directory",
            "This is a directory, and a file is needed here.",
            "Name the file in the directory.",
        ));
    }
    if metadata.len() > MAX_BYTES {
        return Err(too_large(MAX_BYTES));
    }
    File::open(path).map_err(|error| unreadable(path, &error))
}

/// All bytes of a file that may not tell its length before, at most `limit`.
fn bytes(file: impl Read, limit: u64) -> Result<Vec<u8>, Finding> {
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| {
            Finding::error(
                "input/unreadable",
                format!("The file cannot be read to its end: {error}."),
                "Check the file and the disk or the pipe that it comes from.",
            )
        })?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= limit);
    fits.then_some(bytes).ok_or_else(|| too_large(limit))
}

/// The text of a file, without a byte order mark and with `\n` at the ends of its lines.
fn text(bytes: &[u8], source: &Arc<Source>) -> Result<String, Finding> {
    let not_utf_8 = |message: String, next| Finding::error("input/not-utf-8", message, next);
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let message = "The file is encoded in UTF-16, and it has to be UTF-8.".to_owned();
        return Err(not_utf_8(message, "Save the file as UTF-8."));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let (valid, rest) = bytes.split_at_checked(offset).unwrap_or_default();
        let byte = rest.first().copied().unwrap_or_default();
        let valid = normalized(&String::from_utf8_lossy(valid));
        not_utf_8(
            format!("The file is not UTF-8: the byte 0x{byte:02X} at offset {offset} begins no character."),
            "Save the file as UTF-8, or check that this is the right file.",
        )
        .at(Location {
            source: Arc::clone(source),
            line: valid.matches('\n').count() + 1,
            column: valid.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
            width: 1,
        })
    })?;
    let text = normalized(text);
    if text.trim_matches([' ', '\t', '\n']).is_empty() {
        return Err(Finding::error(
            "input/empty",
            "The file is empty.",
            "Fetch the file again, or check that this is the right one.",
        ));
    }
    Ok(text)
}

fn normalized(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn too_large(limit: u64) -> Finding {
    Finding::error(
        "input/too-large",
        format!("The file is larger than {} MiB.", limit / 1024 / 1024),
        "Check that this is the right file, and leave out of it what is not needed.",
    )
}

/// The finding for a file that cannot be opened.
fn unreadable(path: &Path, error: &io::Error) -> Finding {
    if error.kind() != io::ErrorKind::NotFound {
        return Finding::error(
            "input/unreadable",
            format!("The file cannot be opened: {error}."),
            "Check the path and the permissions of the file.",
        );
    }
    let similar = similar_names(path);
    let next = if similar.is_empty() {
        "Check the path; it is relative to the directory in which the command runs.".to_owned()
    } else {
        format!("Did you mean {}?", similar.join(" or "))
    };
    Finding::error("input/missing", "There is no such file.", next)
}

/// Names of files beside a file that does not exist, the most similar first.
fn similar_names(path: &Path) -> Vec<String> {
    const OFFERED: usize = 3;
    const SIMILAR: f32 = 0.6;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let entries = fs::read_dir(parent.unwrap_or(Path::new(".")))
        .into_iter()
        .flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    let candidates: Vec<&str> = names.iter().map(String::as_str).collect();
    let similar = similar::get_close_matches(&*name, &candidates, OFFERED, SIMILAR);
    let shown = |name: &str| format!("`{}`", path.with_file_name(name).display());
    similar.into_iter().map(shown).collect()
}
