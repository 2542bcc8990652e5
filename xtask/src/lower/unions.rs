//! Unions: choices that can be distinguished, or else one slot for the values of all.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::context::Lowering;
use super::names::{pascal, unique};
use super::separate::{Choice, Json};
use crate::core::{Kind, Scalar, Shape, Slot, Tag, Union, Variant};
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Returns the slot for values that fit one of the choices.
    pub(super) fn union(&mut self, choices: Vec<Choice>, at: &Pointer) -> Slot {
        self.union_with_tag(choices, None, at)
    }

    /// Returns the same, for choices that a member of the value may distinguish.
    pub(super) fn union_with_tag(
        &mut self,
        choices: Vec<Choice>,
        tag: Option<String>,
        at: &Pointer,
    ) -> Slot {
        let nullable = choices.iter().any(|choice| choice.slot.nullable);
        let mut distinct: Vec<Choice> = Vec::new();
        for mut choice in choices {
            choice.slot.nullable = false;
            match distinct.iter_mut().find(|other| other.slot == choice.slot) {
                Some(other) => other.tags.extend(choice.tags),
                None => distinct.push(choice),
            }
        }
        if let [only] = distinct.as_slice() {
            return only.slot.clone().or_null(nullable);
        }
        if let Some(tag) = tag
            .filter(|tag| !tag.is_empty())
            .or_else(|| self.implied_tag(&distinct))
            && self.can_be_tagged(&tag, &mut distinct)
        {
            return self
                .add_union(distinct, Some(Tag { name: tag }), at)
                .or_null(nullable);
        }
        self.untagged(distinct, at).or_null(nullable)
    }

    /// Returns a union whose variants are distinguished by the form of their values.
    fn untagged(&mut self, choices: Vec<Choice>, at: &Pointer) -> Slot {
        let kinds = choices.iter().map(|choice| self.json_of(&choice.slot));
        let Some(kinds) = kinds.collect::<Option<Vec<_>>>() else {
            return self.widen(at);
        };
        let mut groups: Vec<(HashSet<Json>, Vec<Choice>)> = Vec::new();
        for (kinds, choice) in kinds.into_iter().zip(choices) {
            let (same, others): (Vec<_>, Vec<_>) = groups
                .into_iter()
                .partition(|(other, _)| !other.is_disjoint(&kinds));
            groups = others;
            let mut merged = (kinds, Vec::new());
            for (kinds, choices) in same {
                merged.0.extend(kinds);
                merged.1.extend(choices);
            }
            merged.1.push(choice);
            groups.push(merged);
        }
        let alone = groups.len() == 1;
        let mut variants = Vec::new();
        for (kinds, group) in groups {
            match self.group(&kinds, group, alone, at) {
                Some(choices) => variants.extend(choices),
                None => return self.widen(at),
            }
        }
        match variants.as_slice() {
            [only] => only.slot.clone(),
            _ => self.add_union(variants, None, at),
        }
    }

    /// Choices of the same kind of JSON, distinguished or merged into one; `None` where only any value takes them all.
    fn group(
        &mut self,
        kinds: &HashSet<Json>,
        group: Vec<Choice>,
        alone: bool,
        at: &Pointer,
    ) -> Option<Vec<Choice>> {
        if group.len() == 1 {
            return Some(group);
        }
        let kind = kinds.iter().next().filter(|_| kinds.len() == 1)?;
        let (place, name) = match alone {
            true => (at.clone(), ""),
            false => (at.join(kind.name()), kind.name()),
        };
        let slot = match kind {
            Json::Boolean => Slot::new(Kind::Scalar(Scalar::Boolean)),
            Json::Number => self.number(&group, at),
            Json::String => self.text_of(&group, &place),
            Json::List => {
                self.note_union(
                    at,
                    "lists are told apart by their items, which is not tried",
                );
                Slot::new(Kind::List(Box::new(Slot::any())))
            }
            Json::Object => match self.in_order(group.clone()) {
                Some(choices) => return Some(choices),
                None => self.merged(&group, &place),
            },
        };
        Some(vec![Choice {
            name: name.to_owned(),
            slot,
            tags: Vec::new(),
            description: String::new(),
        }])
    }

    /// Returns the number that takes all of these.
    fn number(&mut self, group: &[Choice], at: &Pointer) -> Slot {
        let scalars = group.iter().map(|choice| &choice.slot.kind);
        if scalars
            .clone()
            .any(|it| matches!(it, Kind::Scalar(Scalar::Format { .. })))
        {
            return Slot::any();
        }
        let kinds: Vec<&Kind> = scalars.collect();
        let has = |scalar| kinds.contains(&&Kind::Scalar(scalar));
        let (unsigned, signed) = (
            has(Scalar::UInt64),
            has(Scalar::Int64) || has(Scalar::Int32),
        );
        let scalar = if has(Scalar::Double) || (unsigned && signed) {
            self.note_union(
                at,
                "an integer and a number are both read as a floating-point number",
            );
            Scalar::Double
        } else if unsigned {
            Scalar::UInt64
        } else {
            Scalar::Int64
        };
        Slot::new(Kind::Scalar(scalar))
    }

    /// Returns the text that takes all of these: an enum of all values, or any text, which is secret where one of them
    /// is.
    fn text_of(&mut self, group: &[Choice], at: &Pointer) -> Slot {
        let listed = group.iter().map(|choice| self.listed(&choice.slot));
        if let Some(listed) = listed.collect::<Option<Vec<_>>>() {
            let values: IndexSet<String> = listed.into_iter().flatten().collect();
            return self.add_enum(values, at);
        }
        let secret = Kind::Scalar(Scalar::Secret);
        if group.iter().any(|choice| choice.slot.kind == secret) {
            return Slot::new(secret);
        }
        self.note_union(at, "one of the texts may be any text, so all of them may");
        Slot::string()
    }

    /// Adds the union of these choices at `at`.
    fn add_union(&mut self, choices: Vec<Choice>, tag: Option<Tag>, at: &Pointer) -> Slot {
        let name = self.name_of(at);
        let mut taken = HashSet::from(["Unknown".to_owned()]);
        let variants = choices
            .into_iter()
            .map(|choice| {
                // A type that is named after the union is a variant without that part of its name.
                let short = choice
                    .name
                    .strip_prefix(&name)
                    .filter(|rest| !rest.is_empty())
                    .unwrap_or(&choice.name);
                let variant = unique(&pascal(short), "", |name| taken.contains(name));
                taken.insert(variant.clone());
                Variant {
                    name: variant,
                    slot: choice.slot,
                    tags: choice.tags,
                    description: choice.description,
                }
            })
            .collect();
        self.add_type(&name, at, Shape::Union(Union { tag, variants }));
        Slot::new(Kind::Type(name))
    }

    /// Returns any value, for choices that cannot be distinguished.
    fn widen(&mut self, at: &Pointer) -> Slot {
        self.note_union(
            at,
            "the alternatives cannot be told apart, and any value is taken",
        );
        Slot::any()
    }

    pub(super) fn note_union(&mut self, at: &Pointer, message: &str) {
        self.note(
            "lower/union",
            at,
            message,
            "Give the alternatives a `discriminator`, or leave one of them, with an overlay action.",
        );
    }
}
