//! Compares operations.

use indexmap::IndexMap;

use super::super::api::Operation;
use super::super::change::{Change, Position, Subject};
use super::super::judge::Kind;
use super::{Changes, Remarks, absent, at, form, setters};

type Operations = IndexMap<String, Operation>;

/// The changes of operations: those of the new side in its order, then what is gone.
pub(super) fn compare(old: &Operations, new: &Operations) -> Vec<Change> {
    let mut changes = Vec::new();
    for (name, operation) in new {
        let mut own = about(name);
        match old.get(name) {
            Some(before) => both(before, operation, &mut own),
            None => match renamed_from(operation, old, new) {
                Some((former, before)) => {
                    let message = format!("was called `{former}`");
                    let forms = (
                        form(former, &before.location),
                        form(name, &operation.location),
                    );
                    own.push(Kind::OperationRenamed, None, message, forms.0, forms.1);
                    both(before, operation, &mut own);
                }
                None => {
                    let message = "is a new operation".to_owned();
                    let now = form(&request_line(operation), &operation.location);
                    own.push(Kind::OperationAdded, None, message, absent(), now);
                }
            },
        }
        changes.extend(own.list);
    }
    for (name, operation) in old {
        let renamed = || renamed_from(operation, new, old).is_some();
        if !new.contains_key(name) && !renamed() {
            let mut own = about(name);
            let was = form(&request_line(operation), &operation.location);
            let message = "is gone".to_owned();
            own.push(Kind::OperationRemoved, None, message, was, absent());
            changes.extend(own.list);
        }
    }
    changes
}

fn about(name: &str) -> Changes {
    Changes::about(Subject::Operation(name.to_owned()), Position::Nowhere)
}

/// `POST /pets/{id}`.
fn request_line(operation: &Operation) -> String {
    format!("{} {}", operation.row.method, operation.row.path)
}

/// The operation on the other side that sends the same request under a name that this side no longer has.
fn renamed_from<'a>(
    operation: &Operation,
    other: &'a Operations,
    own: &Operations,
) -> Option<(&'a str, &'a Operation)> {
    other
        .iter()
        .find(|(name, candidate)| {
            !own.contains_key(*name) && request_line(candidate) == request_line(operation)
        })
        .map(|(name, candidate)| (name.as_str(), candidate))
}

fn both(old: &Operation, new: &Operation, own: &mut Changes) {
    own.position = Position::Request;
    facts(old, new, own);
    setters::compare(old, new, own);
    own.position = Position::Response;
    answers(old, new, own);
    own.position = Position::Nowhere;
    if old.code != new.code && !own.explain_the_code() {
        let message = "builds its request or reads its answer otherwise".to_owned();
        let forms = (at(&old.location), at(&new.location));
        own.push(Kind::CodeChanged, None, message, forms.0, forms.1);
    }
    let described =
        |operation: &Operation| format!("{}\n{}", operation.row.summary, operation.row.description);
    let (before, now) = (described(old), described(new));
    own.remarks(
        None,
        "the operation",
        remarks(old, &before),
        remarks(new, &now),
    );
}

fn remarks<'a>(operation: &'a Operation, description: &'a str) -> Remarks<'a> {
    Remarks {
        deprecated: operation.row.deprecated,
        description,
        location: &operation.location,
    }
}

/// What the table says of an operation as a whole.
fn facts(old: &Operation, new: &Operation, own: &mut Changes) {
    let idempotence = |operation: &Operation| match operation.row.idempotent {
        true => "idempotent".to_owned(),
        false => "not idempotent".to_owned(),
    };
    let filter = |operation: &Operation| match operation.row.needs_filter.as_slice() {
        [] => "no filter".to_owned(),
        names => format!("one of {}", names.join(", ")),
    };
    let tag = |operation: &Operation| operation.row.tag.clone();
    type Fact<'a> = (Kind, &'a str, &'a dyn Fn(&Operation) -> String);
    let facts: [Fact<'_>; 4] = [
        (Kind::RequestLineChanged, "sends", &request_line),
        (Kind::IdempotenceChanged, "is", &idempotence),
        (Kind::FilterChanged, "needs", &filter),
        (Kind::FactsChanged, "has the tag", &tag),
    ];
    for (kind, verb, fact) in facts {
        let (before, now) = (fact(old), fact(new));
        if before != now {
            let message = format!("{verb} {now}, where it was {before}");
            let forms = (form(&before, &old.location), form(&now, &new.location));
            own.push(kind, None, message, forms.0, forms.1);
        }
    }
}

fn answers(old: &Operation, new: &Operation, own: &mut Changes) {
    let outcomes = [
        (
            Kind::SuccessChanged,
            "answers with",
            &old.success,
            &new.success,
        ),
        (Kind::ErrorChanged, "fails with", &old.error, &new.error),
    ];
    for (kind, verb, before, now) in outcomes {
        if before != now {
            let message = format!("{verb} `{now}`, where it was `{before}`");
            let forms = (form(before, &old.location), form(now, &new.location));
            own.push(kind, Some("send"), message, forms.0, forms.1);
        }
    }
    let statuses = |operation: &Operation| {
        let row = &operation.row;
        let all = row.success.iter().chain(&row.errors).cloned();
        all.collect::<Vec<String>>()
    };
    let (before, now) = (statuses(old), statuses(new));
    let is_read = |statuses: &[String], status: &str| statuses.iter().any(|it| covers(it, status));
    for status in now.iter().filter(|status| !is_read(&before, status)) {
        let message = format!("reads answers with the status {status}");
        let forms = (absent(), form(status, &new.location));
        own.push(Kind::StatusAdded, Some("send"), message, forms.0, forms.1);
    }
    for status in before.iter().filter(|status| !is_read(&now, status)) {
        let message = format!("takes answers with the status {status} for unexpected ones");
        let forms = (form(status, &old.location), absent());
        own.push(Kind::StatusRemoved, Some("send"), message, forms.0, forms.1);
    }
}

/// Whether `404` is one of `4XX`, or the same.
fn covers(one: &str, status: &str) -> bool {
    let class = one.to_ascii_uppercase();
    let class = class.strip_suffix("XX").filter(|class| !class.is_empty());
    one == "default" || one == status || class.is_some_and(|class| status.starts_with(class))
}
