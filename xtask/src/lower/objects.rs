//! Objects: structs, and maps where no member has a name.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::conjunction::Part;
use super::context::{Lowering, is_true, members, owned, texts};
use super::names;
use crate::core::{Kind, Property, Shape, Slot, Struct};
use crate::pointer::Pointer;

/// The extension for other names under which a property is read.
pub(super) const ALIASES: &str = "x-aliases";
/// The extension for a property that may hold credentials.
const SENSITIVE: &str = "x-sensitive";

impl<'a> Lowering<'a> {
    /// Returns the slot for the objects that fit all of `parts`.
    pub(super) fn object(&mut self, parts: &[Part<'a>], at: &Pointer) -> Slot {
        let mut named: IndexMap<&'a str, Vec<(&'a Value, Pointer)>> = IndexMap::new();
        for part in parts {
            for (name, schema) in members(part.object.get("properties")) {
                let place = part.at.join("properties").join(name);
                named.entry(name).or_default().push((schema, place));
            }
        }
        let rest = self.rest(parts);
        if named.is_empty() {
            return Slot::new(Kind::Map(Box::new(rest.unwrap_or_else(Slot::any))));
        }
        let name = self.name_of(at);
        let required: HashSet<&str> = parts
            .iter()
            .flat_map(|part| texts(part.object.get("required")))
            .collect();
        let mut taken = HashSet::new();
        let mut properties = Vec::new();
        for (wire, schemas) in named {
            let Some((_, place)) = schemas.last() else {
                continue;
            };
            let about = self.about(place);
            let schema = place.resolve(&self.document.root);
            let extension = |name| schema.and_then(|schema| schema.get(name));
            let slot = self.all_of(&schemas);
            let default = extension("default").filter(|_| slot.is_integer());
            let rust_name = extension(names::NAME).and_then(Value::as_str);
            properties.push(Property {
                field: names::field(rust_name.unwrap_or(wire), &mut taken),
                name: wire.to_owned(),
                aliases: owned(extension(ALIASES)),
                required: required.contains(wire),
                sensitive: is_true(extension(SENSITIVE)),
                default: default.and_then(|it| it.as_u64()?.try_into().ok()),
                slot,
                about,
            });
        }
        self.add_type(&name, at, Shape::Struct(Struct { properties, rest }));
        Slot::new(Kind::Type(name))
    }

    /// Returns the slot for values that fit all of `schemas`.
    fn all_of(&mut self, schemas: &[(&'a Value, Pointer)]) -> Slot {
        let mut slots: Vec<Slot> = Vec::new();
        for (schema, at) in schemas {
            let slot = self.slot(schema, at);
            if slot.kind != Kind::Any && !slots.contains(&slot) {
                slots.push(slot);
            }
        }
        match (slots.as_slice(), schemas.last()) {
            ([], _) | (_, None) => Slot::any(),
            ([one], _) => one.clone(),
            (_, Some((_, at))) => {
                let mut parts = Vec::new();
                for (schema, at) in schemas {
                    if let Value::Object(object) = schema {
                        parts.extend(self.parts(object, at));
                    }
                }
                // The last of them names what both of them are; it may have a type of its own under that name.
                self.merge(&parts, &at.join("allOf"))
            }
        }
    }

    /// Returns the slot for values that fit all of `parts`, which may come up again inside of themselves.
    fn merge(&mut self, parts: &[Part<'a>], at: &Pointer) -> Slot {
        let mut key: Vec<Pointer> = parts.iter().map(|part| part.at.clone()).collect();
        key.sort();
        key.dedup();
        if let Some(place) = self.merged.get(&key).cloned() {
            return self.again(&place);
        }
        self.merged.insert(key, at.clone());
        self.open.insert(at.clone(), false);
        let slot = self.conjunction(parts, at);
        let slot = self.close(slot, at);
        self.slots.insert(at.clone(), slot.clone());
        slot
    }

    /// Returns the slot of what is lowered, or being lowered, at `place`.
    fn again(&mut self, place: &Pointer) -> Slot {
        if let Some(slot) = self.slots.get(place) {
            return slot.clone();
        }
        if let Some(recursive) = self.open.get_mut(place) {
            *recursive = true;
        }
        Slot::new(Kind::Type(self.name_of(place)))
    }

    /// Returns the slot for the members without a name of their own, where the schema speaks of them.
    fn rest(&mut self, parts: &[Part<'a>]) -> Option<Slot> {
        let mut slots: Vec<Slot> = Vec::new();
        for part in parts {
            for key in ["additionalProperties", "unevaluatedProperties"] {
                match part.object.get(key) {
                    None | Some(Value::Bool(false)) => {}
                    Some(Value::Bool(true)) => slots.push(Slot::any()),
                    Some(schema) => slots.push(self.slot(schema, &part.at.join(key))),
                }
            }
            let patterns = part.at.join("patternProperties");
            for (pattern, schema) in members(part.object.get("patternProperties")) {
                self.note(
                    "lower/pattern-properties",
                    &patterns.join(pattern),
                    format!("members are taken whatever their names are, not only those that match `{pattern}`"),
                    "Nothing has to be done; names that do not fit are refused by the service.",
                );
                slots.push(self.slot(schema, &patterns.join(pattern)));
            }
        }
        slots.dedup();
        match slots.len() {
            0 => None,
            1 => slots.pop(),
            _ => Some(Slot::any()),
        }
    }
}
