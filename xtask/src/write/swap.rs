//! A directory or file that is made beside its place, and then takes it.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::Files;

/// A new tree or file that is built beside its place. What still lies there when this is dropped was not finished, and
/// is removed.
pub(super) struct Beside {
    new: PathBuf,
    /// The place of the old tree for an instant.
    old: PathBuf,
}

impl Beside {
    /// Clears away what a killed run has left beside a place.
    pub(super) fn new(place: &Path) -> io::Result<Self> {
        let [new, old] = ["new", "old"].map(|it| beside(place, it));
        remove(&new)?;
        remove(&old)?;
        Ok(Self { new, old })
    }

    pub(super) fn path(&self) -> &Path {
        &self.new
    }

    /// Writes the files of a new tree.
    pub(super) fn fill(&self, files: &Files) -> io::Result<()> {
        for (path, text) in files {
            let path = self.new.join(path);
            fs::create_dir_all(path.parent().unwrap_or(&self.new))?;
            fs::write(path, text)?;
        }
        Ok(())
    }

    /// Lets the new tree take its place: before it the place holds the whole old tree or nothing, after it the
    /// whole new one. Who is killed at the instant between leaves the old one beside, for the next run to put back.
    pub(super) fn swap(self, place: &Path) -> io::Result<()> {
        if !place.exists() {
            return fs::rename(&self.new, place);
        }
        fs::rename(place, &self.old)?;
        fs::rename(&self.new, place)
            .or_else(|error| fs::rename(&self.old, place).and(Err(error)))?;
        remove(&self.old)
    }
}

/// The hidden name beside a place that a tree or file has while it is `new` or `old`.
fn beside(place: &Path, what: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().display();
    place.with_file_name(format!(".{name}.codegen-{what}"))
}

/// Puts an old tree back that a killed run has moved aside.
pub(super) fn put_back(place: &Path) -> io::Result<()> {
    let old = beside(place, "old");
    if !place.exists() && old.exists() {
        fs::rename(old, place)?;
    }
    Ok(())
}

/// Removes a directory or a file, if it is there.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => fs::remove_file(path),
        result => result,
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // What cannot be removed now is left to the next run.
        let _ = remove(&self.new);
    }
}

/// One codegen at a time: a lock on the directory around a place, which the operating system drops with the run
/// that holds it. Where a directory cannot be locked, two runs at once may fail, and end with one whole tree all the same.
pub(super) fn lock(place: &Path) -> Option<File> {
    let directory = File::open(place.parent()?).ok()?;
    directory.lock().ok()?;
    Some(directory)
}
