//! Paths for people: short ones.

use std::path::{Component, Path, PathBuf};

/// `path` as it is written from `directory`, or as it is where that is shorter.
///
/// Nothing is looked up: both are taken as text, so `..` and links in them stay what they are.
#[must_use]
pub fn shorten(path: &Path, directory: &Path) -> PathBuf {
    if !path.is_absolute() || !directory.is_absolute() {
        return path.to_owned();
    }
    let common = path
        .components()
        .zip(directory.components())
        .take_while(|(one, other)| one == other)
        .count();
    let up = directory.components().skip(common);
    let relative: PathBuf = up
        .map(|_| Component::ParentDir)
        .chain(path.components().skip(common))
        .collect();
    if relative.as_os_str().is_empty() {
        PathBuf::from(".")
    } else if common > 0 && relative.as_os_str().len() < path.as_os_str().len() {
        relative
    } else {
        path.to_owned()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::shorten;
    use std::path::Path;

    #[test]
    fn a_path_is_written_from_the_current_directory_where_that_is_shorter() {
        let cases = [
            ("/w/project/a/b.yaml", "/w/project", "a/b.yaml"),
            ("/w/project/a/b.yaml", "/w/project/src", "../a/b.yaml"),
            ("/w/project", "/w/project", "."),
            ("/tmp/x", "/home/somebody/project", "/tmp/x"),
            ("/a", "/b", "/a"),
            ("a/b", "/w", "a/b"),
            ("-", "/w", "-"),
            ("/w/a", "", "/w/a"),
        ];
        for (path, directory, expected) in cases {
            let short = shorten(Path::new(path), Path::new(directory));
            assert_eq!(short, Path::new(expected), "{path} from {directory}");
        }
    }
}
