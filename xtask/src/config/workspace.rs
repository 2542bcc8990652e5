//! `[workspace.metadata.codegen]`: the document, the Overlay, the directory for the generated code and the
//! changelog.

use std::path::PathBuf;
use std::sync::Arc;

use super::manifest;
use crate::finding::{Finding, Findings, Location, Severity};
use crate::source::Source;

/// The name of the section.
const NAME: &str = "workspace.metadata.codegen";

/// What `[workspace.metadata.codegen]` says; the paths are relative to the root of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceSection {
    /// The OpenAPI document.
    pub document: Option<PathBuf>,
    /// The Overlay to apply to it.
    pub overlay: Option<PathBuf>,
    /// The directory for the generated code.
    pub out: Option<PathBuf>,
    /// The changelog that a revision of the document is entered in.
    pub changelog: Option<PathBuf>,
    /// Where a missing key would be added.
    location: Location,
}

impl WorkspaceSection {
    /// Reads the section out of the text of a manifest.
    pub fn parse(source: &Arc<Source>, findings: &mut Findings) -> Option<Self> {
        let before = findings.count(Severity::Error);
        let root = manifest::parse(source, findings)?;
        let Some(section) = manifest::section(source, &root, NAME, findings) else {
            let missing = Finding::error(
                "config/missing-section",
                format!("`{}` has no section `[{NAME}]`.", source.name),
                "Add it, with the keys `document`, `out` and, where there are any, `overlay` and `changelog`.",
            );
            if findings.count(Severity::Error) == before {
                findings.push(missing.at(Location::whole_file(source)));
            }
            return None;
        };
        section.refuse_others(&["document", "overlay", "out", "changelog"], findings);
        let mut path = |key| {
            section
                .text(key, findings)
                .map(|(text, _)| PathBuf::from(text))
        };
        let parsed = Self {
            document: path("document"),
            overlay: path("overlay"),
            out: path("out"),
            changelog: path("changelog"),
            location: section.location(),
        };
        findings.unless_errors_since(before, parsed)
    }

    /// The finding that a key is missing that the command line does not stand in for.
    pub(super) fn missing(&self, key: &str) -> Finding {
        Finding::error(
            "config/missing-key",
            format!("`[{NAME}]` has no key `{key}`."),
            format!("Add `{key} = \"...\"`, a path relative to the root of the workspace, or pass `--{key}`."),
        )
        .at(self.location.clone())
    }
}
