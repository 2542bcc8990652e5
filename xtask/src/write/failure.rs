//! What the operating system refuses, as findings.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::finding::Finding;

/// A finding for a file or directory that cannot be read.
pub(super) fn reading(path: &Path, error: &Error) -> Finding {
    Finding::error(
        "write/unreadable",
        format!("`{}` cannot be read: {error}.", path.display()),
        "Make it readable, or name another target.",
    )
}

/// A finding for a tree that cannot be written; by then the old one is back in its place.
pub(super) fn writing(path: &Path, error: &Error) -> Finding {
    let path = path.display();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            Finding::error(
                "write/no-space",
                format!(
                    "There is no room to write `{path}`: {error}. The old files are untouched."
                ),
                "Free some space and run codegen again.",
            )
        }
        ErrorKind::CrossesDevices | ErrorKind::ResourceBusy => Finding::error(
            "write/cannot-move",
            format!("`{path}` cannot be moved as a whole: {error}. The old files are untouched."),
            format!(
                "Remove `{path}`, in which all files are generated, and run codegen again; a mount \
                 point cannot be a target."
            ),
        ),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => read_only(path, error),
        _ => Finding::error(
            "write/failed",
            format!("`{path}` cannot be written: {error}. The old files are untouched."),
            "Remove the cause and run codegen again.",
        ),
    }
}

/// A finding for a file that is in its place, perhaps only until the machine loses power.
pub(super) fn forcing(path: &Path, error: &Error) -> Finding {
    Finding::error(
        "write/not-forced",
        format!(
            "`{}` has its new text, which cannot be forced to the disk: {error}.",
            path.display()
        ),
        "Remove the cause and run the same command again.",
    )
}

/// A finding for a tree that is in its place, after which something has failed.
pub(super) fn settling(path: &Path, error: &Error) -> Finding {
    Finding::warning(
        "write/unsettled",
        format!(
            "The new files are in `{}`, but what follows has failed: {error}.",
            path.display()
        ),
        "Run codegen again, which clears away what is left.",
    )
}

/// A finding for a target that may not be written.
pub(super) fn read_only(path: impl std::fmt::Display, why: impl std::fmt::Display) -> Finding {
    Finding::error(
        "write/read-only",
        format!("`{path}` may not be written: {why}. The old files are untouched."),
        "Allow writing there, or name another target.",
    )
}
