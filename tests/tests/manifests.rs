//! Each dependency of the workspace stands in one place, with the reason that it is there at all.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use crate::common::{tree, workspace};
use toml::de::{DeTable, DeValue};

/// The tables of a manifest that hold dependencies.
const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

#[test]
fn members_take_their_dependencies_from_the_workspace() {
    let root = workspace();
    let mut own = Vec::new();
    for manifest in tree::files_ending(&root, "/Cargo.toml") {
        let text = tree::text(&manifest);
        // The root, and packages that are a workspace of their own.
        if text.lines().any(|line| line == "[workspace]") {
            continue;
        }
        let found = not_inherited(&text);
        own.extend(
            found
                .into_iter()
                .map(|name| format!("{}: {name}", tree::shown(&manifest, &root))),
        );
    }
    assert!(
        own.is_empty(),
        "say `workspace = true` for these:\n{}",
        own.join("\n")
    );
}

#[test]
fn each_dependency_of_the_workspace_has_a_reason() {
    let without = without_reason(&tree::text(&workspace().join("Cargo.toml")));
    assert!(
        without.is_empty(),
        "write a comment above these in `[workspace.dependencies]`: {without:?}"
    );
}

#[test]
fn a_dependency_of_a_members_own_is_found() {
    let manifest = r#"
[dependencies]
a.workspace = true
b = "1"
c = { workspace = true, features = ["x"] }
d = { version = "1", features = ["x"] }
[dev-dependencies]
e = { path = "../e" }
[target.'cfg(unix)'.dependencies]
f = "1"
g.workspace = true
[features]
h = ["dep:c"]
"#;
    assert_eq!(not_inherited(manifest), ["b", "d", "e", "f"]);
}

#[test]
fn a_dependency_without_a_reason_is_found() {
    let manifest = r#"
[workspace.dependencies]
# Why a is there.
a = "1"
b = "1"
# Why c and d are there: one reason for each group
# of packages of this workspace.
c = { path = "c" }
d = { path = "d" }

#
e = { version = "1", features = [
    "x",
] }
[workspace.lints.rust]
f = "warn"
"#;
    assert_eq!(without_reason(manifest), ["b", "e"]);
}

/// The dependencies of a member's manifest that do not come from the workspace.
fn not_inherited(manifest: &str) -> Vec<String> {
    let root = DeTable::parse(manifest)
        .expect("a manifest is TOML")
        .into_inner();
    let mut tables = vec![&root];
    let targets = table(root.get("target"))
        .into_iter()
        .flat_map(|targets| targets.values());
    tables.extend(targets.filter_map(|target| table(Some(target))));
    let dependencies = tables
        .iter()
        .flat_map(|owner| KINDS.iter().filter_map(|kind| table(owner.get(*kind))));
    let own = dependencies
        .flat_map(|table| table.iter())
        .filter(|(_, value)| {
            let inherits = table(Some(value)).and_then(|table| table.get("workspace"));
            inherits.and_then(|value| value.get_ref().as_bool()) != Some(true)
        });
    own.map(|(name, _)| name.get_ref().to_string()).collect()
}

fn table<'a, 'i>(value: Option<&'a toml::Spanned<DeValue<'i>>>) -> Option<&'a DeTable<'i>> {
    value?.get_ref().as_table()
}

/// The entries of `[workspace.dependencies]` without a comment above them.
///
/// Packages of this workspace, which have a path, may share one comment.
fn without_reason(manifest: &str) -> Vec<String> {
    let lines: Vec<&str> = manifest.lines().collect();
    let begin = lines
        .iter()
        .position(|line| *line == "[workspace.dependencies]");
    let section = lines.iter().skip(begin.expect("there is the section") + 1);
    let mut without = Vec::new();
    let mut reason = false;
    for line in section.take_while(|line| !line.starts_with('[')) {
        let Some((name, value)) = line.split_once(" = ") else {
            let says = |comment: &str| comment.contains(char::is_alphabetic);
            reason = line.strip_prefix('#').is_some_and(says);
            continue;
        };
        if !reason && !name.starts_with(' ') {
            without.push(name.to_owned());
        }
        reason = reason && value.contains("path = ");
    }
    without
}
