//! Reports descriptions that are missing and descriptions that have lost their place.

use std::sync::Arc;

use serde_json::Value;

use super::merge::{Description, Merged};
use crate::finding::Finding;
use crate::source::{Document, Location, Source};

/// Warns of each description that is ours to write, since its subject is new, at its place in the new document.
pub(super) fn wanted(merged: &Merged, written: &Document, revision: &Document) -> Vec<Finding> {
    let wanted = merged.wanted.iter().filter(|wanted| wanted.is_new);
    let findings = wanted.map(|wanted| {
        let (subject, member) = (named(&merged.root, wanted), wanted.at.join(&wanted.name));
        let next = format!("Write `{}` in our own words.", wanted.name);
        Finding::warning("accept/needs-description", subject, next)
            .at(written.locate(&wanted.at))
            .related(revision.locate(&member), "what the vendor says")
    });
    findings.collect()
}

/// Warns of each description of ours that has lost its place, and returns it with the warning. `was` is the file of the
/// document: the new one has the same path, and a place has to say which of them it means.
pub(super) fn dropped(
    merged: &Merged,
    before: &Document,
    was: &Arc<Source>,
) -> Vec<(Finding, String)> {
    let was = Source::new(format!("{} (before)", was.name), was.text.clone());
    let findings = merged.dropped.iter().map(|dropped| {
        let next = "Move the description to where it belongs now, if there is such a place.";
        let place = before.locate(&dropped.at.join(&dropped.name));
        let (source, subject) = (Arc::clone(&was), named(&before.root, dropped));
        let finding = Finding::warning("accept/description-dropped", subject, next);
        let finding = finding.at(Location { source, ..place });
        (finding, dropped.text.clone())
    });
    findings.collect()
}

/// Returns the place of a description, with the name of its subject if that has one, as a parameter does.
fn named(root: &Value, description: &Description) -> String {
    let subject = description.at.resolve(root);
    let name = subject.and_then(|it| it.get("name")?.as_str());
    let name = name.map(|name| format!(" of `{name}`"));
    let at = description.at.join(&description.name);
    format!("`{at}`{}", name.unwrap_or_default())
}
