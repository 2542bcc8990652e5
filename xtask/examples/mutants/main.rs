//! Mutants of the configured document, as many as one likes, with figures, and what comes out of them compiled.
//!
//! `cargo run --release -p xtask --example mutants -- --count 5000 --compile 200`
//!
//! Every mutant is tried in a child, so that one which overflows the stack or never ends is a line of the
//! report like every other.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a measurement that cannot be made stops"
)]
#![allow(dead_code, reason = "the test uses the rest")]

#[path = "../../tests/mutate/mod.rs"]
mod mutate;
#[path = "../../tests/mutants/slices.rs"]
mod slices;
#[path = "../../tests/mutants/subject.rs"]
mod subject;

mod compile;
mod manifest;
mod report;
mod scratch;
mod worker;

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Parser;

/// Tries mutants of the configured document and says what became of them.
#[derive(Clone, Debug, Parser)]
struct Arguments {
    /// The seed of the first mutant; the others follow it
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// The number of mutants to try
    #[arg(long, default_value_t = 5_000)]
    count: u64,

    /// The number of different outputs to compile
    #[arg(long, default_value_t = 0)]
    compile: usize,

    /// The number of outputs to compile together
    #[arg(long, default_value_t = 10)]
    batch: usize,

    /// Print the inputs of the first mutant instead of trying any
    #[arg(long)]
    show: bool,

    /// Try the mutants here and print a line for each
    #[arg(long, hide = true)]
    worker: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let seeds = arguments.seed..arguments.seed.saturating_add(arguments.count);
    if arguments.show {
        show(arguments.seed);
        return ExitCode::SUCCESS;
    }
    if arguments.worker {
        worker::work(seeds);
        return ExitCode::SUCCESS;
    }
    let tried = worker::try_all(seeds);
    let mut holes = report::print(&tried);
    holes += compile::compile(&tried, arguments.compile, arguments.batch);
    if holes == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Writes over the last line how far the work is, if somebody looks.
fn progress(line: &str) {
    let mut error = std::io::stderr();
    if error.is_terminal() {
        let _ = write!(error, "\r{line}");
        let _ = error.flush();
    }
}

fn show(seed: u64) {
    let mutant = subject::Committed::read().mutant(seed);
    for (name, source) in mutant.inputs() {
        println!(
            "--- {name} ({:?}, {:?})\n{}",
            mutant.mode, mutant.kinds, source.text
        );
    }
}
