//! Where an operation and its parts stand in the lowered document, which knows where they came from.

use std::collections::HashMap;

use serde_json::Value;

use crate::finding::Location;
use crate::pointer::Pointer;
use crate::source::Document;
use crate::table::Operation;

/// The places of the parts of one operation.
pub(super) struct Places<'a> {
    document: &'a Document,
    operation: Pointer,
    parameters: HashMap<String, Pointer>,
}

impl<'a> Places<'a> {
    pub(super) fn of(document: &'a Document, operation: &Operation) -> Self {
        let pointer = operation.pointer.clone();
        let mut places = Self {
            document,
            operation: pointer.clone(),
            parameters: HashMap::new(),
        };
        // Those of the operation itself come last, because they replace those of the path item.
        if let Some(item) = pointer.parent() {
            places.add(&item.join("parameters"), "name", "");
        }
        places.add(&pointer.join("parameters"), "name", "");
        places.add(&pointer.join("x-header-families"), "prefix", "*");
        places
    }

    fn add(&mut self, list: &Pointer, key: &str, ending: &str) {
        let values = list.resolve(&self.document.root).and_then(Value::as_array);
        for (at, value) in values.into_iter().flatten().enumerate() {
            let name = self.document.deref(value).get(key).and_then(Value::as_str);
            if let Some(name) = name {
                self.parameters
                    .insert(format!("{name}{ending}"), list.join(at));
            }
        }
    }

    pub(super) fn operation(&self) -> Location {
        self.document.locate(&self.operation)
    }

    pub(super) fn parameter(&self, name: &str) -> Location {
        let pointer = self.parameters.get(name).unwrap_or(&self.operation);
        self.document.locate(pointer)
    }

    pub(super) fn body(&self) -> Location {
        self.document.locate(&self.operation.join("requestBody"))
    }
}
