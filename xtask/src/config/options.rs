//! The options of codegen.

use std::path::{Path, PathBuf};

use crate::overlay;

/// The treatment of the generated files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Write them.
    #[default]
    Write,
    /// Write nothing, and compare them with the files that are there.
    Check,
    /// Write nothing, and list what would be written.
    DryRun,
}

/// The choice of an Overlay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OverlayChoice {
    /// The one in the workspace's manifest, if it names one.
    #[default]
    Configured,
    /// The one in the workspace's manifest, if the document is the one there too.
    WithItsDocument,
    /// This one.
    Path(PathBuf),
    /// None.
    None,
}

/// The options of codegen, before the manifests are read.
///
/// Relative paths are relative to the current directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The root of the workspace, where the `Cargo.toml` with `[workspace.metadata.codegen]` is.
    pub workspace: PathBuf,
    /// The current directory, to which printed paths are relative.
    pub current_directory: PathBuf,
    /// The treatment of the generated files.
    pub mode: Mode,
    /// The treatment of Overlay actions that select or change nothing.
    pub overlay_mode: overlay::Mode,
    /// The OpenAPI document, if not the configured one; `-` is standard input.
    pub document: Option<PathBuf>,
    /// The Overlay.
    pub overlay: OverlayChoice,
    /// The directory for the generated files, if not the configured one.
    pub out: Option<PathBuf>,
}

impl Options {
    /// Returns a run with everything as the workspace's manifest says.
    ///
    /// Where the current directory is not known, printed paths are simply not shortened.
    #[must_use]
    pub fn new(workspace: &Path, mode: Mode) -> Self {
        Self {
            workspace: workspace.to_owned(),
            current_directory: std::env::current_dir().unwrap_or_default(),
            mode,
            overlay_mode: overlay::Mode::Strict,
            document: None,
            overlay: OverlayChoice::Configured,
            out: None,
        }
    }

    /// Returns whether the workspace's manifest has nothing to add.
    pub(super) fn is_complete(&self) -> bool {
        let named = matches!(self.overlay, OverlayChoice::Path(_) | OverlayChoice::None);
        named && self.document.is_some() && self.out.is_some()
    }
}
