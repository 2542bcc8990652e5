//! The text of an input file, and documents that remember which line each value came from.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use crate::finding::Location;
use crate::pointer::Pointer;

/// An input file: its name for people, and its text.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as the user gave it, or `<stdin>`.
    pub name: String,
    /// The whole text; empty where the file could not be read as text.
    pub text: String,
}

impl Source {
    /// A source with this name and text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            text: text.into(),
        })
    }
}

/// A JSON value together with the place in a source file that each part of it came from.
#[derive(Clone, Debug)]
pub struct Document {
    /// The value; objects keep the order of the file.
    pub root: Value,
    /// Where each value stands.
    pub origins: Origins,
}

impl Document {
    /// The place of the value at `pointer`, or of the nearest value around it that has one.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> Location {
        self.origins.locate(pointer)
    }

    /// The value that `value` stands for: what its `$ref` points to in this document, or itself.
    ///
    /// A reference that cannot be followed, or a ring of references, stands for itself.
    #[must_use]
    pub fn deref<'a>(&'a self, value: &'a Value) -> &'a Value {
        // A chain longer than this is a ring, or nothing that a person wrote.
        const LONGEST_CHAIN: usize = 32;
        let mut here = value;
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = here.get("$ref").and_then(Value::as_str) else {
                return here;
            };
            match Pointer::from_local_reference(reference)
                .and_then(|pointer| pointer.resolve(&self.root))
            {
                Some(target) => here = target,
                None => return value,
            }
        }
        value
    }
}

/// Where each value of a document stands.
///
/// For a member of an object, the place is that of its key.
#[derive(Clone, Debug)]
pub struct Origins {
    source: Arc<Source>,
    places: HashMap<Pointer, Location>,
}

impl Origins {
    /// Origins in `source`, with no places yet: everything is located at the file as a whole.
    #[must_use]
    pub fn new(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            places: HashMap::new(),
        }
    }

    /// The file that the document as a whole came from.
    #[must_use]
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Remembers the place of the value at `pointer`.
    pub fn set(&mut self, pointer: Pointer, location: Location) {
        self.places.insert(pointer, location);
    }

    /// The place of the value at `pointer`, or of the nearest value around it that has one.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> Location {
        let mut pointer = Some(pointer.clone());
        while let Some(here) = pointer {
            if let Some(location) = self.places.get(&here) {
                return location.clone();
            }
            pointer = here.parent();
        }
        Location::whole_file(&self.source)
    }

    /// Lets the value at `to` stand where the value at `from` stands, when a stage moves it.
    pub fn follow(&mut self, from: &Pointer, to: Pointer) {
        let location = self.locate(from);
        self.places.insert(to, location);
    }
}
