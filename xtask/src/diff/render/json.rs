//! A comparison as JSON for machines.
//!
//! The shape is that of [`Report`] below. A member or a kind may be added without a new
//! [`SCHEMA_VERSION`]; what is renamed, removed or given another meaning raises it.

use serde::Serialize;

use super::super::SCHEMA_VERSION;
use super::super::change::{Change, Effect, Form};
use super::{Diff, Names, Subject};
use crate::finding::{Finding, Location};

#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    old: Side<'a>,
    new: Side<'a>,
    verdict: Verdict,
    changes: Vec<Row<'a>>,
    obsolete_actions: Vec<Remark<'a>>,
    unnamed_operations: Vec<Remark<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    document: &'a str,
    overlay: Option<&'a str>,
}

#[derive(Serialize)]
struct Verdict {
    /// `none`, `patch`, `minor` or `major`: the number that rises from 1.0 on.
    level: &'static str,
    /// The same below 1.0.
    level_below_1_0: &'static str,
    compatible: bool,
    breaking: usize,
    behaviour: usize,
    addition: usize,
    neutral: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    kind: &'static str,
    effect: &'static str,
    compatible: bool,
    /// `request`, `response`, `both` or `none`.
    position: &'static str,
    operation: Option<&'a str>,
    #[serde(rename = "type")]
    kind_of: Option<&'a str>,
    member: Option<&'a str>,
    message: &'a str,
    old: Option<Shown<'a>>,
    new: Option<Shown<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    value: Option<&'a str>,
    location: Option<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Remark<'a> {
    code: &'static str,
    message: &'a str,
    location: Option<Place<'a>>,
    next: &'a str,
}

/// The comparison as one JSON value, indented, with a line break at the end.
#[must_use]
pub fn json(diff: &Diff) -> String {
    let report = Report {
        schema_version: SCHEMA_VERSION,
        old: side(&diff.old),
        new: side(&diff.new),
        verdict: Verdict {
            level: diff.level().word(),
            level_below_1_0: diff.level().below_one().word(),
            compatible: diff.effect().is_none_or(Effect::is_compatible),
            breaking: diff.count(Effect::Breaking),
            behaviour: diff.count(Effect::Behaviour),
            addition: diff.count(Effect::Addition),
            neutral: diff.count(Effect::Neutral),
        },
        changes: diff.changes.iter().map(row).collect(),
        obsolete_actions: diff.obsolete_actions.iter().map(remark).collect(),
        unnamed_operations: diff.unnamed_operations.iter().map(remark).collect(),
    };
    // Strings and numbers always have a form in JSON.
    let text = serde_json::to_string_pretty(&report).unwrap_or_default();
    format!("{text}\n")
}

fn side(names: &Names) -> Side<'_> {
    Side {
        document: &names.document,
        overlay: names.overlay.as_deref(),
    }
}

fn row(change: &Change) -> Row<'_> {
    let (operation, kind_of) = match &change.subject {
        Subject::Operation(name) => (Some(name.as_str()), None),
        Subject::Type(name) => (None, Some(name.as_str())),
        Subject::Rest => (None, None),
    };
    Row {
        kind: change.kind.word(),
        effect: change.effect.word(),
        compatible: change.effect.is_compatible(),
        position: change.position.word(),
        operation,
        kind_of,
        member: change.member.as_deref(),
        message: &change.message,
        old: shown(&change.old),
        new: shown(&change.new),
    }
}

/// `null` for a side on which there is nothing.
fn shown(form: &Form) -> Option<Shown<'_>> {
    (*form != Form::default()).then(|| Shown {
        value: form.value.as_deref(),
        location: form.location.as_ref().map(place),
    })
}

/// Line and column count from 1, and are 0 where only the file is known.
fn place(location: &Location) -> Place<'_> {
    Place {
        path: &location.source.name,
        line: location.line,
        column: location.column,
    }
}

fn remark(finding: &Finding) -> Remark<'_> {
    Remark {
        code: finding.code,
        message: &finding.message,
        location: finding.location.as_ref().map(place),
        next: &finding.next,
    }
}
