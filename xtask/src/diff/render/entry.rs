//! A comparison as an entry of a changelog.

use std::fmt::Write as _;

use super::super::change::Effect;
use super::markdown::{code, sentence};
use super::{Diff, title, verdict};

/// A list item in Markdown, without a line end: the verdict, and what a program may notice, the gravest
/// first; `None` where it notices nothing.
///
/// `revision` is what the new document says of its version.
#[must_use]
pub fn entry(diff: &Diff, revision: &str) -> Option<String> {
    let mut entry = format!(
        "- The API follows version {} of the vendor's document (effect: {}):",
        code(revision),
        verdict(diff.level())
    );
    let effects = Effect::ALL
        .iter()
        .filter(|effect| **effect != Effect::Neutral);
    let notable = effects.flat_map(|effect| {
        let changes = diff.changes.iter();
        changes.filter(move |change| change.effect == *effect)
    });
    let mut found = false;
    for change in notable {
        found = true;
        let (noun, name) = title(&change.subject);
        let name = if name.is_empty() {
            String::new()
        } else {
            format!(" {}", code(name))
        };
        // "the setter is gone" is a sentence of its own, and "is a new operation" is not.
        let colon = if change.message.starts_with("the ") {
            ":"
        } else {
            ""
        };
        // Writing to a string does not fail.
        let _ = write!(
            entry,
            "\n  - {}: {noun}{name}{colon} {}",
            change.effect.word(),
            sentence(&change.message)
        );
    }
    found.then_some(entry)
}
