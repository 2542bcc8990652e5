//! Merging a value into a node, by the rules that the module `overlay` states.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::sets;
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

/// The noun for a kind of value.
pub(super) fn kind(value: &Value) -> &'static str {
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

/// What a merge has done to a node.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// Whether the node says something else.
    pub(super) changed: bool,
    /// Whether words for people have changed.
    pub(super) reworded: bool,
    /// The ways to elements of sets and to members of `properties` that were there already.
    pub(super) idle: BTreeSet<Vec<String>>,
}

/// Merges values into nodes, of which the kinds have been compared.
pub(super) struct Merge<'m> {
    pub(super) merged: &'m mut Merged,
    /// The way from the whole update to what is being merged.
    pub(super) path: Vec<String>,
}

impl Merge<'_> {
    /// Merges `update` into `node`, which is the member `name` of what holds it, if it is one.
    pub(super) fn merge(
        &mut self,
        node: &mut Value,
        places: &mut Places,
        (update, name): (&Value, Option<&str>),
        from: &From<'_>,
    ) {
        match (node, update) {
            (Value::Object(members), Value::Object(updates)) => {
                for (key, update) in updates {
                    self.path.push(key.clone());
                    self.member(members, places, (key, update), (&from.child(key), name));
                    self.path.pop();
                }
            }
            (Value::Array(elements), Value::Array(more)) => {
                for (index, element) in more.iter().enumerate() {
                    let index = index.to_string();
                    self.path.push(index.clone());
                    self.append(elements, places, (element, name), &from.child(&index));
                    self.path.pop();
                }
            }
            (Value::Array(elements), element) => {
                self.append(elements, places, (element, name), from);
            }
            (node, update) => {
                if node != update {
                    let is_words = name.is_some_and(|name| sets::is_words(name, update));
                    self.merged.changed |= !is_words;
                    self.merged.reworded |= is_words;
                    node.clone_from(update);
                    places.place = Some(from.place.clone());
                }
            }
        }
    }

    fn member(
        &mut self,
        members: &mut Map<String, Value>,
        places: &mut Places,
        (key, update): (&str, &Value),
        (from, name): (&From<'_>, Option<&str>),
    ) {
        let Some(member) = members.get_mut(key) else {
            let is_words = sets::is_words(key, update);
            self.merged.changed |= !is_words;
            self.merged.reworded |= is_words;
            members.insert(key.to_owned(), update.clone());
            places.members_mut().insert(key.into(), from.whole());
            return;
        };
        let before = std::mem::take(&mut self.merged.changed);
        self.merge(member, places.child_mut(key), (update, Some(key)), from);
        if !self.merged.changed && name == Some("properties") && sets::is_more_than_words(update) {
            self.merged.idle.insert(self.path.clone());
        }
        self.merged.changed |= before;
    }

    /// Appends an element, unless the list is a set that has it.
    fn append(
        &mut self,
        elements: &mut Vec<Value>,
        places: &mut Places,
        (element, name): (&Value, Option<&str>),
        from: &From<'_>,
    ) {
        if sets::would_repeat(elements, element, name) {
            self.merged.idle.insert(self.path.clone());
            return;
        }
        places.elements_mut(elements.len()).push(from.whole());
        elements.push(element.clone());
        self.merged.changed = true;
    }
}
