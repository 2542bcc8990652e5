//! The files that generated code calls at run time, which are the same for every document.

use crate::core::{Api, BodyKind};
use crate::settings::Settings;

/// The name of each of these files in the directory `runtime` of this package, and its text.
macro_rules! texts {
    ($($name:literal),*) => { [$(($name, include_str!(concat!("../runtime/", $name)))),*] };
}

/// The files of every runtime.
const FILES: [(&str, &str); 19] = texts! {
    "body.rs", "error.rs", "exchange.rs", "filter.rs", "header.rs", "list.rs", "member.rs",
    "members.rs", "mod.rs", "operation.rs", "parts.rs", "path.rs", "raw_request.rs", "received.rs", "response.rs", "secret.rs", "tagged.rs",
    "value.rs", "varied.rs"
};

/// A part of the runtime that not every crate gets.
struct Part {
    name: &'static str,
    text: &'static str,
    /// The lines that bring it in, with which those of the others go on.
    before: &'static str,
    lines: String,
}

/// Returns the parts that this API and these settings need.
fn parts(api: &Api, settings: &Settings) -> Vec<Part> {
    let mut parts = Vec::new();
    if let Some(feature) = &settings.schemars_feature {
        parts.push(Part {
            name: "json_schema.rs",
            text: include_str!("../runtime/json_schema.rs"),
            before: "mod list;\n",
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

/// The packages that this one was built with.
const LOCK: &str = include_str!("../../Cargo.lock");

/// Returns the files of the runtime: their names, and their text.
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

/// Returns the version of a package in the lock file; empty where it is not in there.
pub(crate) fn locked_version(package: &str) -> &'static str {
    let entry = format!("\nname = \"{package}\"\nversion = \"");
    let found = LOCK.split_once(&entry);
    let rest = found.map_or("", |(_, rest)| rest);
    rest.split('"').next().unwrap_or_default()
}
