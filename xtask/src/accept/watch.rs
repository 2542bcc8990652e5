//! Reports whether the vendor has published something new, for a machine that has to decide what to do about it.

use super::{Accepted, Request, accept, to_do};
use crate::config::{Mode, Options};
use crate::diff;
use crate::report;

/// The relation of the vendor's published document to ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It says what ours says.
    Unchanged,
    /// It can be taken in, and programs go on as they were.
    Compatible,
    /// It can be taken in, and a program may no longer compile or does something else.
    Breaking,
    /// It cannot be taken in as it is: somebody has to edit the overlay.
    Refused,
}

impl News {
    /// Returns the exit code of the command, of which 2 is a wrong command line, and the words for it.
    #[must_use]
    pub fn outcome(self) -> (u8, &'static str) {
        match self {
            Self::Unchanged => (0, "nothing new"),
            Self::Refused => (1, "cannot be taken in as it is"),
            Self::Compatible => (3, "something new, compatible"),
            Self::Breaking => (4, "something new, breaking"),
        }
    }

    fn of(accepted: &Accepted) -> Self {
        match accepted.diff.effect() {
            _ if accepted.changes_nothing() => Self::Unchanged,
            Some(effect) if !effect.is_compatible() => Self::Breaking,
            _ => Self::Compatible,
        }
    }
}

/// Compares a revision with our document and writes nothing. Returns a report in Markdown beside the relation.
#[must_use]
pub fn watch(request: &Request) -> (News, String) {
    let mut request = request.clone();
    request.options.mode = Mode::DryRun;
    let (accepted, findings) = accept(&request);
    let news = accepted.as_ref().map_or(News::Refused, News::of);
    let mut parts = vec![news.outcome().1.to_owned() + "\n"];
    match accepted {
        Some(_) if news == News::Unchanged => {}
        Some(accepted) => {
            parts.push(diff::markdown(&accepted.diff));
            let to_do = to_do(&accepted);
            if !to_do.is_empty() {
                parts.push(format!("#### What is left to do\n\n{}", block(&to_do)));
            }
        }
        None => {
            parts.push(block(&report::render(&findings, false)));
            // What it would change is worth reading all the same.
            let new = Options {
                document: Some(request.revision),
                ..request.options.clone()
            };
            let compared = diff::compare_options(&[request.options, new]);
            parts.extend(compared.diff.map(|diff| diff::markdown(&diff)));
        }
    }
    (news, parts.join("\n"))
}

fn block(text: &str) -> String {
    format!("```text\n{}\n```\n", text.trim())
}
