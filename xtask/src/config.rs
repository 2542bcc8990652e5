//! What a run of codegen works on, from the command line and from the manifests of the workspace.
//!
//! Which document is read and where the code goes stands in the workspace's `Cargo.toml`, as
//! `[workspace.metadata.codegen]`; what the generated client is made of stands in the `Cargo.toml` of
//! the package that holds it, as `[package.metadata.codegen]`. So nothing of any vendor stands here.

mod manifest;
mod options;
mod package;
mod paths;
mod read;
mod workspace;

pub use options::{Mode, Options, OverlayChoice};
pub use package::parse_package;
pub use paths::shorten;
pub use read::read;
pub use workspace::WorkspaceSection;

use std::path::PathBuf;

use crate::settings::Settings;

/// What a run of codegen works on: everything decided, nothing read yet.
///
/// The paths are relative to the current directory where that is shorter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// The OpenAPI document; `-` is standard input.
    pub document: PathBuf,
    /// The Overlay to apply to it, if any.
    pub overlay: Option<PathBuf>,
    /// The changelog that a revision of the document is entered in, if there is one and the manifest was read.
    pub changelog: Option<PathBuf>,
    /// The directory that the generated files go to.
    pub out: PathBuf,
    /// Whether Overlay actions may select nothing.
    pub lenient: bool,
    /// What the manifest of the package around `out` says about the generated code.
    pub settings: Settings,
}
