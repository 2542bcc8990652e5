//! A comparison as Markdown for a pull request.

use std::fmt::Write as _;

use super::super::change::{Effect, Position};
use super::{Diff, counts, place, place_of, safe, side, title, verdict};
use crate::finding::Finding;

/// The verdict, then a table for each effect, then what is left to do.
#[must_use]
pub fn markdown(diff: &Diff) -> String {
    let mut text = format!(
        "### Change of the API\n\n{} → {}\n\n**Version: {}** ({})\n",
        code(&side(&diff.old)),
        code(&side(&diff.new)),
        verdict(diff.level()),
        counts(diff)
    );
    let headings = [
        (
            Effect::Breaking,
            "Breaking: a program may no longer compile",
        ),
        (
            Effect::Behaviour,
            "Behaviour: a program compiles, and sends, refuses or reads something else",
        ),
        (Effect::Addition, "Additions"),
    ];
    for (effect, heading) in headings {
        table(&mut text, diff, effect, heading);
    }
    if diff.count(Effect::Neutral) > 0 {
        text.push_str("\n<details><summary>Descriptions and tags</summary>\n");
        table(&mut text, diff, Effect::Neutral, "");
        text.push_str("\n</details>\n");
    }
    list(
        &mut text,
        "Actions of the overlay that no longer apply",
        &diff.obsolete_actions,
    );
    list(
        &mut text,
        "Operations for which nobody has chosen a name",
        &diff.unnamed_operations,
    );
    text
}

fn table(text: &mut String, diff: &Diff, effect: Effect, heading: &str) {
    let mut changes = diff
        .changes
        .iter()
        .filter(|change| change.effect == effect)
        .peekable();
    if changes.peek().is_none() {
        return;
    }
    if !heading.is_empty() {
        // Writing to a string does not fail.
        let _ = write!(text, "\n#### {heading}\n");
    }
    text.push_str("\n| what | change | travels | where |\n|---|---|---|---|\n");
    for change in changes {
        let (noun, name) = title(&change.subject);
        let place = place(change).map(|place| code(&place.to_string()));
        let what = if name.is_empty() {
            noun.to_owned()
        } else {
            format!("{noun} {}", code(name))
        };
        let _ = writeln!(
            text,
            "| {what} | {} | {} | {} |",
            sentence(&change.message),
            travels(change.position),
            place.unwrap_or_default()
        );
    }
}

fn travels(position: Position) -> &'static str {
    match position {
        Position::Request => "in requests",
        Position::Response => "in answers",
        Position::Both => "both ways",
        Position::Nowhere => "",
    }
}

fn list(text: &mut String, heading: &str, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    // Writing to a string does not fail.
    let _ = write!(text, "\n#### {heading}\n\n");
    for finding in findings {
        let place = place_of(finding);
        let place = match place.trim_end() {
            "" => String::new(),
            place => format!("{}: ", code(place)),
        };
        let _ = writeln!(text, "- [ ] {place}{}", sentence(&finding.message));
    }
}

/// A text as a code span that stays on its line and in its cell.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", safe(text).replace('`', "'").replace('|', "\\|"))
}

/// A sentence in which only code spans are marked up: the parts between backticks.
pub(super) fn sentence(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let whole = parts.len() % 2 == 1;
    let mut written = String::new();
    for (at, part) in parts.iter().enumerate() {
        if whole && at % 2 == 1 {
            written.push_str(&code(part));
        } else {
            written.push_str(&prose(part));
        }
    }
    written
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
