//! The operation table as constants.
//!
//! It is thousands of lines of plain data, so it is written straight: to make tokens of it, parse them and
//! format them again takes longer than the rest of rendering.

use std::fmt::Write as _;

use crate::core::{Answers, Api, HeaderFamily, Kind, Operation, Parameter, Place};
use crate::refine::operations::row;

/// Returns the module `operations`.
pub(crate) fn text(api: &Api) -> String {
    let mut text = format!(
        "\
pub use super::runtime::{{HeaderFamily, Operation, Parameter, Place, Retry}};

/// The version of the API description that this code follows.
pub const API_VERSION: &str = {:?};

/// The base URLs that the API description names.
pub const SERVERS: &[&str] = &{:?};

",
        api.version, api.servers
    );
    for operation in &api.operations {
        // Writing to a string does not fail.
        let _ = constant(&mut text, api, operation);
    }
    text.push_str("/// All operations, in the order of the API description.\npub const OPERATIONS: &[Operation] = &[\n");
    for operation in &api.operations {
        let _ = writeln!(text, "    {},", row(operation));
    }
    text.push_str(
        "\
];

/// Returns the operation with this `operationId`.
#[must_use]
pub fn operation(id: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.id == id)
}
",
    );
    text
}

/// Writes one row. `Debug` of a text and of a list of texts is how Rust writes them.
fn constant(text: &mut String, api: &Api, operation: &Operation) -> std::fmt::Result {
    let body = operation.body.as_ref();
    let media_types = body
        .map(|body| body.declared.as_slice())
        .unwrap_or_default();
    let method = operation.method.name().to_ascii_uppercase();
    writeln!(
        text,
        "pub(crate) const {}: Operation = Operation {{",
        row(operation)
    )?;
    writeln!(text, "    id: {:?},", operation.id)?;
    writeln!(text, "    method: {method:?},")?;
    writeln!(text, "    path: {:?},", operation.path)?;
    writeln!(text, "    tag: {:?},", operation.tag)?;
    writeln!(text, "    summary: {:?},", operation.summary)?;
    writeln!(text, "    deprecated: {},", operation.about.deprecated)?;
    writeln!(text, "    idempotent: {},", operation.idempotent)?;
    writeln!(
        text,
        "    idempotency_headers: &{:?},",
        operation.idempotency_headers
    )?;
    writeln!(text, "    retry: Retry::{:?},", operation.retry)?;
    writeln!(text, "    needs_filter: &{:?},", operation.needs_filter)?;
    let parameters = operation.parameters.iter();
    list(text, "parameters", parameters.map(|it| parameter(api, it)))?;
    list(
        text,
        "header_families",
        operation.header_families.iter().map(family),
    )?;
    writeln!(text, "    media_types: &{media_types:?},")?;
    let body_required = body.is_some_and(|body| body.required);
    writeln!(text, "    body_required: {body_required},")?;
    writeln!(text, "    success: &{:?},", statuses(&operation.success))?;
    writeln!(text, "    errors: &{:?},", statuses(&operation.errors))?;
    writeln!(text, "}};\n")
}

/// Writes a list with a line for each element.
fn list(
    text: &mut String,
    field: &str,
    elements: impl ExactSizeIterator<Item = String>,
) -> std::fmt::Result {
    if elements.len() == 0 {
        return writeln!(text, "    {field}: &[],");
    }
    writeln!(text, "    {field}: &[")?;
    for element in elements {
        writeln!(text, "        {element},")?;
    }
    writeln!(text, "    ],")
}

fn parameter(api: &Api, parameter: &Parameter) -> String {
    let place = match parameter.place {
        Place::Path => "Path",
        Place::Query => "Query",
        Place::Header => "Header",
        Place::Cookie => "Cookie",
    };
    let repeated = matches!(api.resolve(&parameter.slot).kind, Kind::List(_));
    format!(
        "Parameter {{ name: {:?}, setter: {:?}, place: Place::{place}, required: {}, raw: {}, echoed: {}, repeated: {repeated}, deprecated: {}, \
         internal: {}, excludes: &{:?} }}",
        parameter.name,
        parameter.field,
        parameter.required,
        parameter.raw,
        parameter.echoed,
        parameter.about.deprecated,
        parameter.internal,
        parameter.excludes
    )
}

fn family(family: &HeaderFamily) -> String {
    format!(
        "HeaderFamily {{ prefix: {:?}, internal: {} }}",
        family.prefix, family.internal
    )
}

fn statuses(answers: &Answers) -> Vec<String> {
    let mut statuses: Vec<_> = answers
        .cases
        .iter()
        .flat_map(|case| &case.statuses)
        .collect();
    statuses.sort();
    statuses.into_iter().map(ToString::to_string).collect()
}
