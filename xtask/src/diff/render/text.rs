//! A comparison as text for people.

use std::fmt::Write as _;

use super::super::{Change, Effect};
use super::{Diff, counts, safe, to_do, verdict};

/// Returns the changes by operation and type, each with its effect, and the verdict at the end.
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
