//! The snapshots that a person reviews when the document or the overlay changes: the forms between them and the code.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fmt::Write as _;
use std::slice;

use crate::common::pipeline;
use xtask::core::{self, Answers, Kind, Operation, Place, Retry};

#[test]
fn the_document_for_progenitor_is_as_reviewed() {
    insta::assert_json_snapshot!("core_document", core::document(&pipeline::core()));
}

#[test]
fn the_operation_table_is_as_reviewed() {
    let blocks: Vec<String> = pipeline::core().operations.iter().map(block).collect();
    insta::assert_snapshot!("operation_table", blocks.join("\n"));
}

/// An operation in a few lines; what is the rule is left out, so that the exceptions are seen.
fn block(operation: &Operation) -> String {
    let mut text = format!(
        "{}: {} {}\n",
        operation.id,
        operation.method.name().to_uppercase(),
        operation.path
    );
    let mut line = |name: &str, values: &[String]| {
        if !values.is_empty() {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  {name}: {}", values.join(", "));
        }
    };
    line("tag", slice::from_ref(&operation.tag));
    let traits = [
        (operation.idempotent, "idempotent"),
        (!operation.idempotent, "NOT idempotent"),
        (operation.about.deprecated, "deprecated"),
        (operation.retry == Retry::Never, "never sent again"),
        (operation.retry == Retry::Unsent, "sent again if unsent"),
    ];
    line("traits", &chosen(&traits));
    line("idempotent with", &operation.idempotency_headers);
    line("needs one of", &operation.needs_filter);
    for place in [Place::Path, Place::Query, Place::Header, Place::Cookie] {
        line(place.name(), &parameters(operation, place));
    }
    let families = operation.header_families.iter();
    let families: Vec<String> = families.map(|it| format!("{}*", it.prefix)).collect();
    line("families", &families);
    if let Some(body) = &operation.body {
        let mut types = body.declared.clone();
        types.extend(chosen(&[(!body.required, "or none")]));
        line("body", &types);
    }
    line("success", &statuses(&operation.success));
    line("errors", &statuses(&operation.errors));
    text
}

/// The parameters in one place: `name`, `name!` if required, with what else is special about them.
fn parameters(operation: &Operation, place: Place) -> Vec<String> {
    let here = operation.parameters.iter().filter(|it| it.place == place);
    here.map(|parameter| {
        let required = if parameter.required { "!" } else { "" };
        let marks = chosen(&[
            (parameter.raw, "raw"),
            (parameter.echoed, "echoed"),
            (matches!(parameter.slot.kind, Kind::List(_)), "repeated"),
            (parameter.about.deprecated, "deprecated"),
            (parameter.internal, "internal"),
        ]);
        let marks = if marks.is_empty() {
            String::new()
        } else {
            format!(" ({})", marks.join(", "))
        };
        format!("{}{required}{marks}", parameter.name)
    })
    .collect()
}

fn chosen(words: &[(bool, &str)]) -> Vec<String> {
    let chosen = words.iter().filter(|(holds, _)| *holds);
    chosen.map(|(_, word)| (*word).to_owned()).collect()
}

fn statuses(answers: &Answers) -> Vec<String> {
    let statuses = answers.cases.iter().flat_map(|case| &case.statuses);
    statuses.map(ToString::to_string).collect()
}
