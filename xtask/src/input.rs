//! Reading input files: the only stage before `write` that touches the file system.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::finding::{Finding, Findings};
use crate::source::{Location, Source};

/// The number of bytes that a file may have.
pub const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// The path that stands for standard input.
pub(crate) const STDIN: &str = "-";

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
        File::open(path)
            .map_err(|error| unreadable(path, &error))
            .and_then(|file| bytes(file, MAX_BYTES))
    };
    match read.and_then(|bytes| Ok((text(&bytes, &name)?, bytes))) {
        Ok(read) => Some(read),
        Err(mut finding) => {
            let whole = || Location::whole_file(&Source::new(name, ""));
            finding.location.get_or_insert_with(whole);
            findings.push(finding);
            None
        }
    }
}

/// Returns all bytes of a file that may not tell its length before, at most `limit`.
fn bytes(file: impl Read, limit: u64) -> Result<Vec<u8>, Finding> {
    let mut bytes = Vec::new();
    let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    let length = read.map_err(|error| {
        Finding::error(
            "input/unreadable",
            format!("The file cannot be read to its end: {error}."),
            "Check the file and the disk or the pipe that it comes from.",
        )
    })?;
    if u64::try_from(length).is_ok_and(|length| length <= limit) {
        return Ok(bytes);
    }
    Err(Finding::error(
        "input/too-large",
        format!("The file is larger than {} MiB.", limit / 1024 / 1024),
        "Check that this is the right file, and leave out of it what is not needed.",
    ))
}

/// Returns the text of a file.
fn text(bytes: &[u8], name: &str) -> Result<Arc<Source>, Finding> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let (valid, rest) = bytes.split_at_checked(offset).unwrap_or_default();
        let byte = rest.first().copied().unwrap_or_default();
        let valid = Source::new(name, String::from_utf8_lossy(valid));
        Finding::error(
            "input/not-utf-8",
            format!("The file is not UTF-8: the byte 0x{byte:02X} at offset {offset} begins no character."),
            "Save the file as UTF-8 if it is UTF-16, or check that this is the right file.",
        )
        .at(Location::of_bytes(&valid, valid.text.len()..valid.text.len()))
    })?;
    let source = Source::new(name, text);
    if source.text.trim_matches([' ', '\t', '\n']).is_empty() {
        return Err(Finding::error(
            "input/empty",
            "The file is empty.",
            "Fetch the file again, or check that this is the right one.",
        ));
    }
    Ok(source)
}

/// Returns the finding for a file that cannot be opened.
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

/// Returns names of files beside a file that does not exist, the most similar first.
fn similar_names(path: &Path) -> Vec<String> {
    const OFFERED: usize = 3;
    const SIMILAR: f64 = 0.6;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
    let entries = fs::read_dir(parent.unwrap_or(Path::new("."))).into_iter();
    let names = entries
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let rated = names.map(|other| (strsim::normalized_levenshtein(&name, &other), other));
    let mut similar: Vec<(f64, String)> = rated.filter(|(rate, _)| *rate >= SIMILAR).collect();
    similar
        .sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    similar.truncate(OFFERED);
    let shown = |(_, name): (f64, String)| format!("`{}`", path.with_file_name(name).display());
    similar.into_iter().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::bytes;
    use std::io::{self, Read};

    #[test]
    fn an_endless_stream_is_read_to_the_limit_and_no_further() {
        assert_eq!(bytes(io::repeat(b'a').take(10), 10).unwrap().len(), 10);
        let finding = bytes(io::repeat(b'a'), 10).unwrap_err();
        assert_eq!(finding.code, "input/too-large");
    }

    #[test]
    fn a_stream_that_breaks_off_is_refused() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let finding = bytes(b"a".chain(Broken), 10).unwrap_err();
        assert_eq!(finding.code, "input/unreadable");
        assert!(finding.message.contains("the disk is gone"));
    }
}
