//! A comparison as text for people, as JSON for machines, as Markdown for a pull request, and as an entry
//! of a changelog.

use super::{Diff, Effect};
use crate::finding::{Finding, turns_text};

mod json;
mod markdown;
mod text;

pub use json::json;
pub(crate) use markdown::ENTRY;
pub use markdown::{entry, markdown};
pub use text::text;

/// The form of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For machines
    Json,
    /// For a pull request
    Markdown,
}

/// Returns a comparison in one of its forms.
#[must_use]
pub fn render(diff: &Diff, format: Format) -> String {
    match format {
        Format::Text => text(diff),
        Format::Json => json(diff),
        Format::Markdown => markdown(diff),
    }
}

/// Returns the work that is left, as messages with their places below a heading, as far as there is any.
fn to_do(diff: &Diff) -> Vec<(&'static str, Vec<(&str, String)>)> {
    let actions = "actions of the overlay that no longer apply";
    let operations = "operations for which nobody has chosen a name";
    let lists = [
        (actions, &diff.obsolete_actions),
        (operations, &diff.unnamed_operations),
    ];
    let place = |finding: &Finding| finding.location.as_ref().map(ToString::to_string);
    let lists = lists
        .into_iter()
        .filter(|(_, findings)| !findings.is_empty());
    let lists = lists.map(|(heading, findings)| {
        let lines = findings
            .iter()
            .map(|it| (&*it.message, place(it).unwrap_or_default()));
        (heading, lines.collect())
    });
    lists.collect()
}

/// Returns `2 breaking, 3 additions`, or a word for nothing.
fn counts(diff: &Diff) -> String {
    let count = |effect: Effect| match diff.count(effect) {
        0 => None,
        count if count > 1 && effect == Effect::Addition => Some(format!("{count} additions")),
        count => Some(format!("{count} {}", effect.word())),
    };
    let parts: Vec<String> = Effect::ALL.into_iter().filter_map(count).collect();
    match parts.as_slice() {
        [] => "no change".to_owned(),
        parts => parts.join(", "),
    }
}

/// Returns `major; below 1.0 the second number rises`.
fn verdict(diff: &Diff) -> String {
    match diff.levels() {
        [_, "none"] => "none; no version need rise".to_owned(),
        [level, "minor"] => format!("{level}; below 1.0 the second number rises"),
        [level, _] => format!("{level}; below 1.0 the third number rises"),
    }
}

/// Returns a text from a document on one line, in which nothing drives a terminal.
pub(crate) fn safe(text: &str) -> String {
    let shown = text.chars().map(|c| match c.is_control() || turns_text(c) {
        true => c.escape_unicode().to_string(),
        false => c.to_string(),
    });
    shown.collect()
}
