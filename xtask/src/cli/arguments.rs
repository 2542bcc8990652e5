//! The arguments, with their help text.

use std::path::{Path, PathBuf};

use clap::builder::{PathBufValueParser, TypedValueParser as _};
use clap::{Args, ColorChoice, Parser, Subcommand};

use crate::config::{Mode, Options, OverlayChoice};

mod diff;

pub use diff::{DiffArguments, FailOn};

/// Chores of this workspace.
#[derive(Clone, Debug, PartialEq, Eq, Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Generates the client from the OpenAPI document
    #[command(long_about = ABOUT, after_help = AFTER)]
    Codegen(CodegenArguments),

    /// Says what a change of the document or the Overlay does to the generated API
    #[command(long_about = diff::ABOUT, after_help = diff::AFTER)]
    Diff(DiffArguments),
}

const ABOUT: &str = "\
Generates the client from the OpenAPI document.

Without options it reads the document and the Overlay that `[workspace.metadata.codegen]` in the \
workspace's Cargo.toml names, and replaces the directory named there by what it generates: all files \
or none. It needs no network.";

const AFTER: &str = "\
Examples:
  cargo xtask codegen                      generate and write
  cargo xtask codegen --check              is the generated code in step with the document?
  cargo xtask codegen --dry-run --lenient --document next.yaml
                                           what would another revision of the document change?
  cargo xtask codegen --document pets.yaml --no-overlay --out ../pets/src/generated
                                           generate from another document, to another place

Exit codes:
  0  written, or fresh already; always after a --dry-run that found no errors
  1  something is wrong with the input or the target; nothing has been written
  2  the command line is wrong
  4  the generated code is stale (--check only)";

/// Arguments of `codegen`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct CodegenArguments {
    /// Write nothing; list every file that is stale, missing or orphaned
    #[arg(long, conflicts_with = "dry_run")]
    pub check: bool,

    /// Write nothing; say what would be written
    #[arg(long)]
    pub dry_run: bool,

    /// The OpenAPI document [default: the configured one]
    ///
    /// YAML or JSON; `-` reads it from standard input. The Overlay applies to it all the same.
    #[arg(long, value_name = "PATH")]
    pub document: Option<PathBuf>,

    /// The Overlay that corrects the document [default: the configured one]
    #[arg(
        long,
        value_name = "PATH",
        conflicts_with = "no_overlay",
        value_parser = PathBufValueParser::new().try_map(overlay_path)
    )]
    pub overlay: Option<PathBuf>,

    /// Take the document as it is, without any Overlay
    #[arg(long)]
    pub no_overlay: bool,

    /// Only warn about Overlay actions that select or change nothing
    #[arg(long)]
    pub lenient: bool,

    /// The directory for the generated files [default: the configured one]
    ///
    /// It is replaced as a whole, so it must not hold anything else.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Whether findings are coloured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}

impl Arguments {
    /// Parses a command line, whose first argument is the name of the program.
    ///
    /// # Errors
    ///
    /// With the text to print, which may also be the help that was asked for.
    pub fn parse_from_args(
        arguments: impl IntoIterator<Item = std::ffi::OsString>,
    ) -> Result<Self, clap::Error> {
        Self::try_parse_from(arguments)
    }
}

/// A path that is not `-`: only the document is read from standard input.
fn overlay_path(path: PathBuf) -> Result<PathBuf, &'static str> {
    if path.as_os_str() == "-" {
        Err("only the document is read from standard input; write `./-` for a file of that name")
    } else {
        Ok(path)
    }
}

impl CodegenArguments {
    /// What is asked for, in a workspace.
    #[must_use]
    pub fn options(&self, workspace: &Path) -> Options {
        let mode = match (self.check, self.dry_run) {
            (true, _) => Mode::Check,
            (false, true) => Mode::DryRun,
            (false, false) => Mode::Write,
        };
        let overlay = match (&self.overlay, self.no_overlay) {
            (Some(path), _) => OverlayChoice::Path(path.clone()),
            (None, true) => OverlayChoice::None,
            (None, false) => OverlayChoice::Configured,
        };
        Options {
            lenient: self.lenient,
            document: self.document.clone(),
            overlay,
            out: self.out.clone(),
            ..Options::new(workspace, mode)
        }
    }
}
