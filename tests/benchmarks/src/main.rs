//! Takes the figures of `BENCHMARKS.md`, all of them or those of some sections; see CONTRIBUTING.
//!
//! A section whose figures cannot be taken is told, and keeps the figures that it has. What is installed and built for
//! the comparisons stays below `target/benchmarks`, so that the next run is shorter.

mod building;
mod bulk;
mod codegen;
mod commands;
mod dependencies;
#[expect(dead_code, reason = "benchmarks need all of it, and this a part")]
mod figure;
mod machine;
mod page;
mod plot;
mod requests;
mod scratch;
mod server;
mod verification;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use page::{Block, Page};

/// Takes the figures of `BENCHMARKS.md`.
#[derive(Parser)]
struct Arguments {
    /// The sections to take anew; all of them if none is named.
    sections: Vec<Section>,
    /// The page to write.
    #[arg(long, value_name = "PATH")]
    page: Option<PathBuf>,
    /// Fewer pairs: to see whether all works, not for figures to keep.
    #[arg(long)]
    quick: bool,
}

/// A part of the page, which can be taken by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Section {
    /// The generator beside progenitor, oas3-gen and openapi-to-rust.
    Codegen,
    /// Requests beside bare reqwest and qstash-rs.
    Requests,
    /// Publishing in bulk beside one by one and beside the official TypeScript client.
    Bulk,
    /// Verification beside other verifiers and the official receivers.
    Verification,
    /// Build times and crates beside reqwest, and beside progenitor.
    Building,
    /// The server for tests with many messages beside few.
    Server,
}

/// The places of things, and how thorough to be.
pub(crate) struct Setup {
    /// The root of the workspace.
    pub(crate) root: PathBuf,
    /// The directory of the page, with its pictures below.
    pub(crate) page_directory: PathBuf,
    /// The directory of everything that is installed and built for the comparisons.
    pub(crate) scratch: PathBuf,
    pub(crate) quick: bool,
}

impl Setup {
    /// So many pairs, or fewer for a quick look.
    pub(crate) fn pairs(&self, many: usize) -> usize {
        if self.quick { many.min(3) } else { many }
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("benchmarks: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Takes the sections one after the other, and says whether each could be taken.
fn run(arguments: &Arguments) -> Result<bool, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()?;
    let path = arguments.page.clone();
    let path = path.unwrap_or_else(|| root.join("BENCHMARKS.md"));
    let setup = Setup {
        page_directory: path.parent().map_or_else(PathBuf::new, Path::to_path_buf),
        scratch: root.join("target/benchmarks"),
        quick: arguments.quick,
        root,
    };
    let mut page = Page::read(&path)?;
    let mut complete = true;
    for section in Section::value_variants() {
        if !arguments.sections.is_empty() && !arguments.sections.contains(section) {
            continue;
        }
        eprintln!("benchmarks: {section:?} …");
        match take(*section, &setup) {
            Ok(blocks) => {
                page.replace(*section, &machine::described(&setup)?, &blocks);
                page.write(&path)?;
            }
            Err(error) => {
                complete = false;
                eprintln!("benchmarks: {section:?} keeps its earlier figures: {error}");
            }
        }
    }
    Ok(complete)
}

fn take(section: Section, setup: &Setup) -> Result<Vec<Block>, Box<dyn Error>> {
    std::fs::create_dir_all(&setup.scratch)?;
    match section {
        Section::Codegen => codegen::take(setup),
        Section::Requests => requests::take(setup),
        Section::Bulk => bulk::take(setup),
        Section::Verification => verification::take(setup),
        Section::Building => building::take(setup),
        Section::Server => server::take(setup),
    }
}
