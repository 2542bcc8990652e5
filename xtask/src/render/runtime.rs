//! The files that generated code calls at run time, which are the same for every document.

use crate::settings::Settings;

/// The text of the runtime, as it stands in the directory `runtime` of this package.
const FILES: [(&str, &str); 11] = [
    ("exchange.rs", include_str!("../../runtime/exchange.rs")),
    ("filter.rs", include_str!("../../runtime/filter.rs")),
    ("header.rs", include_str!("../../runtime/header.rs")),
    ("lenient.rs", include_str!("../../runtime/lenient.rs")),
    ("member.rs", include_str!("../../runtime/member.rs")),
    ("mod.rs", include_str!("../../runtime/mod.rs")),
    ("operation.rs", include_str!("../../runtime/operation.rs")),
    ("path.rs", include_str!("../../runtime/path.rs")),
    ("response.rs", include_str!("../../runtime/response.rs")),
    ("secret.rs", include_str!("../../runtime/secret.rs")),
    ("tagged.rs", include_str!("../../runtime/tagged.rs")),
];

/// What the runtime has besides where generated types implement `JsonSchema`.
const JSON_SCHEMA: &str = include_str!("../../runtime/json_schema.rs");

/// What this package was built with.
const LOCK: &str = include_str!("../../../Cargo.lock");

/// The files of the runtime: their names, and their text.
pub(crate) fn files(settings: &Settings) -> Vec<(&'static str, String)> {
    let mut files: Vec<(&'static str, String)> = FILES
        .iter()
        .map(|(path, text)| (*path, (*text).to_owned()))
        .collect();
    if let Some(feature) = &settings.schemars_feature {
        files.push(("json_schema.rs", JSON_SCHEMA.to_owned()));
        for (path, text) in &mut files {
            if *path == "mod.rs" {
                *text = text.replace(
                    "mod lenient;\n",
                    &format!("#[cfg(feature = {feature:?})]\nmod json_schema;\nmod lenient;\n"),
                );
            }
        }
    }
    files
}

/// The version of a package in the lock file; empty where it is not in there.
pub(super) fn locked_version(package: &str) -> &'static str {
    LOCK.split("[[package]]")
        .find(|entry| {
            entry
                .lines()
                .any(|line| line == format!("name = \"{package}\""))
        })
        .and_then(|entry| {
            entry
                .lines()
                .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        })
        .unwrap_or_default()
}
