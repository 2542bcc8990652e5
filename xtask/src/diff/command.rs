//! Reads the two sides that a command line names, and compares them.

use super::{Diff, Side, diff, side};
use crate::codegen;
use crate::config::{self, Options};
use crate::finding::{Finding, Findings, Severity};
use crate::pipeline::Sources;
use crate::report;
use crate::settings::Settings;

/// What became of a comparison.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The comparison, unless one of the sides cannot be digested.
    pub diff: Option<Diff>,
    /// The findings of the old side.
    pub old: Findings,
    /// The findings of the new side.
    pub new: Findings,
}

/// Compares what two sets of options stand for, the old one first; both are read, whatever is wrong with
/// the first.
#[must_use]
pub fn compare_options([old, new]: &[Options; 2]) -> Compared {
    let mut of_old = Findings::new();
    let mut of_new = Findings::new();
    let old = read(old, &mut of_old);
    let new = read(new, &mut of_new);
    Compared {
        diff: old.zip(new).map(|(old, new)| diff(&old, &new)),
        old: of_old,
        new: of_new,
    }
}

/// Compares two pairs of sources, the old one first, as [`compare_options`] does.
#[must_use]
pub fn compare_sources([old, new]: [&Sources; 2], settings: &Settings) -> Compared {
    let mut of_old = Findings::new();
    let mut of_new = Findings::new();
    let old = side(old, settings, &mut of_old);
    let new = side(new, settings, &mut of_new);
    Compared {
        diff: old.zip(new).map(|(old, new)| diff(&old, &new)),
        old: of_old,
        new: of_new,
    }
}

fn read(options: &Options, findings: &mut Findings) -> Option<Side> {
    let inputs = config::read(options, findings)?;
    let sources = codegen::sources(&inputs, findings)?;
    side(&sources, &inputs.settings, findings)
}

impl Compared {
    /// The findings for people: those of a side that cannot be digested, or else what the new side brings
    /// and the comparison itself does not list.
    #[must_use]
    pub fn report(&self, color: bool) -> String {
        if self.diff.is_none() {
            let sides = [("old", &self.old), ("new", &self.new)];
            let failed = sides.into_iter().filter(|(_, it)| it.has_errors());
            let parts = failed.map(|(name, findings)| {
                format!(
                    "the {name} side cannot be digested:\n\n{}\n",
                    report::render(findings, color)
                )
            });
            return parts.collect::<String>() + "nothing has been compared\n";
        }
        report::render(&self.brought(), color)
    }

    /// What the new side brings and the comparison itself does not list.
    #[must_use]
    pub fn brought(&self) -> Findings {
        let mut brought = Findings::new();
        let Some(diff) = &self.diff else {
            return brought;
        };
        let same = |one: &Finding, other: &Finding| {
            (one.code, &one.message) == (other.code, &other.message)
        };
        let is_listed = |finding: &Finding| {
            let mut listed = diff.obsolete_actions.iter().chain(&diff.unnamed_operations);
            listed.any(|listed| listed == finding)
        };
        brought.extend(
            self.new
                .iter()
                .filter(|finding| finding.severity > Severity::Note && !is_listed(finding))
                .filter(|finding| !self.old.iter().any(|old| same(old, finding)))
                .cloned(),
        );
        brought
    }
}
