//! The arguments of `cargo xtask codegen`.

use std::path::{Path, PathBuf};

use clap::{Args, ColorChoice};

use crate::accept::Request;
use crate::config::{Mode, Options, OverlayChoice};
use crate::dependencies;
use crate::overlay;

/// Returns the help below the options.
pub(super) fn after() -> String {
    let lines = dependencies::all();
    let names = lines.iter().filter_map(|line| line.split(" = ").next());
    let names = names.collect::<Vec<_>>().join(", ");
    format!("{AFTER}{names}.\nA run with --out ends with these as lines of a manifest.")
}

const AFTER: &str = "\
Examples:
  cargo xtask codegen                      generate and write
  cargo xtask codegen --check              is the generated code in step with the document?
  cargo xtask codegen --document pets.yaml --out ../pets/src/generated
                                           generate from another document, to another place
  cargo xtask codegen --accept next.yaml   take in the vendor's next revision

Exit codes:
  0  written, or fresh already; always after a --dry-run that found no errors
  1  something is wrong with the input or the target; nothing has been written, unless --accept says
     what has been, and the same command goes on from there
  2  the command line is wrong
  4  the generated code is stale (--check only)

The generated files need the crates ";

/// Arguments of `codegen`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub(crate) struct CodegenArguments {
    /// Write nothing; list every file that is stale, missing or orphaned
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) check: bool,

    /// Write nothing; say what would be written
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Take in the next revision of the document: write it, the changelog and the generated files
    ///
    /// YAML or JSON; `-` reads it from standard input.
    #[arg(long, value_name = "PATH", conflicts_with_all = ["check", "document", "lenient"])]
    pub(crate) accept: Option<PathBuf>,

    /// The OpenAPI document [default: the configured one]
    ///
    /// YAML or JSON; `-` reads it from standard input. A document that is not the workspace's own is read
    /// without the workspace's Overlay, unless --overlay names one.
    #[arg(long, value_name = "PATH")]
    pub(crate) document: Option<PathBuf>,

    /// The Overlay that corrects the document [default: the configured one, for the configured document]
    #[arg(long, value_name = "PATH", conflicts_with = "no_overlay")]
    pub(crate) overlay: Option<PathBuf>,

    /// Take the document as it is, without any Overlay
    #[arg(long)]
    pub(crate) no_overlay: bool,

    /// Only warn about Overlay actions that select or change nothing
    #[arg(long)]
    pub(crate) lenient: bool,

    /// The directory for the generated files [default: the configured one]
    ///
    /// It is replaced as a whole, so it must not hold anything else. Directories above it are made.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// The workspace whose Cargo.toml says what is read and written [default: this one]
    #[arg(long, value_name = "DIR")]
    pub(crate) workspace: Option<PathBuf>,

    /// Show every note, not only the first few of each kind
    #[arg(long)]
    pub(crate) notes: bool,

    /// Colouring of findings
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

impl CodegenArguments {
    /// Returns the options, in a workspace.
    pub(crate) fn options(&self, workspace: &Path) -> Options {
        let mode = match (self.check, self.dry_run) {
            (true, _) => Mode::Check,
            (false, true) => Mode::DryRun,
            (false, false) => Mode::Write,
        };
        let overlay = match (&self.overlay, self.no_overlay) {
            (Some(path), _) => OverlayChoice::Path(path.clone()),
            (None, true) => OverlayChoice::None,
            (None, false) => OverlayChoice::WithItsDocument,
        };
        let workspace = self.workspace.as_deref().unwrap_or(workspace);
        Options {
            overlay_mode: if self.lenient {
                overlay::Mode::Lenient
            } else {
                overlay::Mode::Strict
            },
            document: self.document.clone(),
            overlay,
            out: self.out.clone(),
            ..Options::new(workspace, mode)
        }
    }

    /// Returns the revision that is to be taken in, in a workspace; `None` where none is.
    pub(crate) fn request(&self, workspace: &Path) -> Option<Request> {
        Some(Request {
            options: self.options(workspace),
            revision: self.accept.clone()?,
        })
    }
}
