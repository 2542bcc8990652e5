//! Reports of sentences that are missing, and of those that have lost their place.

use std::sync::Arc;

use serde_json::Value;

use super::merge::{Merged, Sentence};
use crate::finding::{Finding, Location};
use crate::source::{Document, Source};

/// A warning for each sentence about something new that is ours to write, at its place in the document as it will be
/// written.
pub(super) fn wanted(merged: &Merged, written: &Document, revision: &Document) -> Vec<Finding> {
    let wanted = merged.wanted.iter().filter(|wanted| wanted.is_new);
    let findings = wanted.map(|wanted| {
        let member = wanted.at.join(&wanted.name);
        let next = format!("Write `{}` in our own words.", wanted.name);
        Finding::warning("accept/needs-sentence", named(&merged.root, wanted), next)
            .at(written.locate(&wanted.at))
            .related(revision.locate(&member), "what the vendor says")
    });
    findings.collect()
}

/// A warning for each sentence of ours that has lost its place, with the sentence; `was` is the file of the document.
/// What will be written has the same path, and a place has to say which of them it means.
pub(super) fn dropped(
    merged: &Merged,
    before: &Document,
    was: &Arc<Source>,
) -> Vec<(Finding, String)> {
    let was = Source::new(format!("{} (before)", was.name), was.text.clone());
    let findings = merged.dropped.iter().map(|dropped| {
        let next = "Move the sentence to where it belongs now, if there is such a place.";
        let place = before.locate(&dropped.at.join(&dropped.name));
        let source = Arc::clone(&was);
        let finding = Finding::warning(
            "accept/sentence-dropped",
            named(&before.root, dropped),
            next,
        )
        .at(Location { source, ..place });
        (finding, dropped.text.clone())
    });
    findings.collect()
}

/// Where a sentence stands, with the name of the object that it is about if it has one, such as a parameter.
fn named(root: &Value, sentence: &Sentence) -> String {
    let name = sentence
        .at
        .resolve(root)
        .and_then(|it| it.get("name")?.as_str());
    let name = name.map(|name| format!(" of `{name}`"));
    let at = sentence.at.join(&sentence.name);
    format!("`{at}`{}", name.unwrap_or_default())
}
