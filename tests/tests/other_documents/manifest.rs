//! The manifest of a crate outside the workspace that generated code is compiled in.

use std::path::{Path, PathBuf};

pub(crate) fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// A manifest with the dependencies of generated code, in the versions of the workspace.
pub(crate) fn manifest(workspace: &Path) -> Result<String, String> {
    let text =
        std::fs::read_to_string(workspace.join("Cargo.toml")).map_err(|error| error.to_string())?;
    let mut manifest =
        "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n"
            .to_owned();
    for name in [
        "bytes",
        "http",
        "progenitor-client",
        "reqwest",
        "serde",
        "serde_json",
    ] {
        let line = text
            .lines()
            .find(|line| {
                line.strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with(" = "))
            })
            .ok_or_else(|| format!("{name} is not in [workspace.dependencies]"))?;
        manifest.push_str(line);
        manifest.push('\n');
    }
    Ok(manifest)
}
