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

mod decode;
mod faults;
#[cfg(test)]
mod tests;

/// How many bytes a file may have.
pub const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// The path that stands for standard input.
const STDIN: &str = "-";

/// Reads a file, or standard input for the path `-`.
pub fn read(path: &Path, findings: &mut Findings) -> Option<Arc<Source>> {
    read_with_bytes(path, findings).map(|(source, _)| source)
}

/// [`read`], with the bytes of the file as they are on the disk.
pub fn read_with_bytes(path: &Path, findings: &mut Findings) -> Option<(Arc<Source>, Vec<u8>)> {
    let name = if path.as_os_str() == STDIN {
        "<stdin>".to_owned()
    } else {
        path.display().to_string()
    };
    let read = if path.as_os_str() == STDIN {
        bytes(io::stdin().lock(), MAX_BYTES)
    } else {
        open(path).and_then(|file| bytes(file, MAX_BYTES))
    };
    let decoded = read.and_then(|bytes| Ok((decode::decode(&name, bytes.clone())?, bytes)));
    match decoded {
        Ok((text, bytes)) => Some((Source::new(name, text), bytes)),
        Err(finding) => {
            findings.push(placed(*finding, &name));
            None
        }
    }
}

/// Opens a file whose metadata do not speak against it.
fn open(path: &Path) -> Result<File, Box<Finding>> {
    let metadata = fs::metadata(path).map_err(|error| faults::unreadable(path, &error))?;
    if metadata.is_dir() {
        return Err(faults::directory());
    }
    if metadata.len() > MAX_BYTES {
        return Err(faults::too_large(MAX_BYTES));
    }
    File::open(path).map_err(|error| faults::unreadable(path, &error))
}

/// All bytes of a file that may not tell its length before, at most `limit`.
fn bytes(file: impl Read, limit: u64) -> Result<Vec<u8>, Box<Finding>> {
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| faults::interrupted(&error))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= limit) {
        Ok(bytes)
    } else {
        Err(faults::too_large(limit))
    }
}

/// A finding at the file as a whole, unless it has a place already.
fn placed(finding: Finding, name: &str) -> Finding {
    if finding.location.is_some() {
        finding
    } else {
        finding.at(Location::whole_file(&Source::new(name, "")))
    }
}
