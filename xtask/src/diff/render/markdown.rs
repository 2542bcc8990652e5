//! A comparison as Markdown: for a pull request, and for a changelog.

use std::fmt::Write as _;

use indexmap::IndexMap;

use super::super::change::{Change, Effect, Position, Subject};
use super::{Diff, counts, safe, title, to_do, verdict};

/// The verdict, then a table for each effect, then what is left to do.
#[must_use]
pub fn markdown(diff: &Diff) -> String {
    let mut text = format!(
        "### Change of the API\n\n{} → {}\n\n**Version: {}** ({})\n",
        code(&diff.old),
        code(&diff.new),
        verdict(diff.level()),
        counts(diff)
    );
    // Writing to a string does not fail.
    for effect in Effect::ALL {
        let changes = diff.changes.iter().filter(|change| change.effect == effect);
        let rows: String = changes.map(row).collect();
        if rows.is_empty() {
            continue;
        }
        let (heading, end) = match effect {
            Effect::Breaking => ("#### Breaking: a program may no longer compile", ""),
            Effect::Behaviour => (
                "#### Behaviour: a program compiles, and sends, refuses or reads something else",
                "",
            ),
            Effect::Addition => ("#### Additions", ""),
            Effect::Neutral => (
                "<details><summary>Descriptions and tags</summary>",
                "\n</details>\n",
            ),
        };
        let _ = write!(
            text,
            "\n{heading}\n\n| what | change | travels |\n|---|---|---|\n{rows}{end}"
        );
    }
    for (heading, findings) in to_do(diff) {
        let (first, rest) = heading.split_at(1);
        let _ = write!(text, "\n#### {}{rest}\n\n", first.to_uppercase());
        for finding in findings {
            let place = finding
                .location
                .as_ref()
                .map(|place| code(&place.to_string()) + ": ");
            let place = place.unwrap_or_default();
            let _ = writeln!(text, "- [ ] {place}{}", sentence(&finding.message));
        }
    }
    text
}

fn row(change: &Change) -> String {
    let travels = match change.position {
        Position::Request => "in requests",
        Position::Response => "in answers",
        Position::Both => "both ways",
        Position::Nowhere => "",
    };
    let request = change
        .request
        .as_ref()
        .map(|request| format!(" {}", code(request)));
    format!(
        "| {}{} | {} | {travels} |\n",
        named(&change.subject),
        request.unwrap_or_default(),
        sentence(&change.message)
    )
}

/// ``operation `publish` ``.
fn named(subject: &Subject) -> String {
    match title(subject) {
        (noun, "") => noun.to_owned(),
        (noun, name) => format!("{noun} {}", code(name)),
    }
}

/// A list item for a changelog, without a line end: what a program may notice, the gravest first, and what is the
/// same for several operations or types once; `None` where it notices nothing.
///
/// `revision` is what the new document says of its version.
#[must_use]
pub fn entry(diff: &Diff, revision: &str) -> Option<String> {
    let mut rows: IndexMap<(Effect, &str), Vec<&Subject>> = IndexMap::new();
    for effect in Effect::ALL
        .into_iter()
        .filter(|effect| *effect > Effect::Neutral)
    {
        for change in diff.changes.iter().filter(|change| change.effect == effect) {
            rows.entry((effect, &change.message))
                .or_default()
                .push(&change.subject);
        }
    }
    if rows.is_empty() {
        return None;
    }
    let mut entry = format!(
        "{ENTRY} {} of the vendor's document (effect: {}):",
        code(revision),
        verdict(diff.level())
    );
    for ((effect, message), subjects) in rows {
        let subjects: Vec<String> = subjects.into_iter().map(named).collect();
        // "the setter is gone" is a sentence of its own, and "is a new operation" is not.
        let colon = if message.starts_with("the ") || message.starts_with('`') {
            ":"
        } else {
            ""
        };
        let _ = write!(
            entry,
            "\n  - {}: {}{colon} {}",
            effect.word(),
            subjects.join(", "),
            sentence(message)
        );
    }
    Some(entry)
}

/// The beginning of each entry of a changelog.
pub(crate) const ENTRY: &str = "- The API follows version";

/// A text as a code span that stays on its line and in its cell.
fn code(text: &str) -> String {
    format!("`{}`", safe(text).replace('`', "'").replace('|', "\\|"))
}

/// A sentence in which only code spans are marked up: the parts between backticks.
fn sentence(text: &str) -> String {
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
