//! A comparison as Markdown: for a pull request, and for a changelog.

use std::fmt::Write as _;

use indexmap::IndexMap;

use super::super::{Change, Effect, Subject};
use super::{Diff, counts, safe, to_do, verdict};

/// Returns the verdict, then a table for each effect, then what is left to do.
#[must_use]
pub fn markdown(diff: &Diff) -> String {
    let (old, new) = (code(&diff.old), code(&diff.new));
    let (verdict, counts) = (verdict(diff), counts(diff));
    let mut text =
        format!("### Change of the API\n\n{old} → {new}\n\n**Version: {verdict}** ({counts})\n");
    // Writing to a string does not fail.
    for effect in Effect::ALL {
        let changes = diff.changes.iter().filter(|change| change.effect == effect);
        let rows: String = changes.map(row).collect();
        if rows.is_empty() {
            continue;
        }
        let heading = match effect {
            Effect::Breaking => "#### Breaking: a program may no longer compile",
            Effect::Behaviour => {
                "#### Behaviour: a program compiles, and sends, refuses or reads something else"
            }
            Effect::Addition => "#### Additions",
            Effect::Neutral => "<details><summary>Descriptions and tags</summary>",
        };
        let table = "| what | change | travels |\n|---|---|---|\n";
        let _ = write!(text, "\n{heading}\n\n{table}{rows}");
        if effect == Effect::Neutral {
            text.push_str("\n</details>\n");
        }
    }
    for (heading, findings) in to_do(diff) {
        let (first, rest) = heading.split_at(1);
        let _ = write!(text, "\n#### {}{rest}\n\n", first.to_uppercase());
        for (message, place) in findings {
            let _ = writeln!(text, "- [ ] {}: {}", code(&place), sentence(message));
        }
    }
    text
}

fn row(change: &Change) -> String {
    let request = change.request.as_ref().map(|it| " ".to_owned() + &code(it));
    let what = named(&change.subject) + &request.unwrap_or_default();
    let [_, travels] = change.position.words();
    format!("| {what} | {} | {travels} |\n", sentence(&change.message))
}

/// ``operation `publish` ``.
fn named(subject: &Subject) -> String {
    match subject.title() {
        (noun, "") => noun.to_owned(),
        (noun, name) => format!("{noun} {}", code(name)),
    }
}

/// Returns a list item for a changelog, without a line end: what a program may notice, the gravest first, and what is
/// the same for several operations or types once; `None` where it notices nothing.
///
/// `revision` is what the new document says of its version.
#[must_use]
pub fn entry(diff: &Diff, revision: &str) -> Option<String> {
    let mut rows: IndexMap<(_, &str), Vec<String>> = IndexMap::new();
    for change in diff.changes.iter().filter(|it| it.effect > Effect::Neutral) {
        let row = (std::cmp::Reverse(change.effect), change.message.as_str());
        rows.entry(row).or_default().push(named(&change.subject));
    }
    rows.sort_by(|one, _, other, _| one.0.cmp(&other.0));
    let (revision, verdict) = (code(revision), verdict(diff));
    let mut entry = format!("{ENTRY} {revision} of the vendor's document (effect: {verdict}):");
    for ((effect, message), subjects) in &rows {
        // "the setter is gone" is a sentence of its own, and "is a new operation" is not.
        let whole = message.starts_with("the ") || message.starts_with('`');
        let (subjects, colon) = (subjects.join(", "), if whole { ":" } else { "" });
        let (effect, message) = (effect.0.word(), sentence(message));
        let _ = write!(entry, "\n  - {effect}: {subjects}{colon} {message}");
    }
    (!rows.is_empty()).then_some(entry)
}

/// The beginning of each entry of a changelog.
pub(crate) const ENTRY: &str = "- The API follows version";

/// Returns a text as a code span that stays on its line and in its cell.
fn code(text: &str) -> String {
    format!("`{}`", safe(text).replace('`', "'").replace('|', "\\|"))
}

/// Returns a sentence in which only code spans are marked up: the parts between backticks.
fn sentence(text: &str) -> String {
    let is_whole = text.matches('`').count().is_multiple_of(2);
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| match is_whole && at % 2 == 1 {
        true => code(part),
        false => prose(part),
    });
    parts.collect()
}

/// Text without any markup.
fn prose(text: &str) -> String {
    let mut written = String::new();
    for c in safe(text).chars() {
        if "\\*_[]<>&|#~".contains(c) {
            written.push('\\');
        }
        written.push(c);
    }
    written
}
