//! Files that people write and that change together with the generated ones: first all of them are
//! written beside their places, then each takes its place by a rename, in the order in which they are
//! given and before the generated tree takes its own.
//!
//! So a kill leaves some of them new and the rest old, and none of them half-written. Whoever runs the
//! same command again finds out from their texts which those are.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::failure;
use super::leftovers::{self, Role, SUFFIX_LENGTH};
use super::place::Place;
use super::steps::Step;
use crate::finding::Finding;

/// A file that is there, and what it shall hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The file.
    pub path: PathBuf,
    /// What it held when the new text was made from it, byte by byte.
    pub before: Vec<u8>,
    /// What it shall hold.
    pub after: String,
}

/// A text whose place has been looked at.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    pub(super) place: Place,
    text: &'a Text,
    permissions: fs::Permissions,
}

/// A text that is being written beside its place.
#[derive(Debug)]
pub(super) struct Staged<'a, 'b> {
    pub(super) placed: &'b Placed<'a>,
    beside: PathBuf,
}

impl<'a> Placed<'a> {
    /// Looks at the place of a text, and refuses whatever is no file that may be written.
    pub(super) fn find(text: &'a Text) -> Result<Self, Finding> {
        let place = Place::name(&text.path)?;
        let shown = place.shown.display();
        let metadata = fs::symlink_metadata(&place.path)
            .map_err(|error| failure::reading(&place.shown, &error))?;
        if metadata.is_symlink() {
            return Err(Finding::error(
                "write/symbolic-link",
                format!("`{shown}` is a symbolic link, and a link is never replaced."),
                "Name the file that the link points to in the manifest, or put the file in its place.",
            ));
        }
        if !metadata.is_file() {
            return Err(Finding::error(
                "write/not-a-file",
                format!("`{shown}` is not a regular file."),
                "Move it away, and name a file in the manifest.",
            ));
        }
        if metadata.permissions().readonly() {
            return Err(failure::read_only(shown, "its mode forbids it"));
        }
        Ok(Self {
            place,
            text,
            permissions: metadata.permissions(),
        })
    }

    /// Refuses to go on where somebody has written the file since it was read.
    pub(super) fn check_unchanged(&self) -> Result<(), Finding> {
        let now = fs::read(&self.place.path)
            .map_err(|error| failure::reading(&self.place.shown, &error))?;
        if now == self.text.before {
            return Ok(());
        }
        Err(Finding::error(
            "write/changed-meanwhile",
            format!(
                "`{}` has been changed while codegen was at work.",
                self.place.shown.display()
            ),
            "Run the same command again.",
        ))
    }

    /// Removes what killed runs have left beside the place.
    pub(super) fn clear(&self) -> Result<(), Finding> {
        for path in leftovers::files(&self.place)? {
            fs::remove_file(&path)
                .map_err(|error| failure::writing(&self.place.show(&path), &error))?;
        }
        Ok(())
    }

    /// Makes an empty file beside the place, with the mode of the one that it will replace.
    pub(super) fn stage(&self) -> io::Result<Staged<'a, '_>> {
        let file = tempfile::Builder::new()
            .prefix(&Role::New.prefix(&self.place))
            .rand_bytes(SUFFIX_LENGTH)
            .tempfile_in(&self.place.parent)?;
        fs::set_permissions(file.path(), self.permissions.clone())?;
        let (_, beside) = file.keep().map_err(|error| error.error)?;
        Ok(Staged {
            placed: self,
            beside,
        })
    }
}

impl<'a> Staged<'a, '_> {
    /// The step that writes the text beside its place.
    pub(super) fn fill(&self) -> Step<'a> {
        Step::FillFile(self.beside.clone(), &self.placed.text.after)
    }

    /// The steps that put it into its place; with the first one it is there.
    pub(super) fn put(&self) -> [Step<'a>; 2] {
        let place = &self.placed.place;
        [
            Step::Rename(self.beside.clone(), place.path.clone()),
            Step::Sync(place.parent.clone()),
        ]
    }
}

/// The finding for a run that failed after some of the texts have taken their places.
pub(super) fn partly(mut finding: Finding, written: &[&Path]) -> Finding {
    if written.is_empty() {
        return finding;
    }
    let names: Vec<String> = written
        .iter()
        .map(|path| format!("`{}`", path.display()))
        .collect();
    finding.message = format!(
        "{} Written before that: {}.",
        finding.message,
        names.join(", ")
    );
    finding.next = format!(
        "{} The same command, run again, goes on from there.",
        finding.next
    );
    finding
}

/// Writes a file that is there and empty, and forces it to the disk.
pub(super) fn fill(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    if file.metadata()?.len() > 0 {
        return Err(ErrorKind::AlreadyExists.into());
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
