//! The arguments, with their help text.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

mod codegen;
mod diff;
mod watch;

pub use codegen::CodegenArguments;
pub use diff::{DiffArguments, FailOn};
pub use watch::WatchArguments;

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
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// The command.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Generates the client from the OpenAPI document
    #[command(long_about = codegen::ABOUT, after_help = codegen::after())]
    Codegen(CodegenArguments),

    /// Says what a change of the document or the Overlay does to the generated API
    #[command(long_about = diff::ABOUT, after_help = diff::AFTER)]
    Diff(DiffArguments),

    /// Says whether the vendor's published document is a new revision
    #[command(long_about = watch::ABOUT, after_help = watch::AFTER)]
    Watch(WatchArguments),
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
