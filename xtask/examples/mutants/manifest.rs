//! The manifest of a crate outside the workspace that generated code is compiled in.

use std::path::{Path, PathBuf};

pub(crate) fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The benchmarks, which read this too, are one directory further in.
    let is_root = |directory: &&Path| directory.join("Cargo.lock").exists();
    package
        .ancestors()
        .find(is_root)
        .unwrap_or(package)
        .to_owned()
}

/// A manifest with these lines of dependencies.
pub(crate) fn manifest(dependencies: &[String]) -> String {
    let dependencies = dependencies.join("\n");
    format!(
        "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}\n"
    )
}
