//! Reads the manifests and settles what a run works on.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::paths::plain;
use super::{Inputs, Options, OverlayChoice, WorkspaceSection, parse_package, shorten};
use crate::finding::{Finding, Findings, Location, Severity};
use crate::settings::Settings;
use crate::source::Source;

/// Settles what a run works on; what is wrong with the manifests is reported.
///
/// The workspace's manifest is read only if the options leave something open.
pub fn read(options: &Options, findings: &mut Findings) -> Option<Inputs> {
    let before = findings.count(Severity::Error);
    let section = if is_complete(options) {
        None
    } else {
        let path = options.workspace.join("Cargo.toml");
        let source = read_manifest(&path, options, findings)?;
        Some(WorkspaceSection::parse(&source, findings)?)
    };
    let document = choose(
        options,
        options.document.as_ref(),
        section.as_ref(),
        "document",
        findings,
    );
    let out = choose(
        options,
        options.out.as_ref(),
        section.as_ref(),
        "out",
        findings,
    );
    let changelog = section.as_ref().and_then(|section| {
        let path = section.changelog.as_ref()?;
        Some(in_workspace(options, path))
    });
    let overlay = match &options.overlay {
        OverlayChoice::None => None,
        OverlayChoice::Path(path) => Some(path.clone()),
        OverlayChoice::Configured => section
            .and_then(|section| section.overlay)
            .map(|path| in_workspace(options, &path)),
    };
    let (document, out) = document.zip(out)?;
    let package = package_around(options, &out, findings);
    findings.unless_errors_since(
        before,
        Inputs {
            document,
            overlay,
            changelog,
            out,
            lenient: options.lenient,
            settings: package,
        },
    )
}

fn is_complete(options: &Options) -> bool {
    options.document.is_some()
        && options.out.is_some()
        && options.overlay != OverlayChoice::Configured
}

/// The path from the command line, or else the one that the section has at `key`.
fn choose(
    options: &Options,
    given: Option<&PathBuf>,
    section: Option<&WorkspaceSection>,
    key: &str,
    findings: &mut Findings,
) -> Option<PathBuf> {
    if let Some(given) = given {
        return Some(given.clone());
    }
    let section = section?;
    let configured = match key {
        "document" => section.document.as_ref(),
        _ => section.out.as_ref(),
    };
    if configured.is_none() {
        findings.push(section.missing(key));
    }
    configured.map(|path| in_workspace(options, path))
}

fn in_workspace(options: &Options, path: &Path) -> PathBuf {
    shorten(
        &plain(&options.workspace.join(path)),
        &options.current_directory,
    )
}

/// The section of the nearest package around the directory, or an empty one outside of any package.
fn package_around(options: &Options, out: &Path, findings: &mut Findings) -> Settings {
    // Or else the way up from `../out` would lead through the current directory.
    let out = plain(&options.current_directory.join(out));
    for directory in out.ancestors().skip(1) {
        let path = directory.join("Cargo.toml");
        if !path.is_file() {
            continue;
        }
        let before = findings.count(Severity::Error);
        let section = read_manifest(&path, options, findings)
            .and_then(|source| parse_package(&source, findings));
        match section {
            Some(section) => return section,
            None if findings.count(Severity::Error) > before => break,
            // The manifest of a workspace that is no package itself.
            None => {}
        }
    }
    Settings::default()
}

fn read_manifest(path: &Path, options: &Options, findings: &mut Findings) -> Option<Arc<Source>> {
    let name = shorten(path, &options.current_directory);
    let name = name.display().to_string();
    let refusal = match fs::read_to_string(path) {
        Ok(text) => return Some(Source::new(name, text)),
        Err(error) if error.kind() == ErrorKind::InvalidData => Finding::error(
            "config/not-utf8",
            format!("`{name}` is not UTF-8."),
            "Save the manifest as UTF-8.",
        ),
        Err(error) => Finding::error(
            "config/unreadable",
            match error.kind() {
                ErrorKind::NotFound => format!("There is no `{name}`."),
                _ => format!("`{name}` cannot be read: {error}."),
            },
            "Run codegen in a checkout of the workspace, or pass `--document`, `--out` and `--overlay` or `--no-overlay`.",
        ),
    };
    findings.push(refusal.at(Location::whole_file(&Source::new(name, ""))));
    None
}
