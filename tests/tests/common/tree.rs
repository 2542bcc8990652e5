//! The files of the workspace.

use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a directory, sorted by path, without what is built, fetched or hidden by Git.
pub(crate) fn files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(directory) = open.pop() {
        let entries = fs::read_dir(&directory)
            .unwrap_or_else(|error| panic!("{} is readable: {error}", directory.display()));
        for entry in entries {
            let path = entry.expect("a directory entry is readable").path();
            let name = path.file_name().unwrap_or_default();
            if name == "target" || name == ".git" {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The files whose name ends like this.
pub(crate) fn files_ending(root: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = files(root);
    files.retain(|path| path.to_string_lossy().ends_with(ending));
    files
}

/// The text of a file.
pub(crate) fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{} is text: {error}", path.display()))
}

/// A path below `root`, with `/`, for messages.
pub(crate) fn shown(path: &Path, root: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}
