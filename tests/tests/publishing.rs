//! The packages for crates.io: they have what they are built from and nothing else, and their READMEs lead to what is
//! there, in the repository, on crates.io and on docs.rs.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::process::Command;

use crate::common::{tree, workspace};

/// The beginning of links to files of the repository: crates.io has no files but those of the package.
const REPOSITORY: &str = "https://github.com/qstash-rs/qstash-api/blob/HEAD/";

/// The beginning of links to the documentation of the crate.
const DOCUMENTATION: &str = "https://docs.rs/qstash-api/latest/qstash_api/";

/// Files of the package, which a relative link finds on crates.io too.
const PACKAGED: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// The packages that go there, each with its directory.
const PACKAGES: [(&str, &str); 2] = [
    ("qstash-api", "qstash-api"),
    ("qstash-dev-server", "tests/server"),
];

/// The files of a package beside `src/` and `docs/`.
const BESIDE: [&str; 8] = [
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    // What a unit test reads.
    "tests/data/macs.json",
];

#[test]
fn a_package_has_what_it_is_built_from_and_nothing_else() {
    for (name, directory) in PACKAGES {
        let included = check_package(name, &workspace().join(directory));
        assert!(included > 3, "{name} includes nothing");
    }
}

/// Checks the files of a package, and returns how many of them others include.
fn check_package(name: &str, package: &Path) -> usize {
    let packaged = packaged(name);
    let unexpected: Vec<&String> = packaged
        .iter()
        .filter(|path| !path.starts_with("src/") && !path.starts_with("docs/"))
        .filter(|path| !BESIDE.contains(&path.as_str()))
        .collect();
    assert!(unexpected.is_empty(), "not for crates.io: {unexpected:?}");

    let mut included = 0;
    for file in tree::files_ending(&package.join("src"), ".rs") {
        let shown = tree::shown(&file, package);
        assert!(packaged.contains(&shown), "not in the package: {shown}");
        for target in tree::text(&file).split("include_str!(\"").skip(1) {
            let (target, _) = target.split_once('"').expect("a string ends");
            let target = beside(&shown, target);
            assert!(packaged.contains(&target), "{shown} includes {target}");
            included += 1;
        }
    }
    included
}

#[test]
fn a_path_beside_a_file_is_found() {
    for (file, path, expected) in [
        ("src/guide.rs", "../docs/a.md", "docs/a.md"),
        ("src/keys/a.rs", "b.json", "src/keys/b.json"),
        ("src/lib.rs", "../../README.md", "../README.md"),
    ] {
        assert_eq!(beside(file, path), expected);
    }
}

/// The files of a package, as cargo lists them.
fn packaged(name: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["package", "-p", name, "--list"])
        .args(["--allow-dirty", "--offline"])
        .current_dir(workspace())
        .output()
        .expect("cargo runs");
    let [out, err] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(output.status.success(), "{err}");
    out.lines().map(|line| line.replace('\\', "/")).collect()
}

/// A path that a file of the package names, seen from the package.
fn beside(file: &str, path: &str) -> String {
    let mut steps: Vec<&str> = file.split('/').collect();
    steps.pop();
    for step in Path::new(path) {
        match (step.to_str().expect("a path is text"), steps.last()) {
            ("..", Some(last)) if *last != ".." => drop(steps.pop()),
            (step, _) => steps.push(step),
        }
    }
    steps.join("/")
}

/// Too many builds for a test, so people run them: the release has to ask for every set of features.
#[test]
fn the_release_checks_each_feature_by_itself() {
    let contributing = tree::text(&workspace().join("CONTRIBUTING.md"));
    assert!(
        contributing.contains("cargo hack clippy -p qstash-api --feature-powerset"),
        "CONTRIBUTING.md does not check the sets of features"
    );
}

#[test]
fn each_link_leads_somewhere_wherever_the_readme_is_read() {
    let root = workspace();
    let readme = tree::text(&root.join("README.md"));
    let found = links(&readme);
    assert!(found.len() > 10, "{found:?}");
    for link in found {
        if let Some(path) = link.strip_prefix(REPOSITORY) {
            assert!(root.join(path).is_file(), "there is no file for {link}");
        } else if let Some(module) = link.strip_prefix(DOCUMENTATION) {
            let module = module.trim_end_matches('/');
            let file = root.join(format!("qstash-api/src/{module}.rs"));
            assert!(file.is_file(), "there is no module for {link}");
        } else if !link.starts_with("https://") {
            assert!(PACKAGED.contains(&link), "not on crates.io: {link}");
            assert!(root.join("qstash-api").join(link).is_file(), "{link}");
        }
    }
}

#[test]
fn each_example_has_a_link() {
    let readme = tree::text(&workspace().join("README.md"));
    let found = links(&readme);
    let examples = workspace().join("qstash-api/examples");
    for example in tree::files_ending(&examples, ".rs") {
        let path = tree::shown(&example, &workspace());
        let link = format!("{REPOSITORY}{path}");
        assert!(found.contains(&link.as_str()), "README.md lacks {link}");
    }
}

#[test]
fn links_are_found_in_both_of_their_forms() {
    let text = "[a](b) and [`c`](https://d/e), [f].\n\n[f]: g\n- [h] i: j\n";
    assert_eq!(links(text), ["b", "https://d/e", "g"]);
}

/// The targets of the links of a Markdown text: `[text](link)`, then `[text]: link`.
fn links(text: &str) -> Vec<&str> {
    let inline = text.split("](").skip(1);
    let inline = inline.filter_map(|rest| rest.split_once(')').map(|(link, _)| link));
    let named = text.lines().filter_map(|line| {
        let (name, link) = line.strip_prefix('[')?.split_once("]: ")?;
        (!name.contains(']')).then_some(link)
    });
    inline.chain(named).collect()
}
