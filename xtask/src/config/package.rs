//! `[package.metadata.codegen]`: what the generated client is made of.

use std::sync::Arc;

use super::manifest;
use crate::finding::{Finding, Findings, Severity};
use crate::source::Source;

/// The name of the section.
const NAME: &str = "package.metadata.codegen";

/// What `[package.metadata.codegen]` says; the section and each of its keys may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageSection {
    /// The type of the state that the generated client carries.
    pub client_state: Option<syn::Path>,
}

impl PackageSection {
    /// Reads the section out of the text of a manifest: `None` if that describes no package, or after
    /// a finding.
    pub fn parse(source: &Arc<Source>, findings: &mut Findings) -> Option<Self> {
        let before = findings.count(Severity::Error);
        let root = manifest::parse(source, findings)?;
        root.get("package")?;
        let Some(section) = manifest::section(source, &root, NAME, findings) else {
            return findings.unless_errors_since(before, Self::default());
        };
        section.refuse_others(&["client-state"], findings);
        let parsed = Self {
            client_state: path(&section, "client-state", findings),
        };
        findings.unless_errors_since(before, parsed)
    }
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
                    "Write the path of a type, such as `crate::client::State`.",
                )
                .at(location),
            );
            None
        }
    }
}
