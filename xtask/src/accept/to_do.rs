//! The list of what a revision leaves to people.

use std::fmt::Write as _;

use super::{Accepted, Mention};
use crate::diff::safe;
use crate::finding::Finding;

/// Returns the work that a revision leaves to people: descriptions, and files that speak of what is gone.
#[must_use]
pub fn to_do(accepted: &Accepted) -> String {
    let placed = |finding: &Finding| {
        let place = finding.location.iter().map(ToString::to_string);
        let lines: Vec<String> = [finding.message.clone()].into_iter().chain(place).collect();
        lines
    };
    let wanted = accepted.wanted.iter().map(|finding| {
        let related = finding.related.iter();
        let related = related.map(|(place, what)| format!("{place} ({what})"));
        placed(finding).into_iter().chain(related).collect()
    });
    let dropped = accepted.dropped.iter().map(|(finding, description)| {
        let description = description.lines().map(|line| format!("| {line}"));
        placed(finding).into_iter().chain(description).collect()
    });
    let mention = |file: &Mention| {
        let line = file.names.values().min().copied().unwrap_or(1);
        let names: Vec<&str> = file.names.keys().map(String::as_str).collect();
        vec![format!(
            "{}:{line}: {}",
            file.path.display(),
            names.join(", ")
        )]
    };
    let is_snapshot = |it: &&Mention| it.path.extension().is_some_and(|ending| ending == "snap");
    let (snapshots, files): (Vec<_>, Vec<_>) = accepted.mentions.iter().partition(is_snapshot);
    [
        section(
            "descriptions that are new and ours to write: the vendor has one here, which was not copied",
            wanted,
        ),
        section(
            "descriptions of ours that have lost their place: move those that still hold",
            dropped,
        ),
        section(
            "files that speak of what is gone: edit them",
            files.into_iter().map(mention),
        ),
        section(
            "snapshots of what has changed: update them",
            snapshots.into_iter().map(mention),
        ),
    ]
    .concat()
}

/// Returns a heading and what is below it, each with its first line and what follows that further right; empty where
/// there are no items.
fn section(heading: &str, items: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = String::new();
    for lines in items {
        if text.is_empty() {
            text = format!("\n{heading}\n");
        }
        for (at, line) in lines.iter().enumerate() {
            let indent = if at == 0 { "  " } else { "             " };
            let line = format!("{indent}{}", safe(line));
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    text
}
