//! Nesting: progenitor and typify recurse into schemas without a limit, and a stack that overflows
//! cannot be caught.

use serde_json::Value;

use crate::finding::{Finding, Findings};
use crate::pointer::Pointer;
use crate::source::Document;

/// How deep a document may nest: the limit that `serde_json` has for text.
const LIMIT: usize = 128;

/// Reports the first value that is nested too deep; whether there is one.
pub(super) fn check(document: &Document, findings: &mut Findings) -> bool {
    let mut pending: Vec<(&Value, usize)> = vec![(&document.root, 0)];
    while let Some((value, depth)) = pending.pop() {
        if depth > LIMIT {
            findings.push(
                Finding::error(
                    "preflight/too-deep",
                    format!("The document nests its values more than {LIMIT} deep."),
                    "Move the inner schemas into components.",
                )
                .at(document.locate(&Pointer::root())),
            );
            return true;
        }
        match value {
            Value::Object(members) => {
                pending.extend(members.values().map(|value| (value, depth + 1)));
            }
            Value::Array(elements) => {
                pending.extend(elements.iter().map(|value| (value, depth + 1)));
            }
            _ => {}
        }
    }
    false
}
