//! Nesting: `openapiv3`, progenitor and typify recurse into values without a limit, and a stack that
//! overflows cannot be caught.

use serde_json::Value;

use super::survey::Survey;
use crate::finding::Findings;
use crate::load::MAX_DEPTH;

/// How deep schemas may nest in one another. Each level takes `openapiv3` some 30 kilobytes of stack.
const MAX_SCHEMAS: usize = 32;

/// Reports what is nested too deep; whether there is anything.
pub(super) fn check(survey: &Survey<'_>, findings: &mut Findings) -> bool {
    let before = findings.iter().len();
    if is_deeper_than(survey.root().value, MAX_DEPTH) {
        findings.push(survey.error(
            "preflight/too-deep",
            &survey.root().pointer,
            format!("The document nests its values more than {MAX_DEPTH} deep."),
            "Make the examples and defaults in it smaller with actions of the overlay.",
        ));
        return true;
    }
    for schema in survey.schemas() {
        // The first beyond the limit; those inside it are deeper.
        if schema.depth == MAX_SCHEMAS + 1 {
            findings.push(survey.error(
                "preflight/too-deep",
                &schema.node.pointer,
                format!("More than {MAX_SCHEMAS} schemas stand inside one another here."),
                "Move the inner schemas into components with actions of the overlay.",
            ));
        }
    }
    findings.iter().len() > before
}

/// Whether anything stands more than `limit` values deep in `value`.
fn is_deeper_than(value: &Value, limit: usize) -> bool {
    let mut pending = vec![(value, 0)];
    while let Some((value, depth)) = pending.pop() {
        match value {
            _ if depth > limit => return true,
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
