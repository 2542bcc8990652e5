//! The pipeline: a document goes in, files come out.

mod conclude;

use crate::cli::Outcome;
use crate::config::{self, Inputs, Options};
use crate::finding::{Finding, Findings, Severity};
use crate::write::Files;

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
    conclude::conclude(options, &inputs.out, &files, findings)
}

/// All stages from the document to the files.
// TODO(lead): the stage calls take the place of this body.
pub fn generate_files(inputs: &Inputs, findings: &mut Findings) -> Option<Files> {
    let _ = inputs;
    let before = findings.count(Severity::Error);
    findings.push(Finding::error(
        "codegen/not-connected",
        "The stages are not connected yet.",
        "Connect them.",
    ));
    findings.unless_errors_since(before, Files::new())
}
