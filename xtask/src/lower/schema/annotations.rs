//! Keywords that say something to people.

use serde_json::Value;

use super::super::context::{Context, Object};
use super::super::grammar::is_extension;
use crate::pointer::Pointer;

/// The annotations that 3.0 has as well. `discriminator` is one: it restricts nothing by itself.
const ANNOTATIONS: [&str; 11] = [
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

/// Whether a keyword restricts nothing. Every extension is one of these.
pub(super) fn is_annotation(name: &str) -> bool {
    ANNOTATIONS.contains(&name) || is_extension(name)
}

pub(super) fn lower(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    schema.shift_remove("$comment");
    lower_examples(schema, at, context);
}

/// 3.0 has room for one example, which is the first.
fn lower_examples(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let Some(Value::Array(examples)) = schema.shift_remove("examples") else {
        return;
    };
    if schema.contains_key("example") {
        return;
    }
    if let Some(first) = examples.into_iter().next() {
        let (from, to) = (at.join("examples").join(0), at.join("example"));
        context.moved(&first, &from, &to);
        schema.insert("example".to_owned(), first);
    }
}
