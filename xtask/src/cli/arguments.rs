//! The arguments, with their help text.

use clap::{Parser, Subcommand};

mod codegen;
mod diff;
mod watch;

pub(super) use codegen::CodegenArguments;
pub(super) use diff::DiffArguments;
pub(super) use watch::WatchArguments;

/// Chores of this workspace.
#[derive(Clone, Debug, PartialEq, Eq, Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(super) struct Arguments {
    /// The command.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The command.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub(super) enum Command {
    /// Generates the client from the OpenAPI document
    ///
    /// Without options it reads the document and the Overlay that `[workspace.metadata.codegen]` in the
    /// workspace's Cargo.toml names, and replaces the directory named there by what it generates: all files
    /// or none. It needs no network.
    ///
    /// With --accept it takes in the vendor's next revision of the document: it writes the document with the
    /// structure of the revision and our descriptions, an entry in the changelog that the manifest names, and the
    /// generated files. If anything is wrong, nothing is written; edit the Overlay and run it again. Descriptions
    /// that are new and ours to write, those that have lost their place, and files that speak of what is gone, are
    /// listed.
    #[command(after_help = codegen::after())]
    Codegen(CodegenArguments),

    /// Says what a change of the document or the Overlay does to the generated API
    ///
    /// The new side is generated in memory and compared with the committed code, or with what an old document
    /// generates if one is named: every operation, parameter, type and field, in requests and in answers. Each
    /// change is marked with what it does to a program that calls the generated crate:
    ///
    /// - breaking: it may no longer compile
    ///
    /// - behaviour: it compiles, and sends, refuses or reads something else
    ///
    /// - addition: it can do more than before
    ///
    /// - neutral: it notices nothing
    ///
    /// The first two raise the first number of the version (below 1.0 the second), an addition the second
    /// (below 1.0 the third), and anything else the third. The Overlay applies leniently: actions that no
    /// longer apply are listed.
    #[command(after_help = diff::AFTER)]
    Diff(DiffArguments),

    /// Says whether the vendor's published document is a new revision
    ///
    /// And whether it can be taken in: it does what `codegen --accept` does, and writes nothing. The report is
    /// Markdown: what changes for callers, and what is left to do, or the findings that keep the revision from
    /// being taken in.
    #[command(after_help = watch::AFTER)]
    Watch(WatchArguments),
}
