//! The collections around the place that is being read, the innermost last.

use serde_json::{Map, Value};

use crate::finding::Location;
use crate::source::places::{Place, Places};

/// The collections that have begun and not ended, and the root once it is complete.
#[derive(Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    root: Option<(Value, Places)>,
}

/// A collection that has begun.
struct Open {
    collection: Collection,
    places: Places,
    anchor: usize,
}

/// The part of a collection that has been read.
pub(super) enum Collection {
    /// An array, with its elements so far.
    Array(Vec<Value>),
    /// An object, with its members so far and what it waits for.
    Object(Map<String, Value>, Slot),
}

/// What an object waits for.
pub(super) enum Slot {
    /// A key.
    Key,
    /// The value of a key, with the place of the key.
    Value(String, Place),
    /// The value of a key that was refused.
    Refused,
}

/// A collection that has ended.
pub(super) struct Closed {
    pub(super) value: Value,
    pub(super) places: Places,
    pub(super) anchor: usize,
}

impl Stack {
    /// How many collections are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether what comes next is the key of an object.
    pub(super) fn expects_key(&self) -> bool {
        matches!(
            self.open.last().map(|open| &open.collection),
            Some(Collection::Object(_, Slot::Key))
        )
    }

    /// Where the innermost collection begins.
    pub(super) fn innermost(&self) -> Option<Location> {
        let place = self.open.last()?.places.place.as_ref()?;
        Some(Location::from(place))
    }

    /// Where the innermost object has a member of this name already.
    pub(super) fn member(&self, name: &str) -> Option<Location> {
        let place = self.open.last()?.places.child(name)?.place.as_ref()?;
        Some(Location::from(place))
    }

    /// Begins a collection.
    pub(super) fn push(&mut self, collection: Collection, place: Place, anchor: usize) {
        self.open.push(Open {
            collection,
            places: Places::leaf(place),
            anchor,
        });
    }

    /// Ends the innermost collection.
    pub(super) fn pop(&mut self) -> Option<Closed> {
        let open = self.open.pop()?;
        let value = match open.collection {
            Collection::Array(elements) => Value::Array(elements),
            Collection::Object(members, _) => Value::Object(members),
        };
        Some(Closed {
            value,
            places: open.places,
            anchor: open.anchor,
        })
    }

    /// Lets the innermost object wait for the value of the key at `place`.
    pub(super) fn wait(&mut self, slot: Slot, place: &Place) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        // An object without braces begins with its first key, and is marked by all of it.
        if let Some(object) = &mut open.places.place
            && (object.line, object.column) == (place.line, place.column)
        {
            object.width = place.width;
        }
        if let Collection::Object(_, waiting) = &mut open.collection {
            *waiting = slot;
        }
    }

    /// Puts a finished value where the innermost collection waits for one.
    pub(super) fn put(&mut self, value: Value, mut places: Places) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert((value, places));
            return;
        };
        match &mut open.collection {
            Collection::Array(elements) => {
                elements.push(value);
                open.places.elements_mut(0).push(places);
            }
            Collection::Object(members, slot) => match std::mem::replace(slot, Slot::Key) {
                Slot::Value(name, place) => {
                    places.place = Some(place);
                    let known = open.places.members_mut();
                    known.insert(name.as_str().into(), places);
                    members.insert(name, value);
                }
                // A collection in the place of a key is dropped, and its value with it.
                Slot::Key => *slot = Slot::Refused,
                Slot::Refused => {}
            },
        }
    }

    /// The root, once it is complete.
    pub(super) fn into_root(self) -> Option<(Value, Places)> {
        self.root
    }
}
