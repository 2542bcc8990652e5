//! A comparison as text for people, as JSON for machines, as Markdown for a pull request, and as an entry
//! of a changelog.

use std::fmt::Write as _;

use super::Diff;
use super::change::{Change, Effect};
use crate::finding::Finding;

mod json;
mod markdown;

pub use json::json;
pub(crate) use markdown::ENTRY;
pub use markdown::{entry, markdown};

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

/// A comparison in one of its forms.
#[must_use]
pub fn render(diff: &Diff, format: Format) -> String {
    match format {
        Format::Text => text(diff),
        Format::Json => json(diff),
        Format::Markdown => markdown(diff),
    }
}

/// The changes by operation and type, each with its effect, and the verdict at the end.
#[must_use]
pub fn text(diff: &Diff) -> String {
    let mut text = format!("{} -> {}\n", safe(&diff.old), safe(&diff.new));
    // Writing to a string does not fail.
    let is_same = |one: &Change, next: &Change| one.subject == next.subject;
    for changes in diff.changes.chunk_by(is_same) {
        let mut notable: Vec<&Change> = changes.iter().collect();
        notable.retain(|change| change.effect > Effect::Neutral);
        notable.sort_by_key(|change| std::cmp::Reverse(change.effect));
        if let Some(first) = notable.first() {
            let (noun, name) = first.subject.title();
            let request = first.request.as_ref().map(|it| format!(" ({it})"));
            let heading = format!("{noun} {name}{}", request.unwrap_or_default());
            let _ = writeln!(text, "\n{}", safe(heading.trim_end()));
        }
        for change in notable {
            let (effect, message) = (change.effect.word(), safe(&change.message));
            let _ = writeln!(text, "  {effect:<9}  {message}");
        }
    }
    for (heading, findings) in to_do(diff) {
        let _ = writeln!(text, "\n{heading}");
        for (message, place) in findings {
            let _ = writeln!(text, "  {}\n             {}", safe(message), safe(&place));
        }
    }
    let neutral = diff.count(Effect::Neutral);
    if neutral > 0 {
        let plural = if neutral == 1 { "" } else { "s" };
        let neutral = format!("{neutral} change{plural} of descriptions and tags");
        let _ = write!(text, "\nnot listed here: {neutral}\n");
    }
    let verdict = verdict(diff);
    text + &format!("\n{}\nversion: {verdict}\n", counts(diff))
}

/// The work that is left, as messages with their places below a heading, as far as there is any.
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

/// `2 breaking, 3 additions`, or a word for nothing.
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

/// `major; below 1.0 the second number rises`.
fn verdict(diff: &Diff) -> String {
    match diff.levels() {
        [_, "none"] => "none; no version need rise".to_owned(),
        [level, "minor"] => format!("{level}; below 1.0 the second number rises"),
        [level, _] => format!("{level}; below 1.0 the third number rises"),
    }
}

/// A text from a document on one line, in which nothing drives a terminal.
pub(crate) fn safe(text: &str) -> String {
    let turning = [
        '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    ];
    let is_turning = |c: char| turning.contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
    let shown = text.chars().map(|c| match c.is_control() || is_turning(c) {
        true => c.escape_unicode().to_string(),
        false => c.to_string(),
    });
    shown.collect()
}
