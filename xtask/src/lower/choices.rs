//! `oneOf` and `anyOf`: from the alternatives of a schema to the choices of a union.

use serde_json::Value;

use super::conjunction::Part;
use super::context::{Lowering, Object, list, members, text};
use super::keywords::{MEANINGFUL, TYPED, has_one_of, says_nothing};
use super::names::is_name;
use super::separate::Choice;
use crate::core::{Kind, Scalar, Slot};
use crate::pointer::Pointer;

/// The alternatives of one `oneOf` or `anyOf`.
struct Alternatives<'a> {
    /// The part that has the keyword.
    part: Part<'a>,
    keyword: &'static str,
    all: Vec<(&'a Value, Pointer)>,
    null: bool,
}

impl<'a> Lowering<'a> {
    /// Returns the slot for values that fit one of the alternatives of a part, and all parts; `None` where no part has
    /// any.
    pub(super) fn disjunction(&mut self, parts: &[Part<'a>], at: &Pointer) -> Option<Slot> {
        let mut found: Vec<Alternatives<'a>> = Vec::new();
        for part in parts.iter().filter(|part| !part.settled) {
            for keyword in ["oneOf", "anyOf"] {
                if part.object.contains_key(keyword) {
                    found.extend(self.alternatives(part, keyword, at));
                }
            }
        }
        let only = match found.len() {
            0 => return None,
            1 => found.pop()?,
            _ => {
                self.note(
                    "lower/several-unions",
                    at,
                    "values have to fit alternatives of several lists at once; any value is taken here",
                    "Write the combinations as one `oneOf` with an overlay action.",
                );
                return Some(Slot::any());
            }
        };
        let settle = |part: &Part<'a>| Part {
            settled: true,
            ..part.clone()
        };
        let settled: Vec<Part<'a>> = parts.iter().map(settle).collect();
        let mut objects = settled.iter().map(|part| part.object);
        let shared = objects.any(|object| has_one_of(MEANINGFUL, object));
        let tag = only.part.object.get("discriminator");
        let tag = tag.and_then(Value::as_object);
        let mut choices = Vec::new();
        for (index, (schema, place)) in only.all.iter().enumerate() {
            let slot = match schema {
                Value::Object(object) if shared => {
                    let base = self.parts(object, place);
                    let has = |part: &Part<'_>| base.iter().any(|other| other.at == part.at);
                    if settled.iter().all(has) {
                        // It inherits what stands beside the alternatives.
                        self.slot(schema, place)
                    } else {
                        let mut all = settled.clone();
                        all.extend(
                            base.into_iter()
                                .filter(|part| !settled.iter().any(|other| other.at == part.at)),
                        );
                        self.conjunction(&all, &at.join(only.keyword).join(index))
                    }
                }
                _ => self.slot(schema, place),
            };
            let mut choice = self.choice(slot, place);
            choice.tags = tag.map(|tag| self.tags(tag, schema)).unwrap_or_default();
            choices.push(choice);
        }
        let tag = tag.map(|tag| text(tag, "propertyName"));
        Some(self.union_with_tag(choices, tag, at).or_null(only.null))
    }

    /// Returns the alternatives of a part that say something of the values; `None` where none does, or where they lead
    /// back.
    fn alternatives(
        &mut self,
        part: &Part<'a>,
        keyword: &'static str,
        at: &Pointer,
    ) -> Option<Alternatives<'a>> {
        let place = part.at.join(keyword);
        let (mut all, mut null, mut untyped) = (Vec::new(), false, false);
        for (index, schema) in list(part.object.get(keyword)).enumerate() {
            let place = place.join(index);
            if is_null(schema) {
                null = true;
            } else if schema.as_object().is_some_and(says_no_type) {
                untyped = true;
            } else {
                all.push((schema, place));
            }
        }
        // A variant that inherits from the union that lists it: it is one of the alternatives already.
        let inherited = !part.at.is_within(at);
        if inherited && all.iter().any(|(schema, _)| self.is_open(schema)) {
            return None;
        }
        if untyped {
            self.note(
                "lower/assertion",
                &place,
                format!("alternatives of `{keyword}` that name no type are left to the service"),
                "Nothing has to be done; values that fit none are refused by the service.",
            );
        }
        if all.is_empty() {
            return None;
        }
        Some(Alternatives {
            part: part.clone(),
            keyword,
            all,
            null,
        })
    }

    fn is_open(&self, schema: &Value) -> bool {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(Pointer::from_local_reference);
        target.is_some_and(|target| self.open.contains_key(&target))
    }

    /// Returns the choice of `slot`, for the alternative at `at`.
    pub(super) fn choice(&mut self, slot: Slot, at: &Pointer) -> Choice {
        let schema = at.resolve(&self.document.root).and_then(Value::as_object);
        let title = schema
            .map(|schema| text(schema, "title"))
            .filter(|title| is_name(title));
        let kind = match &slot.kind {
            Kind::Any => "Value",
            Kind::Scalar(Scalar::Boolean) => "Boolean",
            Kind::Scalar(Scalar::Double | Scalar::Float) => "Number",
            Kind::Scalar(Scalar::String | Scalar::Secret | Scalar::Format { .. }) => "String",
            Kind::Scalar(_) => "Integer",
            Kind::List(_) => "List",
            Kind::Map(_) => "Map",
            Kind::Type(name) => name,
        };
        let name = title.unwrap_or_else(|| kind.to_owned());
        Choice {
            name,
            slot,
            tags: Vec::new(),
            description: schema
                .map(|schema| text(schema, "description"))
                .unwrap_or_default(),
        }
    }

    /// Returns the values of a discriminator that stand for an alternative.
    fn tags(&mut self, discriminator: &Object, schema: &Value) -> Vec<String> {
        let Some(reference) = schema.get("$ref").and_then(Value::as_str) else {
            return Vec::new();
        };
        let name = reference.rsplit('/').next().unwrap_or_default();
        let mapped: Vec<String> = members(discriminator.get("mapping"))
            .filter(|(_, target)| {
                target
                    .as_str()
                    .is_some_and(|target| target == reference || target == name)
            })
            .map(|(value, _)| value.clone())
            .collect();
        if mapped.is_empty() {
            vec![name.to_owned()]
        } else {
            mapped
        }
    }
}

/// Returns whether the schema takes `null` alone.
fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|json| json == "null")
        || schema.get("const").is_some_and(Value::is_null)
        || schema
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}

/// Returns whether the schema only restricts values, such as by the properties that have to be there.
fn says_no_type(schema: &Object) -> bool {
    !says_nothing(schema) && !has_one_of(TYPED, schema)
}
