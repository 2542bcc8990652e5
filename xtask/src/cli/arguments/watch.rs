//! The arguments of `cargo xtask watch`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::accept::Request;
use crate::config::{Mode, Options};

pub(super) const ABOUT: &str = "\
Says whether the vendor's published document is a new revision, and whether it can be taken in.

It does what `codegen --accept` does, and writes nothing. The report is Markdown: what changes for callers, \
and what is left to do, or the findings that keep the revision from being taken in.";

pub(super) const AFTER: &str = "\
Examples:
  cargo xtask watch next.yaml --report report.md
  curl --fail --location https://example.com/openapi.yaml | cargo xtask watch -

Exit codes:
  0  nothing new
  1  it cannot be taken in as it is; the report has the findings
  2  the command line is wrong
  3  something new, and programs go on as they were
  4  something new, and a program may no longer compile or does something else";

/// Arguments of `watch`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct WatchArguments {
    /// The published document; `-` reads it from standard input
    #[arg(value_name = "DOCUMENT")]
    pub document: PathBuf,

    /// The file for the report [default: standard output]
    #[arg(long, value_name = "PATH")]
    pub report: Option<PathBuf>,

    /// The workspace whose Cargo.toml says what there is [default: this one]
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

impl WatchArguments {
    /// Returns the inputs, in a workspace.
    #[must_use]
    pub fn request(&self, workspace: &Path) -> Request {
        let workspace = self.workspace.as_deref().unwrap_or(workspace);
        let options = Options {
            is_named: self.workspace.is_some(),
            ..Options::new(workspace, Mode::DryRun)
        };
        Request {
            options,
            revision: self.document.clone(),
        }
    }
}
