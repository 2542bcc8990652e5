//! Schemas: from a schema to the slot that takes its values.

use serde_json::Value;

use super::context::{Lowering, Object, is_true, list};
use super::keywords::{is_annotation, says_nothing};
use crate::core::{Kind, Scalar, Shape, Slot};
use crate::pointer::Pointer;

/// The most schemas that are lowered within each other.
const DEEPEST: usize = 64;

fn is_component(at: &Pointer) -> bool {
    at.parent() == Some(Pointer::root().join("components").join("schemas"))
}

impl<'a> Lowering<'a> {
    /// Returns the slot for the values of the schema at `at`.
    pub(super) fn slot(&mut self, schema: &'a Value, at: &Pointer) -> Slot {
        if let Some(slot) = self.slots.get(at) {
            return slot.clone();
        }
        if let Some(recursive) = self.open.get_mut(at) {
            *recursive = true;
            return Slot::new(Kind::Type(self.name_of(at)));
        }
        self.open.insert(at.clone(), false);
        let slot = match schema {
            Value::Object(object) => self.of_object(object, at),
            Value::Bool(true) => Slot::any(),
            Value::Bool(false) => {
                self.note(
                    "lower/no-value",
                    at,
                    "the schema `false` takes no value; any value is taken here",
                    "Remove what it stands for with an overlay action.",
                );
                Slot::any()
            }
            _ => {
                self.note(
                    "lower/not-a-schema",
                    at,
                    "a schema is an object or a boolean; any value is taken here",
                    "Correct it with an overlay action.",
                );
                Slot::any()
            }
        };
        let slot = self.close(slot, at);
        self.slots.insert(at.clone(), slot.clone());
        slot
    }

    /// Ends the lowering of the schema at `at`. Where it holds itself and is no type of its own, what it holds at that
    /// place is any value.
    pub(super) fn close(&mut self, slot: Slot, at: &Pointer) -> Slot {
        if self.open.remove(at) != Some(true) {
            return slot;
        }
        let name = self.name_of(at);
        if !self.has_type(&name) {
            self.note(
                "lower/recursion",
                at,
                "the schema holds itself without an object between; it is any value there",
                "Put an object between with an overlay action.",
            );
            self.add_type(&name, at, Shape::Alias(Slot::any()));
        }
        slot
    }

    fn of_object(&mut self, object: &'a Object, at: &Pointer) -> Slot {
        let nullable = self.is_nullable(object);
        match self.stands_for(object, at) {
            Some((_, place)) if self.open.len() > DEEPEST && is_component(&place) => {
                // It is lowered with the other components, without more of the stack.
                Slot::new(Kind::Type(self.name_of(&place))).or_null(nullable)
            }
            Some((target, place)) => self.slot(target, &place).or_null(nullable),
            None => {
                let parts = self.parts(object, at);
                self.conjunction(&parts, at).or_null(nullable)
            }
        }
    }

    /// 3.0 says `nullable`; documents of 3.1 are seen with it too, and mean it.
    pub(super) fn is_nullable(&self, object: &Object) -> bool {
        is_true(object.get("nullable"))
    }

    /// Returns the schema elsewhere that this one stands for: a reference, alone or in an `allOf` with nothing beside
    /// it.
    fn stands_for(&mut self, object: &'a Object, at: &Pointer) -> Option<(&'a Value, Pointer)> {
        let mut says = object.keys().filter(|key| !is_annotation(key));
        match (says.next().map(String::as_str), says.next()) {
            (Some("$ref"), other) if other.is_none() || self.older => {
                let reference = object
                    .get("$ref")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                let target = self.follow(reference, at);
                target.filter(|(_, place)| place != at)
            }
            (Some("allOf"), None) => {
                let all = at.join("allOf");
                let mut said = list(object.get("allOf"))
                    .enumerate()
                    .filter(|(_, part)| part.as_object().is_none_or(|part| !says_nothing(part)));
                match (said.next(), said.next()) {
                    (Some((index, only)), None) => Some((only, all.join(index))),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Returns the slot of one type of JSON, from the keywords of all parts.
    pub(super) fn scalar(&mut self, json: &str, format: &str, at: &Pointer) -> Slot {
        if json != "boolean" && self.settings.formats.contains_key(format) {
            return Slot::new(Kind::Scalar(Scalar::Format {
                json: json.to_owned(),
                format: format.to_owned(),
            }));
        }
        let scalar = match (json, format) {
            ("boolean", _) => Scalar::Boolean,
            ("integer", "int32" | "int16" | "int8") => Scalar::Int32,
            ("integer", "uint32" | "uint16" | "uint8") => Scalar::UInt32,
            ("integer", "uint64" | "uint") => Scalar::UInt64,
            ("integer", _) => Scalar::Int64,
            ("number", _) => Scalar::Double,
            ("string", "password") => Scalar::Secret,
            _ => Scalar::String,
        };
        let known = matches!(
            format,
            "" | "password" | "int64" | "int32" | "double" | "float"
        );
        if !known && matches!(scalar, Scalar::String) {
            self.note(
                "lower/format",
                &at.join("format"),
                format!("the format `{format}` is left to the service, and the value is text"),
                "Name a Rust type for it under `formats` in the package's manifest.",
            );
        }
        Slot::new(Kind::Scalar(scalar))
    }
}
