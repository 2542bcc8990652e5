//! The sections of Cargo manifests.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;

use crate::finding::{Finding, Findings};
use crate::settings::Settings;
use crate::source::{Location, Source};

/// `[workspace.metadata.codegen]`; the paths are relative to the root of the workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a table")]
pub struct WorkspaceSection {
    /// The OpenAPI document.
    pub document: Option<PathBuf>,
    /// The Overlay to apply to it.
    pub overlay: Option<PathBuf>,
    /// The directory for the generated code.
    pub out: Option<PathBuf>,
    /// The changelog that a revision of the document is entered in.
    pub changelog: Option<PathBuf>,
}

/// The part of a manifest that matters here.
#[derive(Deserialize)]
struct Manifest {
    workspace: Option<Table<WorkspaceSection>>,
    package: Option<Table<Settings>>,
}

#[derive(Deserialize)]
#[serde(expecting = "a table")]
struct Table<S> {
    metadata: Option<Metadata<S>>,
}

#[derive(Deserialize)]
#[serde(expecting = "a table")]
struct Metadata<S> {
    codegen: Option<S>,
}

impl<S: Default> Table<S> {
    fn section(self) -> S {
        self.metadata.and_then(|it| it.codegen).unwrap_or_default()
    }
}

/// Reads `[workspace.metadata.codegen]`, which may be missing, out of the text of a manifest; `None` after a finding.
pub fn parse_workspace(source: &Arc<Source>, findings: &mut Findings) -> Option<WorkspaceSection> {
    let workspace = parse(source, findings)?.workspace;
    Some(workspace.map(Table::section).unwrap_or_default())
}

/// Reads `[package.metadata.codegen]`, which may be missing, out of the text of a manifest; `None` if the manifest
/// describes no package, or after a finding.
pub fn parse_package(source: &Arc<Source>, findings: &mut Findings) -> Option<Settings> {
    parse(source, findings)?.package.map(Table::section)
}

fn parse(source: &Arc<Source>, findings: &mut Findings) -> Option<Manifest> {
    match toml::from_str(&source.text) {
        Ok(manifest) => Some(manifest),
        Err(error) => {
            let at = match error.span() {
                Some(span) => Location::of_bytes(source, span),
                None => Location::whole_file(source),
            };
            let message = error.message().trim_end_matches('.').replace('\n', ", ");
            let finding = Finding::error(
                "config/manifest",
                format!("`{}` cannot be taken as it is: {message}.", source.name),
                "Correct the line.",
            );
            findings.push(finding.at(at));
            None
        }
    }
}
