//! A copy of what codegen works on.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::tree;

/// The directory of the generated files, below the root of the workspace.
pub(crate) const GENERATED: &str = "qstash-api/src/generated";

/// The files that codegen reads and writes beside the generated ones, below the root of the workspace.
const OTHERS: [&str; 5] = [
    "CHANGELOG.md",
    "Cargo.toml",
    "openapi/openapi.yaml",
    "openapi/overlay.yaml",
    "qstash-api/Cargo.toml",
];

/// A copy of all that codegen reads and writes, in a directory of its own.
pub(crate) struct Copy(TempDir);

impl Copy {
    pub(crate) fn of(workspace: &Path) -> Self {
        let copy = Self(tempfile::tempdir().expect("a scratch directory"));
        let generated = tree::files(&workspace.join(GENERATED));
        let others = OTHERS.iter().map(|path| workspace.join(path));
        for path in others.chain(generated) {
            let below = path
                .strip_prefix(workspace)
                .expect("it is in the workspace");
            let to = copy.root().join(below);
            let directory = to.parent().expect("a file lies in a directory");
            fs::create_dir_all(directory).expect("a directory is made");
            fs::copy(&path, &to).expect("a file is copied");
        }
        copy
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }
}
