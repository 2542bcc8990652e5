//! Merging a value into a node, by the rules that the module `overlay` states.

use serde_json::Value;

use crate::finding::Location;
use crate::source::places::{Place, Places};

/// Where two values do not match in kind: the way there within both, and the kinds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mismatch {
    pub(super) path: Vec<String>,
    pub(super) node: &'static str,
    pub(super) update: &'static str,
}

/// All places where `update` cannot be merged into `node`.
pub(super) fn mismatches(node: &Value, update: &Value) -> Vec<Mismatch> {
    let mut found = Vec::new();
    if !node.is_array() {
        compare(node, update, &mut Vec::new(), &mut found);
    }
    found
}

fn compare(node: &Value, update: &Value, path: &mut Vec<String>, found: &mut Vec<Mismatch>) {
    match (node, update) {
        (Value::Object(members), Value::Object(updates)) => {
            for (name, update) in updates {
                if let Some(member) = members.get(name) {
                    path.push(name.clone());
                    compare(member, update, path, found);
                    path.pop();
                }
            }
        }
        (Value::Array(_), Value::Array(_)) => {}
        _ if is_primitive(node) && is_primitive(update) => {}
        _ => found.push(Mismatch {
            path: path.clone(),
            node: kind(node),
            update: kind(update),
        }),
    }
}

fn is_primitive(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Where what is merged comes from: the places of its parts, and the place of it all.
#[derive(Clone)]
pub(super) struct From<'a> {
    places: Option<&'a Places>,
    place: Place,
}

impl<'a> From<'a> {
    /// From a place, together with the places of the parts where those are to be kept.
    pub(super) fn new(location: &Location, places: Option<&'a Places>) -> Self {
        Self {
            places,
            place: Place::from(location),
        }
    }

    /// The place of the part at the end of `path`.
    pub(super) fn locate(&self, path: &[String]) -> Location {
        let part = path
            .iter()
            .fold(self.clone(), |from, name| from.child(name));
        Location::from(&part.place)
    }

    fn child(&self, token: &str) -> Self {
        let places = self.places.and_then(|places| places.child(token));
        let place = places.and_then(|places| places.place.as_ref());
        Self {
            places,
            place: place.unwrap_or(&self.place).clone(),
        }
    }

    /// The places of what is inserted as a whole.
    fn whole(&self) -> Places {
        let mut places = self.places.cloned().unwrap_or_default();
        places.place = Some(self.place.clone());
        places
    }
}

/// Merges `update` into `node`, and says whether that changed it. The kinds have been compared.
pub(super) fn merge(
    node: &mut Value,
    places: &mut Places,
    update: &Value,
    from: &From<'_>,
) -> bool {
    match (node, update) {
        (Value::Object(members), Value::Object(updates)) => {
            let mut changed = false;
            for (name, update) in updates {
                let from = from.child(name);
                if let Some(member) = members.get_mut(name) {
                    changed |= merge(member, places.child_mut(name), update, &from);
                } else {
                    members.insert(name.clone(), update.clone());
                    places
                        .members_mut()
                        .insert(name.as_str().into(), from.whole());
                    changed = true;
                }
            }
            changed
        }
        (Value::Array(elements), Value::Array(more)) => {
            let known = places.elements_mut(elements.len());
            known.extend((0..more.len()).map(|index| from.child(&index.to_string()).whole()));
            elements.extend_from_slice(more);
            !more.is_empty()
        }
        (Value::Array(elements), element) => {
            places.elements_mut(elements.len()).push(from.whole());
            elements.push(element.clone());
            true
        }
        (node, update) => {
            let changed = node != update;
            if changed {
                node.clone_from(update);
                places.place = Some(from.place.clone());
            }
            changed
        }
    }
}
