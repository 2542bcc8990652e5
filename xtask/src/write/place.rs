//! The place that the files go to: the target directory and the directory around it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::failure;
use crate::finding::Finding;

/// A target path that is a directory, or free to become one.
#[derive(Debug)]
pub(super) struct Place {
    /// The target as the caller gave it, for people.
    pub(super) shown: PathBuf,
    /// The target, absolute.
    pub(super) path: PathBuf,
    /// The directory that holds it.
    pub(super) parent: PathBuf,
    /// Its last component.
    pub(super) name: OsString,
}

impl Place {
    /// Looks at the target path, and refuses whatever could not be replaced as a whole.
    pub(super) fn find(target: &Path) -> Result<Self, Finding> {
        let place = Self::name(target)?;
        place.check_parent()?;
        place.check_target()?;
        Ok(place)
    }

    /// Whether there is a directory at the target.
    pub(super) fn exists(&self) -> bool {
        self.path.symlink_metadata().is_ok()
    }

    /// The path of a sibling of the target.
    pub(super) fn sibling(&self, name: impl AsRef<OsStr>) -> PathBuf {
        self.parent.join(name.as_ref())
    }

    /// A path in the target or beside it, as the caller would write it.
    pub(super) fn show(&self, path: &Path) -> PathBuf {
        if let Ok(below) = path.strip_prefix(&self.path) {
            // Joining nothing would end the path with a slash.
            return self.shown.components().chain(below.components()).collect();
        }
        match (self.shown.parent(), path.strip_prefix(&self.parent)) {
            (Some(parent), Ok(below)) => parent.components().chain(below.components()).collect(),
            _ => path.to_owned(),
        }
    }

    /// The path taken apart, without a look at what is there.
    pub(super) fn name(target: &Path) -> Result<Self, Finding> {
        let nameless = || {
            Finding::error(
                "write/no-name",
                format!(
                    "`{}` does not name anything that could be written.",
                    target.display()
                ),
                "Name it by itself, without `..` at the end.",
            )
        };
        let path = std::path::absolute(target).map_err(|_| nameless())?;
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(nameless());
        };
        Ok(Self {
            shown: target.to_owned(),
            // Without the slash that may end the path, which would lead through a link.
            path: parent.join(name),
            parent: parent.to_owned(),
            name: name.to_owned(),
        })
    }

    fn check_parent(&self) -> Result<(), Finding> {
        let target = self.shown.display();
        let shown = self.show(&self.parent);
        let parent = shown.display();
        match fs::metadata(&self.parent) {
            Ok(metadata) if metadata.is_dir() => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(Finding::error(
                "write/no-parent",
                format!("The target `{target}` cannot be made: there is no directory `{parent}`."),
                format!("Make `{parent}`, or name another target."),
            )),
            Err(error) if error.kind() != ErrorKind::NotADirectory => {
                Err(failure::reading(&shown, &error))
            }
            _ => Err(Finding::error(
                "write/parent-not-a-directory",
                format!("The target `{target}` cannot be made: `{parent}` is not a directory."),
                "Name a target inside a directory.",
            )),
        }
    }

    fn check_target(&self) -> Result<(), Finding> {
        let target = self.shown.display();
        let kind = match fs::symlink_metadata(&self.path) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failure::reading(&self.shown, &error)),
        };
        if kind.is_dir() {
            Ok(())
        } else if kind.is_symlink() {
            Err(Finding::error(
                "write/symbolic-link",
                format!("The target `{target}` is a symbolic link, and a link is never replaced."),
                "Name the directory that the link points to, or remove the link.",
            ))
        } else {
            Err(Finding::error(
                "write/not-a-directory",
                format!("The target `{target}` is not a directory."),
                "Move it away, or name another target.",
            ))
        }
    }
}
