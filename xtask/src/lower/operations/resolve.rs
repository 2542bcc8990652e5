//! Looks up what a reference to a component stands for.

use std::collections::HashSet;

use serde_json::Value;

use crate::pointer::Pointer;

/// What `value` is in the end, and where; `components` is the member of that name of the document.
///
/// `None` where a reference leads nowhere or in a circle, which has been reported by now.
pub(super) fn resolve<'a>(
    value: &'a Value,
    at: &Pointer,
    components: &'a Value,
) -> Option<(&'a Value, Pointer)> {
    let (mut value, mut at) = (value, at.clone());
    let mut seen = HashSet::new();
    while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        if !seen.insert(reference) {
            return None;
        }
        at = Pointer::from_local_reference(reference)?;
        let within = at.as_str().strip_prefix("/components")?;
        value = components.pointer(within)?;
    }
    Some((value, at))
}
