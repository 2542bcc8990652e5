//! Bounds: typify makes integer types of some of them, and cuts all of them off at what it can hold.

use serde_json::Value;

use super::survey::{Node, Survey};
use crate::finding::Findings;

/// The integer types that typify takes for a bound equal to theirs, in its order.
const INTEGERS: [(&str, f64, f64); 8] = [
    ("u64", 0.0, u64::MAX as f64),
    ("i64", i64::MIN as f64, i64::MAX as f64),
    ("u32", 0.0, u32::MAX as f64),
    ("i32", i32::MIN as f64, i32::MAX as f64),
    ("u16", 0.0, u16::MAX as f64),
    ("i16", i16::MIN as f64, i16::MAX as f64),
    ("u8", 0.0, u8::MAX as f64),
    ("i8", i8::MIN as f64, i8::MAX as f64),
];

/// The longest array that serde implements its traits for.
const LONGEST_ARRAY: u64 = 32;

pub(super) fn check(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    check_exclusive(survey, schema, findings);
    check_sizes(survey, schema, findings);
    if schema.text("type") == Some("integer") && !schema.has("enum") && !schema.has("format") {
        check_integer(survey, schema, findings);
    }
}

fn number(schema: &Node<'_>, key: &str) -> Option<f64> {
    schema.value.get(key)?.as_f64()
}

/// `exclusiveMinimum: true` without a minimum, on which progenitor panics.
fn check_exclusive(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if schema.flag(exclusive) && !schema.has(bound) {
            findings.push(survey.error(
                "preflight/exclusive-bound",
                &schema.pointer.join(exclusive),
                format!("The schema has `{exclusive}` and no `{bound}` that it could apply to."),
                format!("Add `{bound}`, or remove `{exclusive}`, with an action of the overlay."),
            ));
        }
    }
}

fn check_sizes(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    for key in [
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "minProperties",
        "maxProperties",
    ] {
        let size = schema.value.get(key).and_then(Value::as_u64);
        if size.is_some_and(|size| size > u64::from(u32::MAX)) {
            findings.push(survey.error(
                "preflight/size",
                &schema.pointer.join(key),
                format!(
                    "`{key}` is more than 32 bits can hold, and progenitor drops the upper bits."
                ),
                format!("Remove `{key}` with an action of the overlay."),
            ));
        }
    }
    let size = |key| schema.value.get(key).and_then(Value::as_u64);
    let fixed = size("maxItems").filter(|most| Some(*most) == size("minItems"));
    if fixed.is_some_and(|length| length > LONGEST_ARRAY) && !schema.flag("uniqueItems") {
        findings.push(survey.error(
            "preflight/size",
            &schema.pointer.join("maxItems"),
            format!("The list has a fixed length of more than {LONGEST_ARRAY}, for which serde has no array type."),
            "Remove `minItems` with an action of the overlay.",
        ));
    }
}

/// A single bound that typify takes for the range of a type, which then refuses valid numbers at the
/// other end.
fn check_integer(survey: &Survey<'_>, schema: &Node<'_>, findings: &mut Findings) {
    let step = |exclusive: &str| if schema.flag(exclusive) { 1.0 } else { 0.0 };
    let least = number(schema, "minimum").map(|bound| bound + step("exclusiveMinimum"));
    let most = number(schema, "maximum").map(|bound| bound - step("exclusiveMaximum"));
    let (key, other, narrow) = match (least, most) {
        (None, Some(most)) => (
            "maximum",
            "minimum",
            INTEGERS.iter().find(|(_, _, max)| near(*max, most)),
        ),
        (Some(least), None) => (
            "minimum",
            "maximum",
            INTEGERS.iter().find(|(_, min, _)| near(*min, least)),
        ),
        _ => return,
    };
    let Some((name, min, max)) = narrow else {
        return;
    };
    let fits = if key == "maximum" {
        *min <= i64::MIN as f64
    } else {
        *max >= i64::MAX as f64
    };
    if !fits {
        findings.push(survey.error(
            "preflight/integer-bound",
            &schema.pointer.join(key),
            format!("typify takes the type `{name}` for this `{key}`, which refuses numbers that the schema allows at the other end."),
            format!("Add `{other}`, or remove `{key}`, with an action of the overlay."),
        ));
    }
}

/// Equality as typify has it.
fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= f64::EPSILON
}
