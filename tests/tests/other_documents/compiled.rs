//! A crate outside the workspace that generated code is compiled in.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use xtask::write::Files;

use crate::common::{built, workspace};

/// Compiles generated files, as modules of one crate with these features, with the crates that the tests have been
/// built with. It may name those that `codegen` says it needs, and no others.
///
/// # Errors
///
/// Returns what the compiler says, warnings included: generated code is to have none.
pub(crate) fn compile(modules: &[(&str, Files)], features: &[&str]) -> Result<(), String> {
    let directory = tempfile::tempdir().expect("a directory");
    let root = directory.path();
    let write = |path: PathBuf, text: &str| {
        std::fs::create_dir_all(path.parent().expect("a directory")).expect("it is made");
        std::fs::write(path, text).expect("it is written");
    };
    let mut library = "#![deny(warnings)]\n".to_owned();
    for (name, files) in modules {
        library.push_str(&format!("pub mod {name};\n"));
        for (path, text) in files {
            write(root.join(name).join(path), text);
        }
    }
    write(root.join("lib.rs"), &library);

    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut rustc = Command::new(compiler);
    rustc
        .args(["--edition", "2024", "--crate-type", "lib"])
        .args(["--crate-name", "scratch", "--emit", "metadata"])
        .arg("--out-dir")
        .arg(root)
        .arg(root.join("lib.rs"))
        .current_dir(workspace());
    let known = features.iter().map(|feature| format!("{feature:?}"));
    let known = known.collect::<Vec<_>>().join(", ");
    rustc.args(["--check-cfg", &format!("cfg(feature, values({known}))")]);
    for feature in features {
        rustc.args(["--cfg", &format!("feature={feature:?}")]);
    }
    let texts = modules.iter().flat_map(|(_, files)| files.values());
    let needed = xtask::dependencies::needed(texts.map(String::as_str));
    let artifacts = built::artifacts();
    for (name, _) in needed.iter().filter_map(|line| line.split_once(" = ")) {
        let name = name.replace('-', "_");
        let library = library_of(&artifacts, &name);
        let others = Path::new(&library).parent().expect("a directory");
        rustc
            .arg("-L")
            .arg(format!("dependency={}", others.display()));
        rustc.args(["--extern", &format!("{name}={library}")]);
    }
    let output = rustc.output().expect("the compiler runs");
    let said = String::from_utf8_lossy(&output.stderr);
    output
        .status
        .success()
        .then_some(())
        .ok_or(said.into_owned())
}

/// The library of a crate; of its newest version, which is the one that the workspace names.
fn library_of(artifacts: &[Value], name: &str) -> String {
    let of_name = artifacts.iter().filter(|it| it["target"]["name"] == name);
    let version = |it: &&Value| {
        let id = it["package_id"].as_str().expect("an id").to_owned();
        let version = id.rsplit(['@', '#']).next().expect("a version").to_owned();
        version
            .split('.')
            .map(|part| part.parse::<u64>().unwrap_or(0))
            .collect::<Vec<_>>()
    };
    let newest = of_name.max_by_key(version);
    let files = newest.and_then(|it| it["filenames"].as_array());
    let files = files.into_iter().flatten().filter_map(Value::as_str);
    let mut libraries = files.filter(|file| file.ends_with(".rlib"));
    let library = libraries.next();
    library
        .unwrap_or_else(|| panic!("no dependency of the tests is `{name}`"))
        .to_owned()
}
