//! Components that are references themselves.

use std::collections::HashSet;

use serde_json::Value;

use super::super::context::Context;
use super::super::grammar::Kind;
use super::Site;
use super::target::Target;
use crate::pointer::Pointer;

const KINDS: [Kind; 8] = [
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::SecurityScheme,
    Kind::Link,
];

/// Reports components that are nothing but references to each other, in a circle.
pub(super) fn check(root: &Value, context: &mut Context<'_>) {
    let components = Pointer::from("/components");
    for kind in KINDS {
        let section = components.join(kind.section().unwrap_or_default());
        let Some(members) = section.resolve(root).and_then(Value::as_object) else {
            continue;
        };
        for name in members.keys() {
            let at = section.join(name);
            if follow(root, at.clone(), kind).is_none() {
                context.error(
                    "lower/reference-cycle",
                    &at,
                    format!("the {} `{name}` is a reference that leads back to itself", kind.noun()),
                    "Write one of the components that refer to each other, or remove them with an overlay action.",
                );
            }
        }
    }
}

/// The place that a chain of references from `at` ends at; `None` for a circle.
///
/// A reference that leads nowhere ends the chain. So does a schema that says more than `$ref`.
fn follow(root: &Value, at: Pointer, kind: Kind) -> Option<Pointer> {
    let mut here = at;
    let mut seen = HashSet::new();
    loop {
        let next = here
            .resolve(root)
            .and_then(Value::as_object)
            .filter(|object| kind != Kind::Schema || object.len() == 1)
            .and_then(|object| object.get("$ref")?.as_str())
            .and_then(|reference| Target::of(root, reference, kind).ok());
        let next = match next {
            Some(Target::Component(pointer) | Target::Elsewhere(pointer)) => pointer,
            None => return Some(here),
        };
        if !seen.insert(here) {
            return None;
        }
        here = next;
    }
}

/// The object that the reference at a site leads to in the end, and where it is.
pub(super) fn end(root: &Value, site: &Site) -> Option<(Pointer, Value)> {
    let end = follow(root, site.at.clone(), site.kind)?;
    let value = end.resolve(root)?;
    value
        .get("$ref")
        .is_none()
        .then(|| (end.clone(), value.clone()))
}
