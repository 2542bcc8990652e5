//! Reports of sentences that are missing, and of those that have lost their place.

use std::sync::Arc;

use serde_json::Value;

use super::merge::{Dropped, Merged, Wanted};
use crate::finding::{Finding, Location};
use crate::pointer::Pointer;
use crate::source::{Document, Source};

/// A warning for each sentence about something new that is ours to write, at its place in the document as it will be
/// written.
pub(super) fn wanted(merged: &Merged, written: &Document, revision: &Document) -> Vec<Finding> {
    let finding = |wanted: &Wanted| {
        let member = wanted.at.join(&wanted.name);
        Finding::warning(
            "accept/needs-sentence",
            format!("`{member}`{}", of(&merged.root, &wanted.at)),
            format!("Write `{}` in our own words.", wanted.name),
        )
        .at(written.locate(&wanted.at))
        .related(revision.locate(&member), "what the vendor says")
    };
    merged
        .wanted
        .iter()
        .filter(|wanted| wanted.is_new)
        .map(finding)
        .collect()
}

/// A warning for each sentence of ours that has lost its place, with the sentence; `was` is the file of the document.
/// What will be written has the same path, and a place has to say which of them it means.
pub(super) fn dropped(
    merged: &Merged,
    before: &Document,
    was: &Arc<Source>,
) -> Vec<(Finding, String)> {
    let was = Source::new(format!("{} (before)", was.name), was.text.clone());
    let finding = |dropped: &Dropped| {
        let holder = dropped.at.parent().unwrap_or_default();
        let finding = Finding::warning(
            "accept/sentence-dropped",
            format!("`{}`{}", dropped.at, of(&before.root, &holder)),
            "Move the sentence to where it belongs now, if there is such a place.",
        );
        let location = Location {
            source: Arc::clone(&was),
            ..before.locate(&dropped.at)
        };
        (finding.at(location), dropped.text.clone())
    };
    merged.dropped.iter().map(finding).collect()
}

/// `` of `limit` `` for an object that has a name, such as a parameter; nothing for others.
fn of(root: &Value, at: &Pointer) -> String {
    let name = at.resolve(root).and_then(|it| it.get("name")?.as_str());
    name.map_or_else(String::new, |name| format!(" of `{name}`"))
}
