//! Paths for people: short ones.

use std::path::{Component, Path, PathBuf};

/// Returns `path` without `.` and with each `..` taken together with the name before it.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => drop(plain.pop()),
            _ => plain.push(component),
        }
    }
    plain
}

/// Returns `path` as it is written from `directory`, or as it is where that is shorter.
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

#[cfg(test)]
mod tests {
    use super::{plain, shorten};
    use std::path::Path;

    #[test]
    fn a_plain_path_has_no_detours() {
        let cases = [
            ("/w/a/../b/./c", "/w/b/c"),
            ("/w/a/../../b", "/b"),
            ("../a/../b", "../b"),
            ("../../a", "../../a"),
            ("./a", "a"),
        ];
        for (path, expected) in cases {
            assert_eq!(plain(Path::new(path)), Path::new(expected), "{path}");
        }
    }

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
