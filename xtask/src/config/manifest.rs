//! The sections of Cargo manifests.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::finding::{Finding, Findings, Location};
use crate::settings::Settings;
use crate::source::Source;

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

#[derive(Deserialize)]
struct OfWorkspace {
    workspace: Option<Table<WorkspaceSection>>,
}

#[derive(Deserialize)]
struct OfPackage {
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

/// Reads `[workspace.metadata.codegen]` out of the text of a manifest.
pub fn parse_workspace(source: &Arc<Source>, findings: &mut Findings) -> Option<WorkspaceSection> {
    let manifest: OfWorkspace = parse(source, findings)?;
    let section = manifest.workspace.and_then(|table| table.metadata?.codegen);
    if section.is_none() {
        let missing = Finding::error(
            "config/missing-section",
            format!(
                "`{}` has no section `[workspace.metadata.codegen]`.",
                source.name
            ),
            "Add it, with the keys `document`, `out` and, where there are any, `overlay` and `changelog`.",
        );
        findings.push(missing.at(Location::whole_file(source)));
    }
    section
}

/// Reads `[package.metadata.codegen]`, which may be missing, out of the text of a manifest; `None` if the manifest
/// describes no package, or after a finding.
pub fn parse_package(source: &Arc<Source>, findings: &mut Findings) -> Option<Settings> {
    let manifest: OfPackage = parse(source, findings)?;
    let metadata = manifest.package?.metadata;
    Some(
        metadata
            .and_then(|metadata| metadata.codegen)
            .unwrap_or_default(),
    )
}

fn parse<M: DeserializeOwned>(source: &Arc<Source>, findings: &mut Findings) -> Option<M> {
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
