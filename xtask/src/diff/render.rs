//! A comparison as text for people, as JSON for machines, as Markdown for a pull request, and as an entry
//! of a changelog.

use std::fmt::Write as _;

use super::change::{Change, Effect, Level, Subject};
use super::{Diff, Names};
use crate::finding::{Finding, Location};

mod entry;
mod json;
mod markdown;
mod text;

pub use entry::entry;
pub use json::json;
pub use markdown::markdown;
pub use text::text;

/// The form of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For machines; `SCHEMA_VERSION` is the version of its shape.
    Json,
    /// For a pull request.
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

/// The changes of one subject.
struct Group<'a> {
    subject: &'a Subject,
    /// Those that a program may notice, the gravest first.
    notable: Vec<&'a Change>,
    /// Those that it does not.
    neutral: Vec<&'a Change>,
}

/// The changes by their subjects, in order.
fn groups(diff: &Diff) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for change in &diff.changes {
        let is_next = |group: &Group<'_>| *group.subject != change.subject;
        if groups.last().is_none_or(is_next) {
            groups.push(Group {
                subject: &change.subject,
                notable: Vec::new(),
                neutral: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            match change.effect {
                Effect::Neutral => group.neutral.push(change),
                _ => group.notable.push(change),
            }
        }
    }
    for group in &mut groups {
        group
            .notable
            .sort_by_key(|change| std::cmp::Reverse(change.effect));
    }
    groups
}

/// `operation publish`, `type Pet`.
fn title(subject: &Subject) -> (&'static str, &str) {
    match subject {
        Subject::Operation(name) => ("operation", name),
        Subject::Type(name) => ("type", name),
        Subject::Rest => ("everything else", ""),
    }
}

/// The places of a change: where the thing stands, or stood.
fn place(change: &Change) -> Option<&Location> {
    let new = change.new.location.as_ref();
    new.filter(|_| change.new.value.is_some() || change.old.value.is_none())
        .or(change.old.location.as_ref())
        .or(new)
}

/// `pets.yaml with pets.overlay.yaml`.
fn side(names: &Names) -> String {
    match &names.overlay {
        Some(overlay) => format!("{} with {overlay}", names.document),
        None => names.document.clone(),
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
        let control = c.is_control() || ('\u{200e}'..='\u{200f}').contains(&c);
        let turning =
            ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
        if control || turning {
            // Writing to a string does not fail.
            let _ = write!(line, "{}", c.escape_unicode());
        } else {
            line.push(c);
        }
    }
    line
}

/// The place of a finding, with a space after it; nothing where it has none.
fn place_of(finding: &Finding) -> String {
    finding
        .location
        .as_ref()
        .map(|location| format!("{location} "))
        .unwrap_or_default()
}
