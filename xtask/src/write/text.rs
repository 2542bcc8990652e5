//! Files of people that change together with the generated ones.

use std::fs;
use std::path::{Path, PathBuf};

use super::swap::Beside;
use super::{failed, place, unreadable};
use crate::finding::Finding;

/// A file that is there, and what it shall hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The file.
    pub path: PathBuf,
    /// The bytes that it held when the new text was made from it.
    pub before: Vec<u8>,
    /// The new text.
    pub after: String,
}

/// A text that is written beside its place.
pub(super) struct Staged<'a> {
    beside: Beside,
    place: PathBuf,
    shown: &'a Path,
}

impl Text {
    /// Writes the text beside its place, with the mode of the file there, and refuses a place that is no file to
    /// write or that somebody has written since.
    pub(super) fn stage(&self) -> Result<Staged<'_>, Finding> {
        let shown = self.path.as_path();
        let refusal = |code, what: &str, next| {
            Err(Finding::error(
                code,
                format!("`{}` {what}.", shown.display()),
                next,
            ))
        };
        let place = place(shown)?;
        let metadata = fs::symlink_metadata(&place).map_err(|error| unreadable(shown, &error))?;
        if metadata.is_symlink() {
            let next = "Name the file that the link points to in the manifest, or put the file in its place.";
            return refusal(
                "write/symbolic-link",
                "is a symbolic link, and a link is never replaced",
                next,
            );
        }
        if metadata.permissions().readonly() {
            return refusal(
                "write/read-only",
                "may not be written: its mode forbids it",
                "Allow writing there.",
            );
        }
        if fs::read(&place).map_err(|error| unreadable(shown, &error))? != self.before {
            let what = "has been changed while codegen was at work";
            return refusal(
                "write/changed-meanwhile",
                what,
                "Run the same command again.",
            );
        }
        let beside = Beside::new(&place).map_err(|error| failed(shown, &error))?;
        fs::write(beside.path(), &self.after)
            .and_then(|()| fs::set_permissions(beside.path(), metadata.permissions()))
            .map_err(|error| failed(shown, &error))?;
        Ok(Staged {
            beside,
            place,
            shown,
        })
    }
}

impl Staged<'_> {
    /// Lets the text take its place.
    pub(super) fn put(self) -> Result<(), Finding> {
        fs::rename(self.beside.path(), &self.place).map_err(|error| failed(self.shown, &error))
    }
}
