//! The differences between two shapes, in both directions.

use std::collections::BTreeMap;

use super::shape::{Field, Shape};

/// The differences between a document and a type, one sentence for each place.
pub(crate) fn differences(document: &Shape, rust: &Shape) -> Vec<String> {
    let mut found = Vec::new();
    compare("", document, rust, &mut found);
    found
}

fn compare(at: &str, document: &Shape, rust: &Shape, found: &mut Vec<String>) {
    match (document, rust) {
        (Shape::Object(document), Shape::Object(rust)) => fields(at, document, rust, found),
        (Shape::List(document), Shape::List(rust)) => {
            compare(&format!("{at}[]"), document, rust, found);
        }
        (Shape::Map(document), Shape::Map(rust)) => {
            compare(&format!("{at}{{}}"), document, rust, found);
        }
        (Shape::Nullable(document), Shape::Nullable(rust)) => compare(at, document, rust, found),
        (Shape::Union(document), Shape::Union(rust)) if document.len() == rust.len() => {
            for (variant, (document, rust)) in document.iter().zip(rust).enumerate() {
                compare(&format!("{at}|{variant}"), document, rust, found);
            }
        }
        _ if document == rust => {}
        _ => found.push(format!(
            "{}: the document has {document:?}, the type has {rust:?}",
            place(at)
        )),
    }
}

fn fields(
    at: &str,
    document: &BTreeMap<String, Field>,
    rust: &BTreeMap<String, Field>,
    found: &mut Vec<String>,
) {
    for (name, in_document) in document {
        let at = format!("{at}.{name}");
        let Some(in_rust) = rust.get(name) else {
            found.push(format!("{at}: the type lacks it"));
            continue;
        };
        let facts = [
            ("required", in_document.required, in_rust.required),
            ("deprecated", in_document.deprecated, in_rust.deprecated),
        ];
        for (fact, document, rust) in facts {
            if document != rust {
                found.push(format!(
                    "{at}: {fact} is {document} in the document, {rust} in the type"
                ));
            }
        }
        if in_document.default != in_rust.default {
            found.push(format!(
                "{at}: the default is {:?} in the document, {:?} in the type",
                in_document.default, in_rust.default
            ));
        }
        compare(&at, &in_document.shape, &in_rust.shape, found);
    }
    let extra = rust.keys().filter(|name| !document.contains_key(*name));
    found.extend(extra.map(|name| format!("{at}.{name}: the document lacks it")));
}

fn place(at: &str) -> &str {
    if at.is_empty() { "the whole" } else { at }
}
