//! What a person reviews when the document or the overlay changes: what becomes of them before any code.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use std::fmt::Write as _;
use std::slice;

use common::pipeline;
use xtask::table::{Operation, table};

#[test]
fn the_lowered_document_is_as_reviewed() {
    insta::assert_json_snapshot!("lowered_document", pipeline::lowered().root);
}

#[test]
fn the_operation_table_is_as_reviewed() {
    let table = table(&pipeline::lowered());
    let blocks: Vec<String> = table.operations.iter().map(block).collect();
    insta::assert_snapshot!("operation_table", blocks.join("\n"));
}

/// An operation in a few lines; what is the rule is left out, so that the exceptions are seen.
fn block(operation: &Operation) -> String {
    let mut text = format!(
        "{}: {} {}\n",
        operation.id, operation.method, operation.path
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
        (operation.deprecated, "deprecated"),
    ];
    line("traits", &chosen(&traits));
    line("needs one of", &operation.needs_filter);
    for place in ["path", "query", "header"] {
        line(place, &parameters(operation, place));
    }
    let families = operation.header_families.iter();
    let families: Vec<String> = families.map(|it| format!("{}*", it.prefix)).collect();
    line("families", &families);
    if let Some(body) = &operation.body {
        let mut types = body.media_types.clone();
        types.extend(chosen(&[(!body.required, "or none")]));
        line("body", &types);
    }
    line("success", &operation.success);
    line("errors", &operation.errors);
    text
}

/// The parameters in one place: `name`, `name!` if required, with what else is special about them.
fn parameters(operation: &Operation, place: &str) -> Vec<String> {
    let here = operation.parameters.iter().filter(|it| it.place == place);
    here.map(|parameter| {
        let required = if parameter.required { "!" } else { "" };
        let marks = chosen(&[
            (parameter.raw, "raw"),
            (parameter.repeated, "repeated"),
            (parameter.deprecated, "deprecated"),
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
