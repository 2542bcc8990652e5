//! A comparison as JSON for machines.
//!
//! A member or a kind may be added without a new [`SCHEMA_VERSION`]; what is renamed, removed or given another
//! meaning raises it.

use serde_json::{Value, json};

use super::super::{Change, Effect, SCHEMA_VERSION};
use super::Diff;
use crate::finding::Finding;

/// Returns the comparison as one JSON value, indented, with a line break at the end.
#[must_use]
pub fn json(diff: &Diff) -> String {
    let [level, below_one] = diff.levels();
    let report = json!({
        "schema_version": SCHEMA_VERSION,
        "old": diff.old,
        "new": diff.new,
        "verdict": {
            // `none`, `patch`, `minor` or `major`: the number that rises from 1.0 on, and below 1.0.
            "level": level,
            "level_below_1_0": below_one,
            "compatible": diff.effect().is_none_or(Effect::is_compatible),
            "breaking": diff.count(Effect::Breaking),
            "behaviour": diff.count(Effect::Behaviour),
            "addition": diff.count(Effect::Addition),
            "neutral": diff.count(Effect::Neutral),
        },
        "changes": diff.changes.iter().map(row).collect::<Vec<_>>(),
        "obsolete_actions": diff.obsolete_actions.iter().map(remark).collect::<Vec<_>>(),
        "unnamed_operations": diff.unnamed_operations.iter().map(remark).collect::<Vec<_>>(),
    });
    format!("{report:#}\n")
}

fn row(change: &Change) -> Value {
    let named = |noun| {
        let (sort, name) = change.subject.title();
        (sort == noun).then_some(name)
    };
    json!({
        "kind": change.kind.word(),
        "effect": change.effect.word(),
        "compatible": change.effect.is_compatible(),
        // `request`, `response`, `both` or `none`.
        "position": change.position.words()[0],
        "operation": named("operation"),
        "request": change.request,
        "type": named("type"),
        "member": change.member,
        "message": change.message,
        "old": change.old,
        "new": change.new,
    })
}

/// Line and column count from 1, and are 0 where only the file is known.
fn remark(finding: &Finding) -> Value {
    let location = finding
        .location
        .as_ref()
        .map(|it| json!({ "path": it.source.name, "line": it.line, "column": it.column }));
    json!({
        "code": finding.code,
        "message": finding.message,
        "location": location,
        "next": finding.next,
    })
}
