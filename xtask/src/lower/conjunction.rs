//! Schemas that all hold at once: a schema, its `allOf`, and what they refer to.

use std::collections::HashSet;

use serde_json::Value;

use super::context::{Lowering, Object, list, texts};
use super::keywords::{ASSERTIONS, IMPLIED, has_one_of, is_one_of, says_nothing};
use crate::core::{Kind, Scalar, Slot};
use crate::pointer::Pointer;

/// One of several schemas that hold at once.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub(super) object: &'a Object,
    pub(super) at: Pointer,
    /// Its `oneOf` and `anyOf` have been dealt with.
    pub(super) settled: bool,
}

/// The most conjunctions that are lowered within each other.
const DEEPEST: usize = 100;

/// The types of JSON Schema other than `null`.
const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "object", "array"];

impl<'a> Lowering<'a> {
    /// Returns the parts of a schema: itself, the members of its `allOf`, and the targets of references among these.
    pub(super) fn parts(&mut self, object: &'a Object, at: &Pointer) -> Vec<Part<'a>> {
        let (mut parts, mut seen) = (Vec::new(), HashSet::new());
        self.flatten(object, at, &mut parts, &mut seen);
        parts
    }

    fn flatten(
        &mut self,
        object: &'a Object,
        at: &Pointer,
        parts: &mut Vec<Part<'a>>,
        seen: &mut HashSet<Pointer>,
    ) {
        if !seen.insert(at.clone()) {
            return;
        }
        self.note_shape(object, at);
        if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
            if let Some((Value::Object(target), place)) = self.follow(reference, at) {
                self.flatten(target, &place, parts, seen);
            }
            if self.older {
                return;
            }
        }
        for (index, part) in list(object.get("allOf")).enumerate() {
            if let Value::Object(part) = part {
                self.flatten(part, &at.join("allOf").join(index), parts, seen);
            }
        }
        if !says_nothing(object) {
            parts.push(Part {
                object,
                at: at.clone(),
                settled: false,
            });
        }
    }

    /// Returns the slot for values that fit all of `parts`, in the place `at`, which names what needs a name.
    pub(super) fn conjunction(&mut self, parts: &[Part<'a>], at: &Pointer) -> Slot {
        if self.depth > DEEPEST {
            self.note(
                "lower/too-deep",
                at,
                "the schemas that have to hold here go too deep into each other; any value is taken",
                "Write the schema without `allOf` and `oneOf` inside of each other with an overlay action.",
            );
            return Slot::any();
        }
        self.depth += 1;
        let slot = self.of_all(parts, at);
        self.depth -= 1;
        slot
    }

    fn of_all(&mut self, parts: &[Part<'a>], at: &Pointer) -> Slot {
        self.note_assertions(parts);
        let (types, null) = self.types(parts);
        if let Some(slot) = self.enumeration(parts, &types, at) {
            return slot.or_null(null);
        }
        if let Some(slot) = self.disjunction(parts, at) {
            return slot.or_null(null);
        }
        let slot = match types.as_slice() {
            [] => Slot::any(),
            [one] => self.of_type(one, parts, at),
            several => {
                let choices = several
                    .iter()
                    .map(|json| {
                        let slot = self.of_type(json, parts, &at.join(json));
                        self.choice(slot, at)
                    })
                    .collect();
                self.union(choices, at)
            }
        };
        slot.or_null(null)
    }

    fn of_type(&mut self, json: &str, parts: &[Part<'a>], at: &Pointer) -> Slot {
        match json {
            "object" => self.object(parts, at),
            "array" => self.array(parts),
            _ => {
                let format = parts
                    .iter()
                    .rev()
                    .find_map(|part| Some((part.object.get("format")?.as_str()?, &part.at)));
                let (format, place) = format.unwrap_or(("", at));
                let slot = self.scalar(json, format, place);
                self.within_bounds(slot, parts)
            }
        }
    }

    /// Returns the types of JSON that all parts allow, and whether they allow `null`; no type where none is named or
    /// implied.
    fn types(&mut self, parts: &[Part<'a>]) -> (Vec<&'static str>, bool) {
        let mut allowed: Option<Vec<&'static str>> = None;
        let mut null = false;
        for part in parts {
            let said: Vec<&str> = match part.object.get("type") {
                Some(Value::String(one)) => vec![one],
                Some(several) => texts(Some(several)).collect(),
                None => continue,
            };
            null |= said.contains(&"null") || self.is_nullable(part.object);
            let here: Vec<&'static str> = TYPES
                .into_iter()
                .filter(|json| {
                    said.contains(json) || (*json == "integer" && said.contains(&"number"))
                })
                .collect();
            let unknown = said
                .iter()
                .any(|json| *json != "null" && !TYPES.contains(json));
            if unknown {
                self.note(
                    "lower/unknown-type",
                    &part.at.join("type"),
                    "this is no type of JSON Schema; any value is taken here",
                    "Name a type with an overlay action.",
                );
                continue;
            }
            let both = match allowed {
                None => here,
                Some(before) => before
                    .into_iter()
                    .filter(|json| here.contains(json))
                    .collect(),
            };
            allowed = Some(both);
        }
        let mut types = allowed.unwrap_or_else(|| implied(parts));
        if types.contains(&"number") {
            types.retain(|json| *json != "integer");
        }
        (types, null)
    }

    /// Widens an integer whose bounds no `i64` has to a `u64` or a floating-point number.
    fn within_bounds(&mut self, slot: Slot, parts: &[Part<'a>]) -> Slot {
        if slot.kind != Kind::Scalar(Scalar::Int64) {
            return slot;
        }
        let bound = |key: &str| {
            let bounds = parts
                .iter()
                .filter_map(|part| part.object.get(key)?.as_f64());
            bounds.max_by(|one, other| one.abs().total_cmp(&other.abs()))
        };
        let (least, most) = (bound("minimum"), bound("maximum"));
        // 2^63 and 2^64 are numbers that `f64` has exactly.
        let (signed, unsigned) = (
            9_223_372_036_854_775_808_f64,
            18_446_744_073_709_551_616_f64,
        );
        if most.is_none_or(|most| most <= signed) && least.is_none_or(|least| least >= -signed) {
            return slot;
        }
        if least.is_some_and(|least| least >= 0.0) && most.is_some_and(|most| most <= unsigned) {
            return Slot::new(Kind::Scalar(Scalar::UInt64));
        }
        if let Some(part) = parts.last() {
            self.note(
                "lower/large-integer",
                &part.at,
                "the bounds are beyond 64 bits; the value is a floating-point number",
                "Set bounds that 64 bits can hold with an overlay action.",
            );
        }
        Slot::new(Kind::Scalar(Scalar::Double))
    }

    /// Notes each assertion that is left to the service, once.
    fn note_assertions(&mut self, parts: &[Part<'a>]) {
        for part in parts {
            let keys = part.object.keys();
            for key in keys.filter(|key| is_one_of(ASSERTIONS, key)) {
                let at = part.at.join(key);
                if self.said.insert(format!("assertion {at}")) {
                    self.note(
                        "lower/assertion",
                        &at,
                        format!("`{key}` is left to the service: no type of Rust expresses it"),
                        "Nothing has to be done; values that do not fit are refused by the service.",
                    );
                }
            }
        }
    }
}

/// Returns the type that the keywords imply where none is named.
fn implied(parts: &[Part<'_>]) -> Vec<&'static str> {
    let has = |list: &str| parts.iter().any(|part| has_one_of(list, part.object));
    let implied = IMPLIED.iter().find(|(_, list)| has(list));
    implied.map(|(json, _)| *json).into_iter().collect()
}
