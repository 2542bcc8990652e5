//! The differences as Markdown.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::difference::{Difference, differences};
use crate::recording::Recording;

/// A difference with its calls.
type Row = (Difference, BTreeSet<String>);

/// Writes the numbered differences, and for each call which of them it has.
pub(crate) fn render(ours: &Recording, others: &[Recording]) -> String {
    let mut rows: Vec<Row> = Vec::new();
    for theirs in others {
        let mut found: Vec<Row> = differences(ours, theirs).into_iter().collect();
        // What is in most calls comes first.
        found.sort_by_key(|(_, calls)| std::cmp::Reverse(calls.len()));
        rows.extend(found);
    }
    let mut text = String::from("# Differences\n\n");
    text.push_str(
        "| # | client | part of the request | theirs | ours | calls |\n|---|---|---|---|---|---|\n",
    );
    for (number, (difference, calls)) in rows.iter().enumerate() {
        let offered = others
            .iter()
            .find(|other| other.client == difference.client);
        let of_all = offered.is_some_and(|other| other.calls.len() == calls.len());
        let calls = match of_all {
            true => "all".to_owned(),
            false => calls.iter().cloned().collect::<Vec<_>>().join(", "),
        };
        let Difference {
            client,
            part,
            theirs,
            ours,
        } = difference;
        let (theirs, ours) = (shown(theirs.as_deref()), shown(ours.as_deref()));
        line(
            &mut text,
            format_args!(
                "| {} | {client} | {part} | {theirs} | {ours} | {calls} |",
                number + 1
            ),
        );
    }
    text.push_str("\n# Calls\n\nThe numbers are those of differences; what is in all calls is left out.\n\n| call |");
    for other in others {
        line_part(&mut text, format_args!(" {} |", other.client));
    }
    text.push_str("\n|---|");
    text.push_str(&"---|".repeat(others.len()));
    text.push('\n');
    for name in names(ours, others) {
        line_part(&mut text, format_args!("| {name} |"));
        for other in others {
            line_part(
                &mut text,
                format_args!(" {} |", outcome(&name, ours, other, &rows)),
            );
        }
        text.push('\n');
    }
    text
}

/// The entry for one call of one client.
fn outcome(name: &str, ours: &Recording, theirs: &Recording, rows: &[Row]) -> String {
    let Some(call) = theirs.call(name) else {
        return "has no such call".to_owned();
    };
    if ours.call(name).is_none() {
        return "ours has no such call".to_owned();
    }
    let numbers: Vec<String> = rows
        .iter()
        .enumerate()
        .filter(|(_, (difference, calls))| {
            let is_here = difference.client == theirs.client && calls.contains(name);
            is_here && calls.len() < theirs.calls.len()
        })
        .map(|(number, _)| (number + 1).to_string())
        .collect();
    let failed = match &call.failure {
        Some(failure) => format!("; failed: {}", escaped(failure)),
        None => String::new(),
    };
    match numbers.is_empty() {
        true => format!("same{failed}"),
        false => format!("{}{failed}", numbers.join(", ")),
    }
}

/// Every call: ours in their order, then those that ours does not make.
fn names(ours: &Recording, others: &[Recording]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for recording in std::iter::once(ours).chain(others) {
        for call in &recording.calls {
            if !names.contains(&call.name) {
                names.push(call.name.clone());
            }
        }
    }
    names
}

fn shown(value: Option<&str>) -> String {
    value.map_or("nothing".to_owned(), |value| {
        format!("`{}`", escaped(value))
    })
}

/// On one line, and without an end of a cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    line_part(text, arguments);
    text.push('\n');
}

fn line_part(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(arguments);
}
