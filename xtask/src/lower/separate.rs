//! Distinguishes the choices of a union by the form of their values.

use std::collections::HashSet;

use super::context::Lowering;
use crate::core::{Kind, Property, Scalar, Shape, Slot, Struct};
use crate::pointer::Pointer;

/// One of several slots that a value may fit.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// The name that the variant would have.
    pub(super) name: String,
    pub(super) slot: Slot,
    /// The values of the tag that stand for it.
    pub(super) tags: Vec<String>,
    pub(super) description: String,
}

/// The kinds of JSON values other than `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Json {
    Boolean,
    Number,
    String,
    List,
    Object,
}

impl Json {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Boolean => "Boolean",
            Self::Number => "Number",
            Self::String => "String",
            Self::List => "List",
            Self::Object => "Object",
        }
    }
}

impl Lowering<'_> {
    /// Returns the kinds of JSON that fit a slot, if they are known.
    pub(super) fn json_of(&self, slot: &Slot) -> Option<HashSet<Json>> {
        let one = |json| Some(HashSet::from([json]));
        match &slot.kind {
            Kind::Any => None,
            Kind::List(_) => one(Json::List),
            Kind::Map(_) => one(Json::Object),
            Kind::Scalar(scalar) => match scalar {
                Scalar::Boolean => one(Json::Boolean),
                Scalar::String | Scalar::Secret => one(Json::String),
                Scalar::Format { json, .. } if json == "string" => one(Json::String),
                _ => one(Json::Number),
            },
            Kind::Type(name) => match &self.type_named(name)?.shape {
                Shape::Struct(_) => one(Json::Object),
                Shape::Enum(_) => one(Json::String),
                Shape::Alias(slot) => self.json_of(slot),
                Shape::Union(union) => {
                    let mut all = HashSet::new();
                    for variant in &union.variants {
                        // A variant may hold the union itself; its others say what it is.
                        if variant.slot.kind != slot.kind {
                            all.extend(self.json_of(&variant.slot)?);
                        }
                    }
                    Some(all)
                }
            },
        }
    }

    fn shape_of(&self, slot: &Slot) -> Option<&Shape> {
        match &slot.kind {
            Kind::Type(name) => self.type_named(name).map(|named| &named.shape),
            _ => None,
        }
    }

    fn struct_of(&self, slot: &Slot) -> Option<&Struct> {
        match self.shape_of(slot)? {
            Shape::Struct(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the values of the enum that a slot has.
    pub(super) fn listed(&self, slot: &Slot) -> Option<Vec<String>> {
        match self.shape_of(slot)? {
            Shape::Enum(listed) => Some(listed.values.iter().map(|it| it.value.clone()).collect()),
            _ => None,
        }
    }

    /// Returns the member that every choice requires, each with other values.
    pub(super) fn implied_tag(&self, choices: &[Choice]) -> Option<String> {
        let first = self.struct_of(&choices.first()?.slot)?;
        let is_tag = |name: &str| {
            let mut seen = HashSet::new();
            choices.iter().all(|choice| {
                let property = self
                    .struct_of(&choice.slot)
                    .and_then(|object| named(object, name));
                let values = property
                    .filter(|property| property.required)
                    .and_then(|property| self.listed(&property.slot));
                values.is_some_and(|values| values.into_iter().all(|value| seen.insert(value)))
            })
        };
        let mut names = first.properties.iter().map(|property| &property.name);
        names.find(|name| is_tag(name)).cloned()
    }

    /// Returns whether every choice is a struct with tag values that no other has, and gives it those that its property
    /// lists.
    pub(super) fn can_be_tagged(&self, tag: &str, choices: &mut [Choice]) -> bool {
        let mut seen = HashSet::new();
        for choice in choices.iter_mut() {
            let Some(object) = self.struct_of(&choice.slot) else {
                return false;
            };
            let listed = named(object, tag).and_then(|property| self.listed(&property.slot));
            let free = |values: &Vec<String>| !values.iter().any(|value| seen.contains(value));
            match listed {
                // A property that several share lists the values of all of them.
                Some(listed) if free(&listed) && (choice.tags.is_empty() || listed.len() == 1) => {
                    choice.tags = listed;
                }
                _ => {}
            }
            if choice.tags.is_empty() || !choice.tags.iter().all(|value| seen.insert(value.clone()))
            {
                return false;
            }
        }
        true
    }

    /// Orders the choices so that the first that can be read is the right one, if that is possible.
    pub(super) fn in_order(&self, mut choices: Vec<Choice>) -> Option<Vec<Choice>> {
        let mut ordered = Vec::new();
        while !choices.is_empty() {
            let first = choices.iter().position(|choice| {
                choices.iter().all(|other| {
                    choice.slot == other.slot || self.never_takes(&choice.slot, &other.slot)
                })
            })?;
            ordered.push(choices.remove(first));
        }
        Some(ordered)
    }

    /// Returns whether reading a value of `other` as `slot` fails, or loses nothing.
    fn never_takes(&self, slot: &Slot, other: &Slot) -> bool {
        let (Some(object), Some(other)) = (self.struct_of(slot), self.struct_of(other)) else {
            return false;
        };
        let separates = |property: &Property| {
            property.required
                && match named(other, &property.name) {
                    None => other.rest.is_none(),
                    Some(others) => {
                        match (self.json_of(&property.slot), self.json_of(&others.slot)) {
                            (Some(kinds), Some(others)) => kinds.is_disjoint(&others),
                            _ => false,
                        }
                    }
                }
        };
        let covers = || {
            other.rest.is_none()
                && other.properties.iter().all(|property| {
                    named(object, &property.name).is_some_and(|it| it.slot == property.slot)
                })
        };
        object.properties.iter().any(separates) || covers()
    }

    /// Returns one struct with the members of all these objects, of which only those are required that all of them
    /// require.
    pub(super) fn merged(&mut self, group: &[Choice], at: &Pointer) -> Slot {
        let structs: Option<Vec<Struct>> = group
            .iter()
            .map(|choice| self.struct_of(&choice.slot).cloned())
            .collect();
        let Some(structs) = structs else {
            self.note_union(
                at,
                "one of the objects has members of any name, so that all of them may",
            );
            return Slot::new(Kind::Map(Box::new(Slot::any())));
        };
        self.note_union(
            at,
            "the objects cannot be told apart, and are read as one with the members of all",
        );
        let mut all = Struct::default();
        let mut taken = HashSet::new();
        for object in &structs {
            for property in &object.properties {
                let required = structs.iter().all(|object| {
                    named(object, &property.name).is_some_and(|property| property.required)
                });
                match all
                    .properties
                    .iter_mut()
                    .find(|other| other.name == property.name)
                {
                    Some(other) if other.slot == property.slot => {}
                    Some(other) => other.slot = Slot::any(),
                    None => {
                        let mut property = property.clone();
                        property.field = super::names::field(&property.name, &mut taken);
                        property.required = required;
                        all.properties.push(property);
                    }
                }
            }
            if let Some(rest) = &object.rest {
                all.rest = Some(match &all.rest {
                    Some(other) if other != rest => Slot::any(),
                    _ => rest.clone(),
                });
            }
        }
        let name = self.name_of(at);
        self.add_type(&name, at, Shape::Struct(all));
        Slot::new(Kind::Type(name))
    }
}

fn named<'a>(object: &'a Struct, name: &str) -> Option<&'a Property> {
    object
        .properties
        .iter()
        .find(|property| property.name == name)
}
