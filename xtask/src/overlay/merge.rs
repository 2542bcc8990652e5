//! Merging a value into a node, by the rules that the module `overlay` states.

use serde_json::Value;

use super::sets;
use crate::pointer::Pointer;
use crate::source::{Document, Places};

/// One part of a value that is merged into a node, and what that does.
pub(super) struct Edit<'v> {
    /// The part.
    pub(super) from: Pointer,
    value: &'v Value,
    /// The place in the document that it is merged into.
    pub(super) into: Pointer,
    pub(super) effect: Effect,
}

/// The effect of merging a part of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It sets a member, or replaces a primitive value.
    Sets,
    /// It sets words for people.
    Rewords,
    /// It becomes a further element.
    Appends,
    /// Nothing: an element of a set, or a member of `properties`, that was there already.
    Repeats,
    /// It does not match the node.
    Clashes,
}

/// Merges `update` into the node at `target`: returns its parts that do anything, that should and do not, and
/// that cannot.
pub(super) fn edits<'v>(document: &Value, target: &Pointer, update: &'v Value) -> Vec<Edit<'v>> {
    let mut comparison = Comparison(Vec::new());
    let name = target.last();
    if let Some(node) = target.resolve(document) {
        comparison.compare((node, target), (update, &Pointer::root()), name.as_deref());
    }
    comparison.0
}

/// Returns whether edits leave a document saying something else. Words for people count where nothing else is brought.
pub(super) fn change(edits: &[Edit<'_>], update: &Value) -> bool {
    let words = edits
        .iter()
        .all(|it| it.effect == Effect::Rewords && it.from == Pointer::root())
        || !sets::is_more_than_words(update);
    edits.iter().any(|it| match it.effect {
        Effect::Sets | Effect::Appends => true,
        Effect::Rewords => words,
        Effect::Repeats | Effect::Clashes => false,
    })
}

/// Makes an edit; `places` are those of the value that is merged.
pub(super) fn make(document: &mut Document, edit: &Edit<'_>, places: &Places) {
    let node = edit.into.resolve_mut(&mut document.root);
    let places = places.copy(&edit.from);
    match (edit.effect, node) {
        (Effect::Sets | Effect::Rewords, Some(node)) => {
            node.clone_from(edit.value);
            document.places.at_mut(&edit.into).place = places.place;
        }
        (Effect::Sets | Effect::Rewords, None) => {
            let (Some(parent), Some(name)) = (edit.into.parent(), edit.into.last()) else {
                return;
            };
            document.places.at_mut(&parent).insert(&name, places);
            if let Some(Value::Object(members)) = parent.resolve_mut(&mut document.root) {
                members.insert(name, edit.value.clone());
            }
        }
        (Effect::Appends, Some(Value::Array(elements))) => {
            let index = elements.len().to_string();
            elements.push(edit.value.clone());
            document.places.at_mut(&edit.into).insert(&index, places);
        }
        _ => {}
    }
}

struct Comparison<'v>(Vec<Edit<'v>>);

impl<'v> Comparison<'v> {
    fn add(&mut self, value: &'v Value, from: &Pointer, into: &Pointer, effect: Effect) {
        self.0.push(Edit {
            from: from.clone(),
            value,
            into: into.clone(),
            effect,
        });
    }

    /// Compares a value with the node that it is merged into, which is the member `name` of what holds it.
    fn compare(
        &mut self,
        (node, into): (&Value, &Pointer),
        (update, from): (&'v Value, &Pointer),
        name: Option<&str>,
    ) {
        let words = |key: &str, value| match sets::is_words(key, value) {
            true => Effect::Rewords,
            false => Effect::Sets,
        };
        match (node, update) {
            (Value::Object(members), Value::Object(updates)) => {
                for (key, update) in updates {
                    let (into, from) = (into.join(key), from.join(key));
                    let Some(member) = members.get(key) else {
                        self.add(update, &from, &into, words(key, update));
                        continue;
                    };
                    let before = self.0.len();
                    self.compare((member, &into), (update, &from), Some(key));
                    let mut inside = self.0.iter().skip(before);
                    let is_idle =
                        inside.all(|it| matches!(it.effect, Effect::Rewords | Effect::Repeats));
                    if is_idle && name == Some("properties") && sets::is_more_than_words(update) {
                        self.add(update, &from, &into, Effect::Repeats);
                    }
                }
            }
            (Value::Array(elements), Value::Array(more)) => {
                for (index, element) in more.iter().enumerate() {
                    self.append((elements, into), (element, &from.join(index)), name);
                }
            }
            // The only place where an array takes a value that is none.
            (Value::Array(elements), element) if *from == Pointer::root() => {
                self.append((elements, into), (element, from), name);
            }
            (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => {
                self.add(update, from, into, Effect::Clashes);
            }
            (node, update) if node != update => {
                self.add(update, from, into, words(name.unwrap_or_default(), update));
            }
            _ => {}
        }
    }

    /// Compares an element with the list that it is appended to, unless that is a set that has it.
    fn append(
        &mut self,
        (elements, into): (&[Value], &Pointer),
        (element, from): (&'v Value, &Pointer),
        name: Option<&str>,
    ) {
        let effect = match sets::would_repeat(elements, element, name) {
            true => Effect::Repeats,
            false => Effect::Appends,
        };
        self.add(element, from, into, effect);
    }
}

/// Returns the noun for a kind of value.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
        Value::String(_) => "a string",
        _ => "a primitive value",
    }
}
