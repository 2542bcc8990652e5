//! Applying actions one after the other.

use std::collections::BTreeSet;

use serde_json::Value;

use super::actions::{Action, Change};
use super::insert::insert;
use super::jsonpath::{Path, Query, pointer, resolve};
use super::merge::From;
use super::remove::remove;
use super::{MAX_INSERTED, Mode};
use crate::finding::{Finding, Findings};
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
    findings: &'a mut Findings,
}

impl Run<'_> {
    fn action(&mut self, action: &Action<'_>) {
        let targets = action.target.select(&self.document.root);
        if targets.is_empty() {
            self.unmatched(&action.target, "The target");
            return;
        }
        let outcome = match &action.change {
            Change::Remove => return self.remove(action, targets),
            Change::Update(update, pointer) => {
                let places = self.overlay.origins.at(pointer);
                let from = From::new(&self.overlay.locate(pointer), places);
                self.insert(&targets, update, &from)
            }
            Change::Copy(source) => {
                let Some(copy) = self.source(source) else {
                    return;
                };
                self.insert(&targets, &copy, &From::new(&source.key(), None))
            }
        };
        match outcome {
            Ok(true) => {}
            Ok(false) => self.ineffective(action),
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
    ) -> Result<bool, Vec<Finding>> {
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
                self.unmatched(query, "The JSONPath in `copy`");
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

    fn unmatched(&mut self, query: &Query<'_>, what: &str) {
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
                    query.text
                ),
                next,
            )
        };
        self.findings.push(finding.at(query.location()));
    }

    fn ineffective(&mut self, action: &Action<'_>) {
        let finding = Finding {
            severity: self.mode.severity(),
            ..Finding::error(
                "overlay/no-effect",
                "The action changes nothing: the document already says what it would say.",
                "The vendor or an earlier action has fixed this: delete the action.",
            )
        };
        let at = action.target.location();
        self.findings.push(finding.at(at));
    }
}
