//! `cargo xtask codegen`: reads the inputs, runs the pipeline, and writes or compares the files.

mod conclude;

pub(crate) use conclude::put;

use crate::cli::Outcome;
use crate::config::{self, Inputs, Options};
use crate::finding::Findings;
use crate::input;
use crate::overlay;
use crate::pipeline::{self, Sources};
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

/// Reads the inputs and generates the files from them; writes nothing.
pub fn generate_files(inputs: &Inputs, findings: &mut Findings) -> Option<Files> {
    let sources = sources(inputs, findings)?;
    let mode = mode(inputs);
    pipeline::files(&sources, mode, &inputs.settings, findings)
}

/// Reads the document and the overlay; both are read before the first of them is reported as missing.
pub fn sources(inputs: &Inputs, findings: &mut Findings) -> Option<Sources> {
    let document = input::read(&inputs.document, findings);
    let overlay = match &inputs.overlay {
        Some(path) => Some(input::read(path, findings)?),
        None => None,
    };
    Some(Sources {
        document: document?,
        overlay,
    })
}

/// The treatment of actions of the overlay that select nothing or change nothing.
#[must_use]
pub fn mode(inputs: &Inputs) -> overlay::Mode {
    if inputs.lenient {
        overlay::Mode::Lenient
    } else {
        overlay::Mode::Strict
    }
}
