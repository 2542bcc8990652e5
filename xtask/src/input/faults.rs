//! What to say about a file that cannot be read.

use std::io;
use std::path::Path;

use crate::finding::Finding;

/// How many similar names a finding offers.
const OFFERED: usize = 3;

/// How many names of a directory are compared.
const COMPARED: usize = 10_000;

/// How similar a name has to be to be offered, from 0 to 1.
const SIMILAR: f32 = 0.6;

/// For a file that cannot be opened.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Box<Finding> {
    if error.kind() != io::ErrorKind::NotFound {
        return Box::new(Finding::error(
            "input/unreadable",
            format!("The file cannot be opened: {error}."),
            "Check the path and the permissions of the file.",
        ));
    }
    let similar = similar_names(path);
    let next = if similar.is_empty() {
        "Check the path; it is relative to the directory in which the command runs.".to_owned()
    } else {
        format!("Did you mean {}?", similar.join(" or "))
    };
    Box::new(Finding::error(
        "input/missing",
        "There is no such file.",
        next,
    ))
}

/// Names of files beside a file that does not exist, the most similar first.
fn similar_names(path: &Path) -> Vec<String> {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else {
        return Vec::new();
    };
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut names: Vec<String> = std::fs::read_dir(parent)
        .into_iter()
        .flatten()
        .take(COMPARED)
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    let candidates: Vec<&str> = names.iter().map(String::as_str).collect();
    similar::get_close_matches(&*name, &candidates, OFFERED, SIMILAR)
        .into_iter()
        .map(|name| format!("`{}`", path.with_file_name(name).display()))
        .collect()
}

/// For a file that can be opened, but not read to its end.
pub(super) fn interrupted(error: &io::Error) -> Box<Finding> {
    Box::new(Finding::error(
        "input/unreadable",
        format!("The file cannot be read to its end: {error}."),
        "Check the file and the disk or the pipe that it comes from.",
    ))
}

pub(super) fn directory() -> Box<Finding> {
    Box::new(Finding::error(
        "input/directory",
        "This is a directory, and a file is needed here.",
        "Name the file in the directory.",
    ))
}

pub(super) fn too_large(limit: u64) -> Box<Finding> {
    Box::new(Finding::error(
        "input/too-large",
        format!("The file is larger than {} MiB.", limit / 1024 / 1024),
        "Check that this is the right file, and leave out of it what is not needed.",
    ))
}

pub(super) fn empty() -> Box<Finding> {
    Box::new(Finding::error(
        "input/empty",
        "The file is empty.",
        "Fetch the file again, or check that this is the right one.",
    ))
}

pub(super) fn utf_16() -> Box<Finding> {
    Box::new(Finding::error(
        "input/not-utf-8",
        "The file is encoded in UTF-16, and it has to be UTF-8.",
        "Save the file as UTF-8.",
    ))
}

pub(super) fn not_utf_8(byte: u8, offset: usize) -> Finding {
    Finding::error(
        "input/not-utf-8",
        format!(
            "The file is not UTF-8: the byte 0x{byte:02X} at offset {offset} begins no character."
        ),
        "Save the file as UTF-8, or check that this is the right file.",
    )
}
