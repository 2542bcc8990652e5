//! The sections of Cargo manifests.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::{Finding, Findings};
use crate::settings::{RustPath, Settings, feature};
use crate::source::{Location, Source};

/// `[workspace.metadata.codegen]`; the paths are relative to the root of the workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

/// The bytes of a manifest that are wrong, and what is wrong with them.
type Wrong = (Range<usize>, String);

type Value<'t> = Spanned<DeValue<'t>>;

/// Reads `[workspace.metadata.codegen]`, which may be missing, out of the text of a manifest; `None` after a finding.
pub fn parse_workspace(source: &Arc<Source>, findings: &mut Findings) -> Option<WorkspaceSection> {
    let mut section = WorkspaceSection::default();
    let fields = "`document`, `overlay`, `out`, `changelog`";
    let mut field = |field: &str, value: &Value<'_>| {
        let path = match field {
            "document" => &mut section.document,
            "overlay" => &mut section.overlay,
            "out" => &mut section.out,
            "changelog" => &mut section.changelog,
            _ => return Ok(false),
        };
        *path = Some(text(value)?.into());
        Ok(true)
    };
    read(source, "workspace", fields, findings, &mut field)?;
    Some(section)
}

/// Reads `[package.metadata.codegen]`, which may be missing, out of the text of a manifest; `None` if the manifest
/// describes no package, or after a finding.
pub fn parse_package(source: &Arc<Source>, findings: &mut Findings) -> Option<Settings> {
    let mut settings = Settings::default();
    let fields =
        "`client-state`, `operation-error`, `raw-path`, `schemars-feature`, `example`, `formats`";
    let path = |value: &Value<'_>| checked(value, RustPath::try_from);
    read(source, "package", fields, findings, &mut |field, value| {
        match field {
            "client-state" => settings.client_state = Some(path(value)?),
            "operation-error" => settings.operation_error = Some(path(value)?),
            "raw-path" => settings.raw_path = Some(path(value)?),
            "schemars-feature" => settings.schemars_feature = Some(checked(value, feature)?),
            "example" => settings.example = Some(text(value)?.to_owned()),
            "formats" => {
                for (format, value) in table(value)? {
                    let format = format.get_ref().to_string();
                    settings.formats.insert(format, path(value)?);
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?
    .then_some(settings)
}

/// Reads the fields of `metadata.codegen` in a table, with what reads those that it knows; returns whether there is
/// such a table, and `None` after a finding.
fn read(
    source: &Arc<Source>,
    name: &str,
    known: &str,
    findings: &mut Findings,
    field: &mut dyn FnMut(&str, &Value<'_>) -> Result<bool, Wrong>,
) -> Option<bool> {
    let mut read = || {
        let manifest = DeTable::parse(&source.text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            (span, error.message().to_owned())
        })?;
        let section = manifest.get_ref().get(name).map(table).transpose()?;
        let mut here = section;
        for name in ["metadata", "codegen"] {
            let value = here.and_then(|table| table.get(name));
            here = value.map(table).transpose()?;
        }
        for (name, value) in here.into_iter().flatten() {
            if !field(name.get_ref(), value)? {
                let (span, name) = (name.span(), name.get_ref());
                let message = format!("unknown field `{name}`, expected one of {known}");
                return Err((span, message));
            }
        }
        Ok(section.is_some())
    };
    let wrong = |(span, message): Wrong| {
        let message = message.trim_end_matches('.').replace('\n', ", ");
        let finding = Finding::error(
            "config/manifest",
            format!("`{}` cannot be taken as it is: {message}.", source.name),
            "Correct the line.",
        );
        findings.push(finding.at(Location::of_bytes(source, span)));
    };
    read().map_err(wrong).ok()
}

fn table<'v, 't>(value: &'v Value<'t>) -> Result<&'v DeTable<'t>, Wrong> {
    let table = value.get_ref().as_table();
    table.ok_or_else(|| other(value, "table"))
}

fn text<'v>(value: &'v Value<'_>) -> Result<&'v str, Wrong> {
    let text = value.get_ref().as_str();
    text.ok_or_else(|| other(value, "string"))
}

fn other(value: &Value<'_>, expected: &str) -> Wrong {
    let found = value.get_ref().type_str();
    let message = format!("invalid type: {found}, expected a {expected}");
    (value.span(), message)
}

fn checked<T>(value: &Value<'_>, read: fn(String) -> Result<T, String>) -> Result<T, Wrong> {
    read(text(value)?.to_owned()).map_err(|message| (value.span(), message))
}
