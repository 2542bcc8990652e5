//! The crates that generated files need in the package that holds them.

use std::collections::BTreeSet;

use crate::core::Api;
use crate::runtime;
use crate::settings::Settings;

/// The manifest of the workspace that this was built in, whose table has each dependency once.
const MANIFEST: &str = include_str!("../../Cargo.toml");

/// A feature that not all generated files need: the crate, the feature, and the text by which a file that needs it
/// is known.
const FEATURE: (&str, &str, &str) = ("reqwest", "multipart", "reqwest::multipart");

/// Returns the lines of `[dependencies]` for the crates that these texts of Rust name, as the workspace has them.
#[must_use]
pub fn needed<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let texts: Vec<&str> = texts.into_iter().collect();
    let named: BTreeSet<&str> = texts.iter().flat_map(|text| crates(text)).collect();
    let table = MANIFEST.split("[workspace.dependencies]").nth(1);
    let lines = table.unwrap_or_default().lines();
    lines
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.contains("path = "))
        .filter(|line| {
            let name = line.split_once(" = ").map(|(name, _)| name);
            name.is_some_and(|name| named.contains(name.replace('-', "_").as_str()))
        })
        .map(|line| {
            let (name, feature, mark) = FEATURE;
            let needs = line.starts_with(&format!("{name} = "))
                && texts.iter().any(|text| text.contains(mark));
            if needs {
                line.replace("features = [", &format!("features = [\"{feature}\", "))
            } else {
                line.to_owned()
            }
        })
        .collect()
}

/// Returns the lines of `[dependencies]` for what generated files may name: the runtime names all of it.
#[must_use]
pub fn all() -> Vec<String> {
    let runtime = runtime::files(&Api::default(), &Settings::default());
    needed(runtime.iter().map(|(_, text)| text.as_str()))
}

/// Returns what the paths in a text of Rust begin with, comments aside: crates, modules and types.
fn crates(text: &str) -> impl Iterator<Item = &str> {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let is_outside = |c: char| !(c.is_alphanumeric() || "_:".contains(c));
    let paths = code.flat_map(move |line| line.split(is_outside));
    paths.filter_map(|path| Some(path.trim_start_matches(':').split_once("::")?.0))
}

#[cfg(test)]
mod tests {
    use super::{crates, needed};

    #[test]
    fn a_crate_is_named_where_a_path_begins_with_it() {
        for (text, expected) in [
            ("use serde::Serialize;", true),
            ("impl ::serde::Serialize for Pet {}", true),
            ("fn f(x: &serde::Value) {}", true),
            ("#[derive(Debug, serde::Deserialize)]", true),
            ("use serde_json::Value;", false),
            ("use crate::serde::Value;", false),
            ("let my_serde::Value = x;", false),
            ("    // serde::Value", false),
            ("#[serde(default)]", false),
        ] {
            assert_eq!(crates(text).any(|it| it == "serde"), expected, "{text}");
        }
    }

    #[test]
    fn what_is_needed_comes_as_lines_of_a_manifest() {
        let lines = needed([
            "use serde::Serialize;",
            "use serde_json::Value;",
            "fn f() -> ::std::vec::Vec<bytes::Bytes> {}",
        ]);
        let lines: toml::Table = toml::from_str(&lines.join("\n")).expect("a manifest");
        assert_eq!(
            lines.keys().collect::<Vec<_>>(),
            ["bytes", "serde", "serde_json"]
        );
        assert!(format!("{:?}", lines["serde"]).contains("derive"));
    }
}
