//! A comparison as text for people, as JSON for machines, as Markdown for a pull request, and as an entry
//! of a changelog.

use std::fmt::Write as _;

use indexmap::IndexMap;

use super::Diff;
use super::change::{Change, Effect, Level, Subject};
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
    let mut groups: IndexMap<&Subject, Vec<&Change>> = IndexMap::new();
    let notable = diff
        .changes
        .iter()
        .filter(|change| change.effect > Effect::Neutral);
    for change in notable {
        groups.entry(&change.subject).or_default().push(change);
    }
    // Writing to a string does not fail.
    for (subject, mut changes) in groups {
        changes.sort_by_key(|change| std::cmp::Reverse(change.effect));
        let (noun, name) = title(subject);
        let request = changes.first().and_then(|change| change.request.as_ref());
        let request = request
            .map(|request| format!(" ({request})"))
            .unwrap_or_default();
        let heading = format!("{noun} {}{}", safe(name), safe(&request));
        let _ = writeln!(text, "\n{}", heading.trim_end());
        for change in changes {
            let _ = writeln!(
                text,
                "  {:<9}  {}",
                change.effect.word(),
                safe(&change.message)
            );
        }
    }
    for (heading, findings) in to_do(diff) {
        let _ = writeln!(text, "\n{heading}");
        for finding in findings {
            let place = finding
                .location
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            let _ = writeln!(
                text,
                "  {}\n             {}",
                safe(&finding.message),
                safe(&place)
            );
        }
    }
    let neutral = diff.count(Effect::Neutral);
    if neutral > 0 {
        let plural = if neutral == 1 { "" } else { "s" };
        let _ = write!(
            text,
            "\nnot listed here: {neutral} change{plural} of descriptions and tags\n"
        );
    }
    let _ = write!(
        text,
        "\n{}\nversion: {}\n",
        counts(diff),
        verdict(diff.level())
    );
    text
}

/// Writes the work that is left, with a heading, where there is any.
fn to_do(diff: &Diff) -> impl Iterator<Item = (&'static str, &Vec<Finding>)> {
    let lists = [
        (
            "actions of the overlay that no longer apply",
            &diff.obsolete_actions,
        ),
        (
            "operations for which nobody has chosen a name",
            &diff.unnamed_operations,
        ),
    ];
    lists
        .into_iter()
        .filter(|(_, findings)| !findings.is_empty())
}

/// `operation publish`, `type Pet`.
fn title(subject: &Subject) -> (&'static str, &str) {
    match subject {
        Subject::Operation(name) => ("operation", name),
        Subject::Type(name) => ("type", name),
        Subject::Rest => ("everything else", ""),
    }
}

/// `2 breaking, 3 additions`, or a word for nothing.
fn counts(diff: &Diff) -> String {
    let parts = Effect::ALL
        .iter()
        .filter_map(|effect| match diff.count(*effect) {
            0 => None,
            count if count > 1 && *effect == Effect::Addition => Some(format!("{count} additions")),
            count => Some(format!("{count} {}", effect.word())),
        });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        "no change".to_owned()
    } else {
        parts.join(", ")
    }
}

/// `major; below 1.0 the second number rises`.
fn verdict(level: Level) -> String {
    match level {
        Level::None => "none; no version need rise".to_owned(),
        level => format!(
            "{}; below 1.0 {} rises",
            level.word(),
            level.below_one().number()
        ),
    }
}

/// A text from a document on one line, in which nothing drives a terminal.
pub(crate) fn safe(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        let turning = [
            '\u{200e}'..='\u{200f}',
            '\u{202a}'..='\u{202e}',
            '\u{2066}'..='\u{2069}',
        ];
        if c.is_control() || turning.iter().any(|range| range.contains(&c)) {
            // Writing to a string does not fail.
            let _ = write!(line, "{}", c.escape_unicode());
        } else {
            line.push(c);
        }
    }
    line
}
