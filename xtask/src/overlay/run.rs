//! Applying actions one after the other.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use super::actions::{Action, Change};
use super::insert::{Inserted, insert};
use super::jsonpath::{Path, Query, Step, pointer, resolve};
use super::merge::From;
use super::remove::remove;
use super::{MAX_INSERTED, Mode, sets};
use crate::finding::{Finding, Findings, Location};
use crate::source::Document;

/// Applies all actions, skipping those that cannot be applied, which is a finding each.
pub(super) fn run(
    document: Document,
    overlay: &Document,
    actions: &[Option<Action<'_>>],
    mode: Mode,
    findings: &mut Findings,
) -> Document {
    let mut run = Run {
        document,
        overlay,
        mode,
        incomplete: false,
        inserted: 0,
        removed: Vec::new(),
        findings,
    };
    for action in actions {
        match action {
            Some(action) => run.action(action),
            None => run.incomplete = true,
        }
        if run.inserted > MAX_INSERTED {
            break;
        }
    }
    run.restored();
    run.document
}

struct Run<'a> {
    document: Document,
    overlay: &'a Document,
    mode: Mode,
    /// Whether an action was skipped that a later one may depend on.
    incomplete: bool,
    /// How many values have been inserted so far.
    inserted: usize,
    /// The members that have been removed, each with its place and that of the action.
    removed: Vec<(Path, Value, Location)>,
    findings: &'a mut Findings,
}

impl Run<'_> {
    fn action(&mut self, action: &Action<'_>) {
        let targets = action.target.select(&self.document.root);
        if targets.is_empty() {
            self.unmatched(&action.target, action.target.text, "The target");
            return;
        }
        let branches = action.target.select_each(&self.document.root);
        for (branch, _) in branches.iter().filter(|(_, targets)| targets.is_empty()) {
            self.unmatched(&action.target, branch, "A part of the target");
        }
        let (update, places) = match &action.change {
            Change::Remove => return self.remove(action, targets),
            Change::Update(update, pointer) => {
                let places = self.overlay.origins.at(pointer);
                (
                    Cow::Borrowed(*update),
                    From::new(&self.overlay.locate(pointer), places),
                )
            }
            Change::Copy(source) => {
                let Some(copy) = self.source(source) else {
                    return;
                };
                (Cow::Owned(copy), From::new(&source.key(), None))
            }
        };
        let outcome = self.insert(&targets, &update, &places);
        match outcome {
            Ok(done) if done.changed.is_empty() => {
                self.ineffective("The action", action.target.location());
            }
            Ok(done) => {
                for (branch, targets) in branches {
                    if !targets.is_empty() && targets.is_disjoint(&done.changed) {
                        let part = format!("For `{branch}`, the action");
                        self.ineffective(&part, action.target.location());
                    }
                }
                for path in done.idle {
                    self.ineffective("This part of the action", places.locate(&path));
                }
            }
            Err(faults) => {
                self.findings.extend(faults);
                self.incomplete = true;
            }
        }
    }

    fn insert(
        &mut self,
        targets: &BTreeSet<Path>,
        update: &Value,
        from: &From<'_>,
    ) -> Result<Inserted, Vec<Finding>> {
        insert(
            &mut self.document,
            targets,
            update,
            from,
            &mut self.inserted,
        )
    }

    fn remove(&mut self, action: &Action<'_>, targets: BTreeSet<Path>) {
        if targets.contains(&Path::new()) {
            let finding = Finding::error(
                "overlay/remove-root",
                "The action would remove the whole document.",
                "Narrow the target down to what has to go.",
            );
            let at = action.target.location();
            self.findings.push(finding.at(at));
            self.incomplete = true;
        } else {
            let members = targets
                .iter()
                .filter(|path| matches!(path.last(), Some(Step::Name(_))));
            for path in members {
                let value = resolve(&self.document.root, path)
                    .cloned()
                    .unwrap_or_default();
                self.removed
                    .push((path.clone(), value, action.target.location()));
            }
            remove(&mut self.document, targets);
        }
    }

    /// A copy of the one node that an action copies.
    fn source(&mut self, query: &Query<'_>) -> Option<Value> {
        let sources = query.select(&self.document.root);
        let mut paths = sources.iter();
        match (paths.next(), paths.next()) {
            (Some(path), None) => resolve(&self.document.root, path).cloned(),
            (None, _) => {
                self.unmatched(query, query.text, "The JSONPath in `copy`");
                None
            }
            (Some(first), Some(second)) => {
                let finding = Finding::error(
                    "overlay/ambiguous-copy",
                    format!(
                        "`copy` selects {} nodes, and only one can be copied.",
                        sources.len()
                    ),
                    "Narrow the JSONPath down to one node.",
                );
                let finding = [first, second].into_iter().fold(finding, |finding, path| {
                    finding.related(self.document.locate(&pointer(path)), "this is selected")
                });
                self.findings.push(finding.at(query.location()));
                self.incomplete = true;
                None
            }
        }
    }

    fn unmatched(&mut self, query: &Query<'_>, text: &str, what: &str) {
        let next = if self.incomplete {
            "Correct the actions above first, because this one may depend on them."
        } else {
            "If the vendor has fixed this, delete the action; otherwise correct the JSONPath."
        };
        let finding = Finding {
            severity: self.mode.severity(),
            ..Finding::error(
                "overlay/unmatched",
                format!(
                    "{what} selects nothing in {}: `{}`.",
                    self.document.origins.source().name,
                    text
                ),
                next,
            )
        };
        self.findings.push(finding.at(query.location()));
    }

    fn ineffective(&mut self, what: &str, at: Location) {
        let finding = Finding {
            severity: self.mode.severity(),
            ..Finding::error(
                "overlay/no-effect",
                format!("{what} changes nothing: the document already says what it would say."),
                "The vendor or an earlier action has fixed this: delete the action, or this part of it.",
            )
        };
        self.findings.push(finding.at(at));
    }

    /// Reports what one action removes and another one sets to what it was.
    fn restored(&mut self) {
        let removed = std::mem::take(&mut self.removed);
        for (path, before, at) in removed {
            let name = match path.last() {
                Some(Step::Name(name)) => Some(name.as_str()),
                _ => None,
            };
            let now = resolve(&self.document.root, &path);
            if now.is_some_and(|now| sets::same(now, &before, name)) {
                self.ineffective(
                    "Together with a later action, which sets the same again, this one",
                    at,
                );
            }
        }
    }
}
