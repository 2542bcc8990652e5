//! Compares operations.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::super::change::{Change, Position, Subject};
use super::super::judge::Kind;
use super::units::units;
use super::{Changes, Remarks, shown};
use crate::api::{Operation, without_names};

type Operations = IndexMap<String, Operation>;

/// The changes of operations: those of the new side in its order, then what is gone.
pub(super) fn compare(old: &Operations, new: &Operations) -> Vec<Change> {
    let mut changes = Vec::new();
    for (name, operation) in new {
        let mut own = about(name, operation);
        let former = match old.get_key_value(name) {
            Some(same) => Some(same),
            None => renamed_from(operation, old, new),
        };
        match former {
            Some((former, before)) => {
                own.was(Kind::OperationRenamed, None, "is called", former, name);
                both(before, operation, &mut own);
            }
            None => {
                let request = request_line(operation);
                own.came(Kind::OperationAdded, None, "is a new operation", &request);
            }
        }
        changes.extend(own.list);
    }
    for (name, operation) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
        if renamed_from(operation, new, old).is_none() {
            let mut own = about(name, operation);
            own.went(
                Kind::OperationRemoved,
                None,
                "is gone",
                &request_line(operation),
            );
            changes.extend(own.list);
        }
    }
    changes
}

fn about(name: &str, operation: &Operation) -> Changes {
    let mut own = Changes::about(Subject::Operation(name.to_owned()), Position::Nowhere);
    own.request = Some(request_line(operation));
    own
}

/// `POST /pets/{id}`.
fn request_line(operation: &Operation) -> String {
    format!("{} {}", operation.row.method, operation.row.path)
}

/// Returns whether two operations send the same method to the same path, whatever the parameters in it are called.
fn is_same_request(one: &Operation, other: &Operation) -> bool {
    let [one, other] = [one, other].map(|it| (&it.row.method, without_names(&it.row.path)));
    one == other
}

/// The operation on the other side that sends the same request under a name that this side no longer has.
fn renamed_from<'a>(
    operation: &Operation,
    other: &'a Operations,
    own: &Operations,
) -> Option<(&'a String, &'a Operation)> {
    other
        .iter()
        .find(|(name, candidate)| !own.contains_key(*name) && is_same_request(candidate, operation))
}

fn both(old: &Operation, new: &Operation, own: &mut Changes) {
    own.position = Position::Request;
    facts(old, new, own);
    filter(old, new, own);
    let (before, now) = (units(old), units(new));
    for (name, unit) in &now {
        match before.get(name) {
            Some(was) => unit.compare(was, name, own),
            None => unit.is_new(name, own),
        }
    }
    for (name, unit) in before.iter().filter(|(name, _)| !now.contains_key(*name)) {
        // What callers could not set themselves does not keep them from compiling.
        let kind = match unit.function {
            Some(_) => Kind::ParameterRemoved,
            None => Kind::ParameterSentOtherwise,
        };
        own.went(
            kind,
            Some(name),
            format!("{} is gone", unit.title),
            unit.takes(),
        );
    }
    own.position = Position::Response;
    answers(old, new, own);
    own.position = Position::Nowhere;
    if old.rest.code != new.rest.code && !own.explain_the_code(None) {
        own.say(
            Kind::CodeChanged,
            None,
            "builds its request or reads its answer otherwise",
        );
    }
    let described = |it: &Operation| format!("{}\n{}", it.row.summary, it.rest.description);
    let (before, now) = (described(old), described(new));
    let remarks = |deprecated, description| Remarks {
        deprecated,
        description,
    };
    let sides = [
        remarks(old.row.deprecated, before.as_str()),
        remarks(new.row.deprecated, now.as_str()),
    ];
    own.remarks(None, "the operation", sides[0], sides[1]);
}

/// Returns the facts of the table about an operation as a whole.
fn facts(old: &Operation, new: &Operation, own: &mut Changes) {
    let idempotence = |operation: &Operation| match operation.row.idempotent {
        true => "idempotent",
        false => "not idempotent",
    };
    if !is_same_request(old, new) {
        let (before, now) = (request_line(old), request_line(new));
        own.was(Kind::RequestLineChanged, None, "sends", &before, &now);
    }
    own.was(
        Kind::IdempotenceChanged,
        None,
        "is",
        idempotence(old),
        idempotence(new),
    );
    own.was(
        Kind::FactsChanged,
        None,
        "has the tag",
        &old.row.tag,
        &new.row.tag,
    );
    let [before, now] = [&old.row.others, &new.row.others];
    for name in before.keys().chain(now.keys()).collect::<BTreeSet<_>>() {
        let [before, now] =
            [before, now].map(|facts| facts.get(name).map(shown).unwrap_or_default());
        let verb = format!("has in the table for `{name}`");
        own.was(Kind::TableChanged, None, &verb, &before, &now);
    }
}

/// Which parameters keep the operation from acting on everything.
fn filter(old: &Operation, new: &Operation, own: &mut Changes) {
    let [before, now] = [old, new].map(|it| it.row.needs_filter.iter().collect::<BTreeSet<_>>());
    if before == now {
        return;
    }
    let listed = |names: &BTreeSet<&String>| match names.len() {
        0 => "nothing".to_owned(),
        _ => names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", "),
    };
    if before.is_subset(&now) && !before.is_empty() {
        let added = listed(&now.difference(&before).copied().collect());
        own.say(
            Kind::FilterAdded,
            None,
            format!("takes {added} for a filter, too"),
        );
    } else {
        let message = format!(
            "needs a filter of {}, where it was {}",
            listed(&now),
            listed(&before)
        );
        own.say(Kind::FilterChanged, None, message);
    }
}

fn answers(old: &Operation, new: &Operation, own: &mut Changes) {
    let send = Some("send");
    own.was(
        Kind::SuccessChanged,
        send,
        "answers with",
        &old.outcome.0,
        &new.outcome.0,
    );
    own.was(
        Kind::ErrorChanged,
        send,
        "fails with",
        &old.outcome.1,
        &new.outcome.1,
    );
    let statuses = |it: &Operation| [it.row.success.clone(), it.row.errors.clone()].concat();
    let (before, now) = (statuses(old), statuses(new));
    let is_read = |statuses: &[String], status: &str| statuses.iter().any(|it| covers(it, status));
    for status in now.iter().filter(|status| !is_read(&before, status)) {
        let message = format!("reads answers with the status {status}");
        own.came(Kind::StatusAdded, send, message, status);
    }
    for status in before.iter().filter(|status| !is_read(&now, status)) {
        let message = format!("takes answers with the status {status} for unexpected ones");
        own.went(Kind::StatusRemoved, send, message, status);
    }
}

/// Returns whether `404` is one of `4XX`, or the same.
fn covers(one: &str, status: &str) -> bool {
    let class = one.to_ascii_uppercase();
    let class = class.strip_suffix("XX").filter(|class| !class.is_empty());
    one == "default" || one == status || class.is_some_and(|class| status.starts_with(class))
}
