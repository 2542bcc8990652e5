//! A crate outside the workspace that generated code is compiled in.

use std::path::PathBuf;
use std::process::Command;

use xtask::write::Files;

use super::manifest::workspace;

/// Writes the generated files as modules of one crate, and compiles them together.
///
/// # Errors
/// Runs the compiler and returns its output, warnings included: generated code is to have none.
pub(crate) fn compile(manifest: &str, modules: &[(&str, Files)]) -> Result<(), String> {
    let workspace = workspace();
    let directory = tempfile::tempdir().map_err(|error| error.to_string())?;
    let root = directory.path();
    let write = |path: PathBuf, text: &str| {
        let parent = path.parent().unwrap_or(root);
        std::fs::create_dir_all(parent)
            .and_then(|()| std::fs::write(&path, text))
            .map_err(|error| format!("{}: {error}", path.display()))
    };
    write(root.join("Cargo.toml"), manifest)?;
    let lock =
        std::fs::read_to_string(workspace.join("Cargo.lock")).map_err(|error| error.to_string())?;
    write(root.join("Cargo.lock"), &lock)?;
    let mut library = "#![deny(warnings)]\n".to_owned();
    for (name, files) in modules {
        library.push_str(&format!("pub mod {name};\n"));
        for (path, text) in files {
            write(root.join("src").join(name).join(path), text)?;
        }
    }
    write(root.join("src/lib.rs"), &library)?;
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline"])
        .current_dir(root)
        // The compiled dependencies stay in the workspace's target directory for the next run.
        .env("CARGO_TARGET_DIR", workspace.join("target/other-documents"))
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
