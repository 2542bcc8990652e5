//! Exclusive bounds: numbers of their own in 3.1, a property of `minimum` and `maximum` in 3.0.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::super::context::{Context, Object};
use crate::pointer::Pointer;

pub(super) fn lower(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    lower_bound(
        schema,
        "minimum",
        "exclusiveMinimum",
        Ordering::Greater,
        at,
        context,
    );
    lower_bound(
        schema,
        "maximum",
        "exclusiveMaximum",
        Ordering::Less,
        at,
        context,
    );
}

/// Merges the two bounds of one side into the stricter of them.
///
/// `stricter` is how an inclusive bound compares to an exclusive one that it makes needless.
fn lower_bound(
    schema: &mut Object,
    inclusive: &str,
    exclusive: &str,
    stricter: Ordering,
    at: &Pointer,
    context: &mut Context<'_>,
) {
    match schema.get(exclusive) {
        Some(Value::Number(bound)) => {
            let bound = bound.clone();
            let needless = match schema.get(inclusive) {
                Some(Value::Number(own)) => compare(own, &bound) == stricter,
                _ => false,
            };
            if needless {
                schema.shift_remove(exclusive);
            } else {
                context.follow(&at.join(exclusive), &at.join(inclusive));
                schema.insert(inclusive.to_owned(), Value::Number(bound));
                schema.insert(exclusive.to_owned(), Value::Bool(true));
            }
        }
        // Without a bound to modify, the boolean form of 3.0 means nothing.
        Some(Value::Bool(_)) if !schema.contains_key(inclusive) => {
            schema.shift_remove(exclusive);
        }
        _ => {}
    }
}

/// Whole numbers are compared exactly; a document holds no number that is not one.
fn compare(a: &Number, b: &Number) -> Ordering {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a
            .as_f64()
            .partial_cmp(&b.as_f64())
            .unwrap_or(Ordering::Equal),
    }
}
