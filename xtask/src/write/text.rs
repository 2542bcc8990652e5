//! Files of people that change together with the generated ones.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::swap::Beside;
use super::{failed, unreadable};
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
    /// Writes the text beside its place, which is where a link leads, with the mode of the file there. A file that
    /// may not be written or that somebody has written since is refused.
    pub(super) fn stage(&self) -> Result<Staged<'_>, Finding> {
        let shown = self.path.as_path();
        let place = fs::canonicalize(shown).map_err(|error| unreadable(shown, &error))?;
        let permissions = fs::metadata(&place).map(|it| it.permissions());
        let permissions = permissions.map_err(|error| unreadable(shown, &error))?;
        if permissions.readonly() {
            return Err(failed(shown, &ErrorKind::PermissionDenied.into()));
        }
        if fs::read(&place).map_err(|error| unreadable(shown, &error))? != self.before {
            return Err(Finding::error(
                "write/changed-meanwhile",
                format!(
                    "`{}` has been changed while codegen was at work.",
                    shown.display()
                ),
                "Run the same command again.",
            ));
        }
        let beside = Beside::new(&place).map_err(|error| failed(shown, &error))?;
        fs::write(beside.path(), &self.after)
            .and_then(|()| fs::set_permissions(beside.path(), permissions))
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
