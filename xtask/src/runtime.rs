//! The files that generated code calls at run time, which are the same for every document.

use crate::core::{Api, BodyKind};
use crate::settings::Settings;

/// The files of every runtime, as they stand in the directory `runtime` of this package.
const FILES: [(&str, &str); 19] = [
    ("body.rs", include_str!("../runtime/body.rs")),
    ("error.rs", include_str!("../runtime/error.rs")),
    ("exchange.rs", include_str!("../runtime/exchange.rs")),
    ("filter.rs", include_str!("../runtime/filter.rs")),
    ("header.rs", include_str!("../runtime/header.rs")),
    ("lenient.rs", include_str!("../runtime/lenient.rs")),
    ("list.rs", include_str!("../runtime/list.rs")),
    ("member.rs", include_str!("../runtime/member.rs")),
    ("mod.rs", include_str!("../runtime/mod.rs")),
    ("operation.rs", include_str!("../runtime/operation.rs")),
    ("parts.rs", include_str!("../runtime/parts.rs")),
    ("path.rs", include_str!("../runtime/path.rs")),
    ("raw_request.rs", include_str!("../runtime/raw_request.rs")),
    ("received.rs", include_str!("../runtime/received.rs")),
    ("response.rs", include_str!("../runtime/response.rs")),
    ("secret.rs", include_str!("../runtime/secret.rs")),
    ("tagged.rs", include_str!("../runtime/tagged.rs")),
    ("value.rs", include_str!("../runtime/value.rs")),
    ("varied.rs", include_str!("../runtime/varied.rs")),
];

/// A part of the runtime that not every crate gets.
struct Part {
    name: &'static str,
    text: &'static str,
    /// The lines that bring it in, with which those of the others go on.
    before: &'static str,
    lines: String,
}

/// The parts that this API and these settings need.
fn parts(api: &Api, settings: &Settings) -> Vec<Part> {
    let mut parts = Vec::new();
    if let Some(feature) = &settings.schemars_feature {
        parts.push(Part {
            name: "json_schema.rs",
            text: include_str!("../runtime/json_schema.rs"),
            before: "mod lenient;\n",
            lines: format!("#[cfg(feature = {feature:?})]\nmod json_schema;\n"),
        });
    }
    let bodies = api.operations.iter().flat_map(|operation| &operation.body);
    let mut media = bodies.flat_map(|body| &body.media);
    if media.any(|media| media.kind == BodyKind::Multipart) {
        parts.push(Part {
            name: "multipart.rs",
            text: include_str!("../runtime/multipart.rs"),
            before: "mod operation;\n",
            lines: "mod multipart;\n".to_owned(),
        });
    }
    if settings.client_state.is_none() {
        parts.push(Part {
            name: "state.rs",
            text: include_str!("../runtime/state.rs"),
            before: "mod tagged;\n",
            lines: "mod state;\npub use self::state::State;\n".to_owned(),
        });
    }
    parts
}

/// The toolchain that this package was built with.
const LOCK: &str = include_str!("../../Cargo.lock");

/// The files of the runtime: their names, and their text.
pub(crate) fn files(api: &Api, settings: &Settings) -> Vec<(&'static str, String)> {
    let mut files: Vec<(&'static str, String)> = FILES
        .iter()
        .map(|(path, text)| (*path, (*text).to_owned()))
        .collect();
    for part in parts(api, settings) {
        for (path, text) in &mut files {
            if *path == "mod.rs" {
                *text = text.replace(part.before, &format!("{}{}", part.lines, part.before));
            }
        }
        files.push((part.name, part.text.to_owned()));
    }
    files
}

/// The version of a package in the lock file; empty where it is not in there.
pub(crate) fn locked_version(package: &str) -> &'static str {
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
