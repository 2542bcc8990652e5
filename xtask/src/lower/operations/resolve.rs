//! Looks up what a reference to a component stands for.

use serde_json::Value;

use crate::pointer::Pointer;

/// How many components may be references to the next. A circle has been reported by now.
const CHAIN: usize = 32;

/// What `value` is in the end, and where; `components` is the member of that name of the document.
pub(super) fn resolve<'a>(
    value: &'a Value,
    at: &Pointer,
    components: &'a Value,
) -> Option<(&'a Value, Pointer)> {
    let (mut value, mut at) = (value, at.clone());
    for _ in 0..CHAIN {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return Some((value, at));
        };
        at = Pointer::from_local_reference(reference)?;
        value = at
            .as_str()
            .strip_prefix("/components")
            .and_then(|rest| components.pointer(rest))?;
    }
    None
}
