//! One side of a comparison: the committed code, or sources that are taken through all stages.

use std::path::Path;

use super::{Diff, diff};
use crate::api::Api;
use crate::codegen;
use crate::config::{self, Options, OverlayChoice};
use crate::finding::{Finding, Findings, Severity};
use crate::overlay::{self, Mode};
use crate::pipeline::{self, Sources};
use crate::report;
use crate::settings::Settings;
use crate::write::Files;

/// The codes of findings about operations whose name nobody has chosen.
const UNNAMED: [&str; 2] = ["lower/derived-operation-id", "lower/taken-operation-id"];

/// One side of a comparison.
#[derive(Clone, Debug)]
pub struct Side {
    pub(super) name: String,
    pub(super) api: Api,
    /// The findings on the way to it.
    findings: Findings,
}

/// Returns the side of the code that is committed in a directory.
///
/// # Errors
///
/// When there is none, or it is not Rust.
pub fn committed(directory: &Path) -> Result<Side, Finding> {
    Ok(Side {
        name: directory.display().to_string(),
        api: Api::read_directory(directory)?,
        findings: Findings::new(),
    })
}

/// Returns the side of the code that sources generate; the overlay may have actions that select or change nothing.
pub fn generated(sources: &Sources, settings: &Settings, findings: &mut Findings) -> Option<Side> {
    let mut found = Findings::new();
    let files = pipeline::files(sources, Mode::Lenient, settings, &mut found);
    findings.extend(found.iter().cloned());
    let side = of_files(sources, &files?, &found);
    side.map_err(|finding| findings.push(finding)).ok()
}

/// Returns the side of files that have been generated from sources, with these findings.
///
/// # Errors
///
/// When they are not Rust.
pub fn of_files(sources: &Sources, files: &Files, found: &Findings) -> Result<Side, Finding> {
    let overlay = sources.overlay.as_ref();
    let overlay = overlay.map(|overlay| format!(" with {}", overlay.name));
    Ok(Side {
        name: sources.document.name.clone() + &overlay.unwrap_or_default(),
        api: Api::read(files)?,
        findings: found.clone(),
    })
}

impl Side {
    /// Its findings about actions that select or change nothing, and about operations without a chosen name.
    pub(super) fn to_do(&self) -> [Vec<Finding>; 2] {
        [&overlay::OBSOLETE, &UNNAMED].map(|codes| {
            let findings = self.findings.iter();
            let chosen = findings.filter(|finding| codes.contains(&finding.code));
            chosen.cloned().collect()
        })
    }
}

/// The outcome of a comparison.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The comparison, unless one of the sides cannot be compared.
    pub diff: Option<Diff>,
    /// The findings of the old side.
    pub old: Findings,
    /// The findings of the new side.
    pub new: Findings,
}

/// Compares what two sets of options stand for, the old one first; both are read, whatever is wrong with
/// the first. Old options that name no document and no overlay stand for the committed code.
#[must_use]
pub fn compare_options([old, new]: &[Options; 2]) -> Compared {
    let (mut of_old, mut of_new) = (Findings::new(), Findings::new());
    let old = read(old, true, &mut of_old);
    let new = read(new, false, &mut of_new);
    Compared {
        diff: old.zip(new).map(|(old, new)| diff(&old, &new)),
        old: of_old,
        new: of_new,
    }
}

fn read(options: &Options, is_old: bool, findings: &mut Findings) -> Option<Side> {
    let inputs = config::read(options, findings)?;
    if is_old && options.document.is_none() && options.overlay == OverlayChoice::Configured {
        let side = committed(&inputs.out);
        return side.map_err(|finding| findings.push(finding)).ok();
    }
    let sources = codegen::sources(&inputs, findings)?;
    generated(&sources, &inputs.settings, findings)
}

impl Compared {
    /// Returns the findings for people: those of a side that cannot be compared, or else what the new side brings
    /// and the comparison itself does not list.
    #[must_use]
    pub fn report(&self, color: bool) -> String {
        if self.diff.is_some() {
            return report::render(&unlisted(&self.new, &self.old), color);
        }
        let sides = [("old", &self.old), ("new", &self.new)];
        let failed = sides.into_iter().filter(|(_, it)| it.has_errors());
        let parts = failed.map(|(name, findings)| {
            let findings = report::render(findings, color);
            format!("the {name} side cannot be compared:\n\n{findings}\n")
        });
        parts.collect::<String>() + "nothing has been compared\n"
    }
}

/// Returns the findings of the new side that the comparison itself does not list; notes sum up what is there.
#[must_use]
pub fn unlisted(new: &Findings, old: &Findings) -> Findings {
    let is_listed = |code| overlay::OBSOLETE.contains(&code) || UNNAMED.contains(&code);
    let is_old = |finding: &Finding| {
        let same = |it: &Finding| (it.code, &it.message) == (finding.code, &finding.message);
        old.iter().any(same)
    };
    let mut unlisted = Findings::new();
    let notable = new
        .iter()
        .filter(|finding| finding.severity > Severity::Note);
    let notable = notable.filter(|finding| !is_listed(finding.code) && !is_old(finding));
    unlisted.extend(notable.cloned());
    unlisted
}
