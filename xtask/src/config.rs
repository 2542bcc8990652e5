//! The configuration of a run of codegen, from the command line and from the manifests of the workspace.
//!
//! Which document is read and where the code goes stands in the workspace's `Cargo.toml`, as
//! `[workspace.metadata.codegen]`; what the generated client is made of stands in the `Cargo.toml` of
//! the package that holds it, as `[package.metadata.codegen]`. So no vendor's names stand here.

mod manifest;
mod options;
mod paths;

pub use manifest::{WorkspaceSection, parse_package, parse_workspace};
pub use options::{Mode, Options, OverlayChoice};
pub use paths::shorten;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::finding::{Finding, Findings, Severity};
use crate::input;
use crate::overlay;
use crate::settings::Settings;
use crate::source::{Location, Source};
use paths::plain;

/// The input of a run of codegen, before any of it is read.
///
/// The paths are relative to the current directory where that is shorter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// The OpenAPI document; `-` is standard input.
    pub document: PathBuf,
    /// The Overlay to apply to it, if any.
    pub overlay: Option<PathBuf>,
    /// The changelog that a revision of the document is entered in, if there is one and the manifest was read.
    pub changelog: Option<PathBuf>,
    /// The directory that the generated files go to.
    pub out: PathBuf,
    /// The treatment of Overlay actions that select or change nothing.
    pub mode: overlay::Mode,
    /// The settings of the package around `out` for the generated code.
    pub settings: Settings,
}

/// Settles the input of a run, and reports what is wrong with the manifests.
///
/// The workspace's manifest is read only if the options leave something open.
pub fn read(options: &Options, findings: &mut Findings) -> Option<Inputs> {
    let before = findings.count(Severity::Error);
    let section = if options.is_complete() {
        WorkspaceSection::default()
    } else {
        let source = manifest_at(&options.workspace.join("Cargo.toml"), options, findings)?;
        let section = parse_workspace(&source, findings)?;
        for (key, given, configured) in [
            ("document", &options.document, &section.document),
            ("out", &options.out, &section.out),
        ] {
            if given.is_none() && configured.is_none() {
                let missing = Finding::error(
                    "config/missing-key",
                    format!("`[workspace.metadata.codegen]` has no key `{key}`."),
                    format!(
                        "Add `{key} = \"...\"`, a path relative to the root of the workspace, or pass `--{key}`."
                    ),
                );
                findings.push(missing.at(Location::whole_file(&source)));
            }
        }
        section
    };
    let configured = |path: &Option<PathBuf>| {
        let path = plain(&options.workspace.join(path.as_ref()?));
        Some(shorten(&path, &options.current_directory))
    };
    let usual = configured(&section.document);
    let document = options.document.clone().or_else(|| usual.clone());
    let out = options.out.clone().or_else(|| configured(&section.out));
    let (document, out) = document.zip(out)?;
    let overlay = match &options.overlay {
        OverlayChoice::None => None,
        OverlayChoice::Path(path) => Some(path.clone()),
        OverlayChoice::Configured => configured(&section.overlay),
        OverlayChoice::WithItsDocument => {
            let absolute = |path: &Path| plain(&options.current_directory.join(path));
            let is_usual = usual.is_some_and(|usual| absolute(&usual) == absolute(&document));
            is_usual.then(|| configured(&section.overlay)).flatten()
        }
    };
    let settings = settings_around(&out, options, findings);
    findings.unless_errors_since(
        before,
        Inputs {
            document,
            overlay,
            changelog: configured(&section.changelog),
            out,
            mode: options.overlay_mode,
            settings,
        },
    )
}

/// Returns the settings of the nearest package around a directory, or the default outside of any package.
fn settings_around(out: &Path, options: &Options, findings: &mut Findings) -> Settings {
    // Or else the way up from `../out` would lead through the current directory.
    let out = plain(&options.current_directory.join(out));
    let manifests = out
        .ancestors()
        .skip(1)
        .map(|directory| directory.join("Cargo.toml"));
    for path in manifests.filter(|path| path.is_file()) {
        let before = findings.count(Severity::Error);
        let source = manifest_at(&path, options, findings);
        match source.and_then(|source| parse_package(&source, findings)) {
            Some(settings) => return settings,
            // The manifest of a workspace that is no package itself leads on.
            None if findings.count(Severity::Error) > before => break,
            None => {}
        }
    }
    Settings::default()
}

fn manifest_at(path: &Path, options: &Options, findings: &mut Findings) -> Option<Arc<Source>> {
    let name = shorten(path, &options.current_directory)
        .display()
        .to_string();
    input::read_as(path, name, findings).map(|(source, _)| source)
}
