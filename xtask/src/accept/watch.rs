//! Says whether the vendor has published something new, for a machine that has to decide what to do about it.

use std::fmt::Write as _;

use super::{Accepted, Request, accept};
use crate::cli;
use crate::config::{Mode, Options};
use crate::diff;
use crate::report;

/// The relation of the vendor's published document to ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It says what ours says.
    Nothing,
    /// It can be taken in, and programs go on as they were.
    Compatible,
    /// It can be taken in, and a program may no longer compile or does something else.
    Breaking,
    /// It cannot be taken in as it is: somebody has to edit the overlay.
    Undigested,
}

impl News {
    /// The exit code of the command; 2 is a wrong command line.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Undigested => 1,
            Self::Compatible => 3,
            Self::Breaking => 4,
        }
    }

    /// The words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Nothing => "nothing new",
            Self::Undigested => "cannot be taken in as it is",
            Self::Compatible => "something new, compatible",
            Self::Breaking => "something new, breaking",
        }
    }

    fn of(accepted: &Accepted) -> Self {
        match accepted.diff.effect() {
            _ if accepted.changes_nothing() => Self::Nothing,
            Some(effect) if !effect.is_compatible() => Self::Breaking,
            _ => Self::Compatible,
        }
    }
}

/// Looks at a revision and writes nothing: what it is to us, and a report of it in Markdown.
#[must_use]
pub fn watch(request: &Request) -> (News, String) {
    let options = Options {
        mode: Mode::DryRun,
        ..request.options.clone()
    };
    let (accepted, findings) = accept(&Request {
        options: options.clone(),
        ..request.clone()
    });
    let Some(accepted) = accepted else {
        let news = News::Undigested;
        let mut text = format!(
            "{}\n\n```text\n{}```\n",
            news.words(),
            report::render(&findings, false)
        );
        // What it would change is worth reading all the same.
        let new = Options {
            document: Some(request.revision.clone()),
            ..options.clone()
        };
        if let Some(diff) = diff::compare_options(&[options, new]).diff {
            let _ = write!(text, "\n{}", diff::markdown(&diff));
        }
        return (news, text);
    };
    let news = News::of(&accepted);
    let mut text = format!("{}\n", news.words());
    if news != News::Nothing {
        let to_do = cli::to_do(&accepted);
        let _ = write!(text, "\n{}", diff::markdown(&accepted.diff));
        if !to_do.is_empty() {
            let _ = write!(
                text,
                "\n#### What is left to do\n\n```text\n{}\n```\n",
                to_do.trim()
            );
        }
    }
    (news, text)
}
