//! Applying actions one after the other.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::actions::{Action, Change};
use super::jsonpath::Query;
use super::merge::{self, Edit, Effect, kind};
use super::{MAX_INSERTED, Mode, sets};
use crate::finding::{Finding, Findings};
use crate::load::{MAX_DEPTH, measure};
use crate::pointer::Pointer;
use crate::source::{Document, Location, Places};

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
        let done = action.as_ref().is_some_and(|it| run.action(it).is_ok());
        run.incomplete |= !done;
        if run.inserted > MAX_INSERTED {
            break;
        }
    }
    run.restored();
    run.document
}

/// An action cannot be applied, and a later one may depend on it; why has been reported.
struct Skipped;

struct Run<'a> {
    document: Document,
    overlay: &'a Document,
    mode: Mode,
    /// `true` if an action was skipped that a later one may depend on.
    incomplete: bool,
    /// The number of values that have been inserted so far, so that copies of copies stay within bounds.
    inserted: usize,
    /// The members that have been removed, each with its place and that of the action.
    removed: Vec<(Pointer, Value, Location)>,
    findings: &'a mut Findings,
}

impl Run<'_> {
    fn action(&mut self, action: &Action<'_>) -> Result<(), Skipped> {
        let target = &action.target;
        let targets = target.select(&self.document.root);
        if targets.is_empty() {
            self.unmatched(target, target.text, "The target");
            return Ok(());
        }
        let branches = target.select_each(&self.document.root);
        for (branch, _) in branches.iter().filter(|(_, targets)| targets.is_empty()) {
            self.unmatched(target, branch, "A part of the target");
        }
        let (copy, update, places) = match &action.change {
            Change::Remove => return self.remove(target, &targets),
            Change::Update(update, at) => (None, *update, self.overlay.places.copy(at)),
            Change::Copy(source) => match self.source(source)? {
                Some(copy) => (Some(copy), &Value::Null, Places::new(source.place.clone())),
                None => return Ok(()),
            },
        };
        let update = copy.as_ref().unwrap_or(update);
        self.check(&targets, update, &places)?;
        let (mut changed, mut idle) = (BTreeSet::new(), None::<BTreeSet<Pointer>>);
        for at in &targets {
            let edits = merge::edits(&self.document.root, at, update);
            for edit in &edits {
                merge::make(&mut self.document, edit, &places);
            }
            if merge::change(&edits, update) {
                changed.insert(at.clone());
            }
            let repeats = edits.into_iter().filter(|it| it.effect == Effect::Repeats);
            let repeats: BTreeSet<_> = repeats.map(|it| it.from).collect();
            idle = Some(idle.map_or(repeats.clone(), |idle| &idle & &repeats));
        }
        if changed.is_empty() {
            self.ineffective("The action", target.place.clone());
            return Ok(());
        }
        for (branch, targets) in branches {
            if !targets.is_empty() && targets.is_disjoint(&changed) {
                self.ineffective(&format!("For `{branch}`, the action"), target.place.clone());
            }
        }
        for part in idle.into_iter().flatten() {
            self.ineffective("This part of the action", places.locate(&part));
        }
        Ok(())
    }

    /// Reports what keeps an action from being applied.
    fn skip<T>(&mut self, finding: Finding) -> Result<T, Skipped> {
        self.findings.push(finding);
        Err(Skipped)
    }

    /// Reports everything that keeps `update` from being merged into all of the targets.
    fn check(
        &mut self,
        targets: &BTreeSet<Pointer>,
        update: &Value,
        places: &Places,
    ) -> Result<(), Skipped> {
        let root = &self.document.root;
        let kind_at = |at: &Pointer| kind(at.resolve(root).unwrap_or(&Value::Null));
        let is_collection = |kind: &str| ["an array", "an object"].contains(&kind);
        let kinds: BTreeMap<_, _> = targets.iter().map(|at| (kind_at(at), at)).collect();
        if kinds.len() > 1 && kinds.keys().any(|it| is_collection(it)) {
            let names: Vec<_> = kinds.keys().copied().collect();
            let mixed = Finding::error(
                "overlay/mixed-targets",
                format!(
                    "The target selects {}, and an action works on one kind of node.",
                    names.join(" and ")
                ),
                "Split the action into one for each kind.",
            );
            let mixed = kinds.into_iter().fold(mixed, |mixed, (kind, at)| {
                mixed.related(self.document.locate(at), format!("this is {kind}"))
            });
            return self.skip(mixed.at(places.place.clone()));
        }
        let edits = targets.iter().flat_map(|at| merge::edits(root, at, update));
        let clashes = edits.filter(|edit| edit.effect == Effect::Clashes);
        let mut clashes: Vec<Edit<'_>> = clashes.collect();
        clashes.sort_by(|one, other| one.from.cmp(&other.from));
        clashes.dedup_by(|one, other| one.from == other.from);
        for Edit { from, into, .. } in &clashes {
            let node = kind_at(into);
            let value = kind(from.resolve(update).unwrap_or(update));
            let clash = Finding::error(
                "overlay/kind-mismatch",
                format!("The action would merge {value} into {node}."),
                "Write a value of the same kind, or remove the old one in an action before this one.",
            );
            let clash = clash.related(self.document.locate(into), format!("this is {node}"));
            self.findings.push(clash.at(places.locate(from)));
        }
        if !clashes.is_empty() {
            return Err(Skipped);
        }
        let (size, height) = measure(update);
        let added = size.saturating_mul(targets.len());
        self.inserted = self.inserted.saturating_add(added);
        let is_deep = |at: &Pointer| at.tokens().count() + 1 + height > MAX_DEPTH;
        if self.inserted <= MAX_INSERTED && !targets.iter().any(is_deep) {
            return Ok(());
        }
        let too_large = Finding::error(
            "overlay/too-large",
            format!(
                "With this action, the Overlay inserts more than {MAX_INSERTED} values, or nests more than {MAX_DEPTH} collections inside one another."
            ),
            "Narrow the targets down, or insert less.",
        );
        self.skip(too_large.at(places.place.clone()))
    }

    /// Takes nodes out of the objects and arrays that hold them.
    ///
    /// A parent loses all that it loses at once, so that no index shifts in between; and the deeper of two parents
    /// comes first, so that no path breaks.
    fn remove(&mut self, query: &Query<'_>, targets: &BTreeSet<Pointer>) -> Result<(), Skipped> {
        let mut parents: BTreeMap<Pointer, BTreeSet<String>> = BTreeMap::new();
        for target in targets {
            let Some((parent, token)) = target.parent().zip(target.last()) else {
                let root = Finding::error(
                    "overlay/remove-root",
                    "The action would remove the whole document.",
                    "Narrow the target down to what has to go.",
                );
                return self.skip(root.at(query.place.clone()));
            };
            if let Some(value @ Value::Object(_)) = parent.resolve(&self.document.root) {
                let value = value.get(&token).cloned().unwrap_or_default();
                self.removed
                    .push((target.clone(), value, query.place.clone()));
            }
            parents.entry(parent).or_default().insert(token);
        }
        for (parent, lost) in parents.iter().rev() {
            let places = self.document.places.at_mut(parent);
            match parent.resolve_mut(&mut self.document.root) {
                Some(Value::Array(elements)) => {
                    let tokens = (0..elements.len()).map(|index| index.to_string());
                    let kept: Vec<_> = tokens.filter(|it| !lost.contains(it)).collect();
                    let mut index = 0..;
                    elements.retain(|_| {
                        index
                            .next()
                            .is_some_and(|at: usize| !lost.contains(&at.to_string()))
                    });
                    let moved = kept.into_iter().enumerate();
                    places.keep(moved.map(|(new, old)| (old, new.to_string())));
                }
                Some(Value::Object(members)) => {
                    members.retain(|name, _| !lost.contains(name));
                    places.keep(members.keys().map(|name| (name.clone(), name.clone())));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Returns a copy of the one node that an action copies.
    fn source(&mut self, query: &Query<'_>) -> Result<Option<Value>, Skipped> {
        let sources = query.select(&self.document.root);
        let mut found = sources.iter();
        match (found.next(), found.next()) {
            (Some(at), None) => Ok(at.resolve(&self.document.root).cloned()),
            (None, _) => {
                self.unmatched(query, query.text, "The JSONPath in `copy`");
                Ok(None)
            }
            (Some(first), Some(second)) => {
                let count = sources.len();
                let ambiguous = Finding::error(
                    "overlay/ambiguous-copy",
                    format!("`copy` selects {count} nodes, and only one can be copied."),
                    "Narrow the JSONPath down to one node.",
                )
                .related(self.document.locate(first), "this is selected")
                .related(self.document.locate(second), "this is selected");
                self.skip(ambiguous.at(query.place.clone()))
            }
        }
    }

    /// Reports that an action is no longer needed, or no longer fits.
    fn obsolete(&mut self, code: &'static str, message: String, next: &str, at: Location) {
        let finding = Finding::error(code, message, next).weighing(self.mode.severity());
        self.findings.push(finding.at(at));
    }

    fn unmatched(&mut self, query: &Query<'_>, text: &str, what: &str) {
        let next = if self.incomplete {
            "Correct the actions above first, because this one may depend on them."
        } else {
            "If the vendor has fixed this, delete the action; otherwise correct the JSONPath."
        };
        let document = &self.document.source().name;
        let message = format!("{what} selects nothing in {document}: `{text}`.");
        self.obsolete("overlay/unmatched", message, next, query.place.clone());
    }

    fn ineffective(&mut self, what: &str, at: Location) {
        let message =
            format!("{what} changes nothing: the document already says what it would say.");
        let next = "The vendor or an earlier action has fixed this: delete the action, or this part of it.";
        self.obsolete("overlay/no-effect", message, next, at);
    }

    /// Reports what one action removes and another one sets to what it was.
    fn restored(&mut self) {
        for (at, before, place) in std::mem::take(&mut self.removed) {
            let now = at.resolve(&self.document.root);
            if now.is_some_and(|now| sets::same(now, &before, at.last().as_deref())) {
                self.ineffective(
                    "Together with a later action, which sets the same again, this one",
                    place,
                );
            }
        }
    }
}
