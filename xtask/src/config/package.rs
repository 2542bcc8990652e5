//! `[package.metadata.codegen]`: what the generated client is made of.

use std::sync::Arc;

use super::manifest;
use crate::finding::{Finding, Findings, Severity};
use crate::settings::Settings;
use crate::source::Source;

/// The name of the section.
const NAME: &str = "package.metadata.codegen";

/// Reads what `[package.metadata.codegen]` says out of the text of a manifest; the section and each of its
/// keys may be missing. `None` if the manifest describes no package, or after a finding.
pub fn parse_package(source: &Arc<Source>, findings: &mut Findings) -> Option<Settings> {
    let before = findings.count(Severity::Error);
    let root = manifest::parse(source, findings)?;
    root.get("package")?;
    let Some(section) = manifest::section(source, &root, NAME, findings) else {
        return findings.unless_errors_since(before, Settings::default());
    };
    section.refuse_others(
        &[
            "client-state",
            "operation-error",
            "raw-path",
            "schemars-feature",
        ],
        findings,
    );
    let parsed = Settings {
        client_state: path(&section, "client-state", findings),
        operation_error: path(&section, "operation-error", findings),
        raw_path: path(&section, "raw-path", findings),
        schemars_feature: feature(&section, "schemars-feature", findings),
        formats: Vec::new(),
    };
    findings.unless_errors_since(before, parsed)
}

/// The name of a feature at `key`.
fn feature(section: &manifest::Section<'_>, key: &str, findings: &mut Findings) -> Option<String> {
    let (text, location) = section.text(key, findings)?;
    let is_name = |c: char| unicode_ident::is_xid_continue(c) || matches!(c, '-' | '+' | '.');
    if !text.is_empty() && text.chars().all(is_name) {
        return Some(text);
    }
    findings.push(
        Finding::error(
            "config/not-a-feature",
            format!("`{key}` in `[{NAME}]` is no name of a feature: {text:?}."),
            "Write the name of a feature of this package, such as `schemars`.",
        )
        .at(location),
    );
    None
}

/// The Rust path at `key`.
fn path(section: &manifest::Section<'_>, key: &str, findings: &mut Findings) -> Option<syn::Path> {
    let (text, location) = section.text(key, findings)?;
    match syn::parse_str(&text) {
        Ok(path) => Some(path),
        Err(error) => {
            findings.push(
                Finding::error(
                    "config/not-a-rust-path",
                    format!("`{key}` in `[{NAME}]` is no path of Rust: {error}."),
                    "Write a path into this package, such as `crate::client::State`.",
                )
                .at(location),
            );
            None
        }
    }
}
