//! What to say about sentences that are missing, and about those that have lost their place.

use std::sync::Arc;

use serde_json::Value;

use super::merge::{Dropped, Merged, Wanted};
use crate::finding::{Finding, Location};
use crate::pointer::Pointer;
use crate::source::{Document, Source};

/// A warning for each sentence that is ours to write, at its place in the document as it will be written.
pub(super) fn wanted(merged: &Merged, written: &Document, revision: &Document) -> Vec<Finding> {
    let finding = |wanted: &Wanted| {
        let noun = wanted.kind.map_or("extension", |kind| kind.noun());
        let name = name_of(&merged.root, &wanted.at);
        let member = wanted.at.join(&wanted.name);
        Finding::warning(
            "accept/needs-sentence",
            format!("{noun}{name}: `{member}`"),
            format!("Write `{}` in our own words.", wanted.name),
        )
        .at(written.locate(&wanted.at))
        .related(revision.locate(&member), "what the vendor says")
    };
    merged.wanted.iter().map(finding).collect()
}

/// A warning for each sentence of ours that has lost its place, with the sentence; `was` is the document as
/// it was.
pub(super) fn dropped(
    merged: &Merged,
    before: &Document,
    was: &Arc<Source>,
) -> Vec<(Finding, String)> {
    let finding = |dropped: &Dropped| {
        let holder = dropped.at.parent().unwrap_or_default();
        let of = match name_of(&before.root, &holder) {
            name if name.is_empty() => name,
            name => format!(" of{name}"),
        };
        let finding = Finding::warning(
            "accept/sentence-dropped",
            format!("`{}`{of}", dropped.at),
            "Move the sentence to where it belongs now, if there is such a place.",
        );
        let location = Location {
            source: Arc::clone(was),
            ..before.locate(&dropped.at)
        };
        (finding.at(location), dropped.text.clone())
    };
    merged.dropped.iter().map(finding).collect()
}

/// The name of an object that has one, such as a parameter, in backticks after a space; nothing for others.
fn name_of(root: &Value, at: &Pointer) -> String {
    let name = at.resolve(root).and_then(|it| it.get("name")?.as_str());
    name.map_or_else(String::new, |name| format!(" `{name}`"))
}
