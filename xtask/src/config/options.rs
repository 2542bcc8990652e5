//! The options of codegen.

use std::path::{Path, PathBuf};

use crate::input;

/// The treatment of the generated files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Write them.
    #[default]
    Write,
    /// Write nothing, and say whether they are the ones that are there.
    Check,
    /// Write nothing, and say what would be written.
    DryRun,
}

/// Which Overlay to apply.
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
    /// `true` if somebody has named that workspace, so that a command has to name it too.
    pub is_named: bool,
    /// The current directory, to which printed paths are relative.
    pub current_directory: PathBuf,
    /// The treatment of the generated files.
    pub mode: Mode,
    /// `true` if Overlay actions may select nothing.
    pub lenient: bool,
    /// The OpenAPI document, if not the configured one; `-` is standard input.
    pub document: Option<PathBuf>,
    /// The Overlay.
    pub overlay: OverlayChoice,
    /// The directory for the generated files, if not the configured one.
    pub out: Option<PathBuf>,
}

impl Options {
    /// A run with everything as the workspace's manifest says.
    ///
    /// Where the current directory is not known, printed paths are simply not shortened.
    #[must_use]
    pub fn new(workspace: &Path, mode: Mode) -> Self {
        Self {
            workspace: workspace.to_owned(),
            is_named: false,
            current_directory: std::env::current_dir().unwrap_or_default(),
            mode,
            lenient: false,
            document: None,
            overlay: OverlayChoice::Configured,
            out: None,
        }
    }

    /// Returns whether the workspace's manifest has nothing to add.
    pub(super) fn is_complete(&self) -> bool {
        let stdin = |document: &PathBuf| document.as_os_str() == input::STDIN;
        self.out.is_some()
            && match self.overlay {
                OverlayChoice::Configured => false,
                OverlayChoice::WithItsDocument => self.document.as_ref().is_some_and(stdin),
                OverlayChoice::Path(_) | OverlayChoice::None => self.document.is_some(),
            }
    }

    /// The command line that writes what these options generate, for a shell.
    #[must_use]
    pub fn command(&self) -> String {
        let mut command = "cargo xtask codegen".to_owned();
        let mut path = |option: &str, path: &Path| {
            command.push_str(option);
            command.push_str(&quoted(&path.to_string_lossy()));
        };
        if self.is_named {
            path(" --workspace ", &self.workspace);
        }
        if let Some(document) = &self.document {
            path(" --document ", document);
        }
        if let OverlayChoice::Path(overlay) = &self.overlay {
            path(" --overlay ", overlay);
        }
        if let Some(out) = &self.out {
            path(" --out ", out);
        }
        if self.overlay == OverlayChoice::None {
            command.push_str(" --no-overlay");
        }
        if self.lenient {
            command.push_str(" --lenient");
        }
        command
    }
}

/// The text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%,=~".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Mode, Options, OverlayChoice};
    use std::path::Path;

    #[test]
    fn the_command_repeats_the_options_for_a_shell() {
        let mut options = Options::new(Path::new("/w"), Mode::Check);
        assert_eq!(options.command(), "cargo xtask codegen");
        options.document = Some("it's mine.yaml".into());
        options.overlay = OverlayChoice::None;
        options.out = Some("out/a".into());
        options.lenient = true;
        assert_eq!(
            options.command(),
            r"cargo xtask codegen --document 'it'\''s mine.yaml' --out out/a --no-overlay --lenient"
        );
        options.overlay = OverlayChoice::Path("o.yaml".into());
        assert!(options.command().contains(" --overlay o.yaml "));
        options.is_named = true;
        assert!(
            options
                .command()
                .contains("codegen --workspace /w --document")
        );
    }
}
