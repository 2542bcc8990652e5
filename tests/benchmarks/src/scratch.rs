//! The scratch of the comparisons: installed programs, and packages that depend on what is compared.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::Setup;
use crate::commands::{cargo, output};

/// Installs a program of this version from the registry, or finds it installed.
pub(crate) fn installed(
    setup: &Setup,
    name: &str,
    version: &str,
) -> Result<PathBuf, Box<dyn Error>> {
    let root = setup.scratch.join(format!("installed/{name}-{version}"));
    let program = root.join("bin").join(name);
    if program.exists() {
        return Ok(program);
    }
    let mut install = cargo();
    install
        .args(["install", "--quiet", "--locked", "--root"])
        .arg(&root);
    output(install.arg(format!("{name}@={version}")))?;
    Ok(program)
}

/// A package outside of any workspace, with these dependencies and files below `src`.
///
/// The versions that the workspace has locked are the ones it begins with, so that both sides of a comparison have the
/// same where they have the same dependencies.
pub(crate) fn package(
    setup: &Setup,
    name: &str,
    dependencies: &str,
    files: &[(&str, &str)],
) -> Result<PathBuf, Box<dyn Error>> {
    let directory = setup.scratch.join(name);
    fs::create_dir_all(directory.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n\n\
         [workspace]\n"
    );
    update(&directory.join("Cargo.toml"), &manifest)?;
    for (file, text) in files {
        update(&directory.join("src").join(file), text)?;
    }
    if !directory.join("Cargo.lock").exists() {
        fs::copy(setup.root.join("Cargo.lock"), directory.join("Cargo.lock"))?;
    }
    Ok(directory)
}

/// Writes a file that does not say this yet; what is built from it stays fresh otherwise.
fn update(path: &Path, text: &str) -> io::Result<()> {
    match fs::read_to_string(path) {
        Ok(old) if old == text => Ok(()),
        _ => fs::write(path, text),
    }
}

/// The dependency on the crate, as a program has it that says nothing of features.
pub(crate) fn ours(setup: &Setup) -> String {
    let path = setup.root.join("qstash-api");
    format!("qstash-api = {{ path = {path:?} }}")
}

/// A file of the workspace.
pub(crate) fn text(setup: &Setup, path: &str) -> Result<String, Box<dyn Error>> {
    Ok(fs::read_to_string(setup.root.join(path)).map_err(|error| format!("{path}: {error}"))?)
}
