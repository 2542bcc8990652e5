//! The arguments of `cargo xtask watch`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::accept::Request;
use crate::config::{Mode, Options};

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
pub(crate) struct WatchArguments {
    /// The published document; `-` reads it from standard input
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: PathBuf,

    /// The file for the report [default: standard output]
    #[arg(long, value_name = "PATH")]
    pub(crate) report: Option<PathBuf>,

    /// The workspace whose Cargo.toml says what there is [default: this one]
    #[arg(long, value_name = "DIR")]
    pub(crate) workspace: Option<PathBuf>,
}

impl WatchArguments {
    /// Returns the request, in a workspace.
    pub(crate) fn request(&self, workspace: &Path) -> Request {
        let workspace = self.workspace.as_deref().unwrap_or(workspace);
        Request {
            options: Options::new(workspace, Mode::DryRun),
            revision: self.document.clone(),
        }
    }
}
