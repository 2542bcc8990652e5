//! The pipeline: a document goes in, files come out.

use std::path::Path;

use crate::cli::{Outcome, Tree};
use crate::config::{self, Inputs, Mode, Options};
use crate::finding::{Finding, Findings, Severity};
use crate::write::{self, Files};

/// Generates the files and writes or compares them, as the options say.
#[must_use]
pub fn codegen(options: &Options) -> (Outcome, Findings) {
    let mut findings = Findings::new();
    let outcome = run(options, &mut findings).unwrap_or(Outcome::Failed);
    (outcome, findings)
}

fn run(options: &Options, findings: &mut Findings) -> Option<Outcome> {
    let inputs = config::read(options, findings)?;
    let files = generate_files(&inputs, findings)?;
    conclude(options, &inputs.out, &files, findings)
}

/// All stages from the document to the files.
// TODO(lead): the stage calls.
pub fn generate_files(inputs: &Inputs, findings: &mut Findings) -> Option<Files> {
    let _ = inputs;
    let before = findings.count(Severity::Error);
    findings.push(Finding::error(
        "codegen/not-there-yet",
        "The stages are not connected yet.",
        "Connect them.",
    ));
    findings.unless_errors_since(before, Files::new())
}

/// Writes the files or compares them with those that are there.
fn conclude(
    options: &Options,
    out: &Path,
    files: &Files,
    findings: &mut Findings,
) -> Option<Outcome> {
    let result = match options.mode {
        Mode::Write => write::replace(out, files).map(|done| {
            findings.extend(done.leftover);
            done.comparison
        }),
        Mode::Check | Mode::DryRun => write::compare(out, files),
    };
    match result {
        Ok(comparison) => Some(outcome(options, Tree::new(out, files, comparison))),
        Err(finding) => {
            findings.push(finding);
            None
        }
    }
}

fn outcome(options: &Options, tree: Tree) -> Outcome {
    match options.mode {
        Mode::DryRun => Outcome::DryRun(tree),
        Mode::Write | Mode::Check if tree.comparison.is_fresh() => Outcome::Fresh(tree),
        Mode::Write => Outcome::Wrote(tree),
        Mode::Check => Outcome::Stale {
            tree,
            command: options.command(),
        },
    }
}
