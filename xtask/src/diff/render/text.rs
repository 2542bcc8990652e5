//! A comparison as text for people.

use std::fmt::Write as _;

use super::{Diff, counts, groups, place, place_of, safe, side, title, verdict};
use crate::finding::Finding;

/// The changes by operation and type, each with its effect and its place, and the verdict at the end.
#[must_use]
pub fn text(diff: &Diff) -> String {
    let mut text = format!("{} -> {}\n", safe(&side(&diff.old)), safe(&side(&diff.new)));
    let mut neutral = 0;
    for group in groups(diff) {
        neutral += group.neutral.len();
        if group.notable.is_empty() {
            continue;
        }
        let (noun, name) = title(group.subject);
        // Writing to a string does not fail.
        let _ = writeln!(text, "\n{}", format!("{noun} {}", safe(name)).trim_end());
        for change in group.notable {
            let effect = change.effect.word();
            let _ = writeln!(text, "  {effect:<9}  {}", safe(&change.message));
            if let Some(place) = place(change) {
                let _ = writeln!(text, "             {}", safe(&place.to_string()));
            }
        }
    }
    list(
        &mut text,
        "actions of the overlay that no longer apply",
        &diff.obsolete_actions,
    );
    list(
        &mut text,
        "operations for which nobody has chosen a name",
        &diff.unnamed_operations,
    );
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

fn list(text: &mut String, heading: &str, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    // Writing to a string does not fail.
    let _ = writeln!(text, "\n{heading}");
    for finding in findings {
        let _ = writeln!(
            text,
            "  {}\n             {}",
            safe(&finding.message),
            safe(place_of(finding).trim_end())
        );
    }
}
