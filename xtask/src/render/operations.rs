//! The operation table as a constant.
//!
//! It is thousands of lines of plain data, so it is written straight: to make tokens of it, parse them and
//! format them again takes longer than the rest of rendering.

use std::fmt::Write as _;

use crate::table::{Operation, OperationTable, Parameter};

/// The module `operations`.
pub(super) fn text(table: &OperationTable) -> String {
    let mut text = "\
pub use super::runtime::{HeaderFamily, Operation, Parameter, Place};

/// All operations, in the order of the API description.
pub const OPERATIONS: &[Operation] = &[
"
    .to_owned();
    for operation in &table.operations {
        // Writing to a string does not fail.
        let _ = row(&mut text, operation);
    }
    text.push_str(
        "\
];

/// The operation with this `operationId`.
#[must_use]
pub fn operation(id: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.id == id)
}
",
    );
    text
}

/// One row. `Debug` of a text and of a list of texts is how Rust writes them.
fn row(text: &mut String, operation: &Operation) -> std::fmt::Result {
    let body = operation.body.as_ref();
    let media_types = body
        .map(|body| body.media_types.as_slice())
        .unwrap_or_default();
    writeln!(text, "    Operation {{")?;
    writeln!(text, "        id: {:?},", operation.id)?;
    writeln!(text, "        method: {:?},", operation.method)?;
    writeln!(text, "        path: {:?},", operation.path)?;
    writeln!(text, "        tag: {:?},", operation.tag)?;
    writeln!(text, "        summary: {:?},", operation.summary)?;
    writeln!(text, "        deprecated: {},", operation.deprecated)?;
    writeln!(text, "        idempotent: {},", operation.idempotent)?;
    writeln!(text, "        needs_filter: &{:?},", operation.needs_filter)?;
    list(text, "parameters", &operation.parameters, parameter)?;
    list(
        text,
        "header_families",
        &operation.header_families,
        |family| format!("HeaderFamily {{ prefix: {:?} }}", family.prefix),
    )?;
    writeln!(text, "        media_types: &{media_types:?},")?;
    let body_required = body.is_some_and(|body| body.required);
    writeln!(text, "        body_required: {body_required},")?;
    writeln!(text, "        success: &{:?},", operation.success)?;
    writeln!(text, "        errors: &{:?},", operation.errors)?;
    writeln!(text, "    }},")
}

/// A list with a line for each element.
fn list<T>(
    text: &mut String,
    field: &str,
    elements: &[T],
    write: impl Fn(&T) -> String,
) -> std::fmt::Result {
    if elements.is_empty() {
        return writeln!(text, "        {field}: &[],");
    }
    writeln!(text, "        {field}: &[")?;
    for element in elements {
        writeln!(text, "            {},", write(element))?;
    }
    writeln!(text, "        ],")
}

fn parameter(parameter: &Parameter) -> String {
    let Parameter {
        name,
        place,
        required,
        raw,
        repeated,
        deprecated,
        ..
    } = parameter;
    let place = match place.as_str() {
        "path" => "Path",
        "query" => "Query",
        _ => "Header",
    };
    format!(
        "Parameter {{ name: {name:?}, place: Place::{place}, required: {required}, raw: {raw}, \
         repeated: {repeated}, deprecated: {deprecated} }}"
    )
}
