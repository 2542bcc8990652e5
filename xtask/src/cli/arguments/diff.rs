//! The arguments of `cargo xtask diff`.

use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{Args, ColorChoice};

use crate::config::{Mode, Options, OverlayChoice};
use crate::diff::{Effect, Format};

pub(super) const AFTER: &str = "\
Examples:
  cargo xtask diff next.yaml               what would another revision of the document change?
  cargo xtask diff a.yaml b.yaml --no-overlay
                                           compare two documents as they are
  cargo xtask diff --overlay draft.yaml
                                           what would another Overlay change?
  git show main:openapi.yaml | cargo xtask diff - openapi.yaml --format markdown
                                           a comment for a pull request
  cargo xtask diff next.yaml --format json --fail-on breaking
                                           for a machine that has to decide

Exit codes:
  0  compared
  1  one of the sides cannot be compared; its findings say why
  2  the command line is wrong
  4  compared, and there is a change as grave as --fail-on says";

/// Arguments of `diff`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub(crate) struct DiffArguments {
    /// The old and the new document, or the new one alone
    ///
    /// YAML or JSON; `-` reads one of them from standard input. Where no old document and no Overlay for
    /// it is given, the old side is the committed code; the new document is the configured one by default.
    #[arg(value_name = "DOCUMENT", num_args = 0..=2)]
    pub(crate) documents: Vec<PathBuf>,

    /// The Overlay of both sides [default: the configured one]
    #[arg(long, value_name = "PATH", conflicts_with = "no_overlay")]
    pub(crate) overlay: Option<PathBuf>,

    /// The Overlay of the old side, where it is another one
    #[arg(long, value_name = "PATH")]
    pub(crate) old_overlay: Option<PathBuf>,

    /// The Overlay of the new side, where it is another one
    #[arg(long, value_name = "PATH")]
    pub(crate) new_overlay: Option<PathBuf>,

    /// Take the documents as they are, without any Overlay but those given for one side
    #[arg(long)]
    pub(crate) no_overlay: bool,

    /// The form of the comparison
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(crate) format: Format,

    /// End with exit code 4 if there is a change at least as grave as this
    #[arg(long, value_name = "EFFECT")]
    pub(crate) fail_on: Option<Effect>,

    /// Colouring of findings
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

impl DiffArguments {
    /// Returns the two sides, the old one first, in a workspace.
    ///
    /// # Errors
    ///
    /// When the two sides are the same by name.
    pub(crate) fn options(&self, workspace: &Path) -> Result<[Options; 2], clap::Error> {
        let (old, new) = match self.documents.as_slice() {
            [] => (None, None),
            [new] => (None, Some(new.clone())),
            [old, new, ..] => (Some(old.clone()), Some(new.clone())),
        };
        let options = |document, overlay| Options {
            document,
            overlay,
            ..Options::new(workspace, Mode::DryRun)
        };
        // Without a document or an Overlay of its own, the old side is what is committed.
        let of_old = match &self.old_overlay {
            None if old.is_none() => OverlayChoice::Configured,
            overlay => self.choice(overlay.as_ref()),
        };
        let old = options(old, of_old);
        let new = options(new, self.choice(self.new_overlay.as_ref()));
        if old.document.is_none() && new.document.is_none() && old.overlay == new.overlay {
            let message = "nothing to compare: name a document, or the Overlay of one side\n";
            return Err(clap::Error::raw(ErrorKind::ValueValidation, message));
        }
        Ok([old, new])
    }

    fn choice(&self, overlay: Option<&PathBuf>) -> OverlayChoice {
        match (overlay.or(self.overlay.as_ref()), self.no_overlay) {
            (Some(path), _) => OverlayChoice::Path(path.clone()),
            (None, true) => OverlayChoice::None,
            (None, false) => OverlayChoice::Configured,
        }
    }
}
