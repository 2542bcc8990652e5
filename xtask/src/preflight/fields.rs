//! The fields of a struct, or of a variant: their Rust names must differ.
//!
//! Where a union is merged with what stands beside it, or with another union, each combination of variants
//! becomes a variant of its own, which has the fields of all that is merged in it.

use std::collections::{HashMap, HashSet};

use super::merging::{merges, multiplies};
use super::survey::{Kind, Node, Survey};
use crate::finding::Findings;
use crate::names::{Case, type_case};
use crate::pointer::Pointer;

/// How deep the parts of compositions are followed.
const DEPTH: usize = 16;

/// The variants that something is in: of which union, and which one of that.
type Choices = Vec<(Pointer, usize)>;

/// A member of an object that becomes a field.
struct Field<'a> {
    name: &'a str,
    node: Node<'a>,
    choices: Choices,
}

/// What becomes fields when a schema and all that it is merged with are taken together.
struct Fields<'s, 'a> {
    survey: &'s Survey<'a>,
    fields: Vec<Field<'a>>,
    /// Where members of any name follow the fields.
    open: Vec<Choices>,
    seen: HashSet<(Pointer, Choices)>,
}

pub(super) fn check<'a>(survey: &Survey<'a>, schema: &Node<'a>, findings: &mut Findings) {
    let merged = merges(schema);
    if merged && multiplies(survey, schema) {
        return; // That has a finding of its own.
    }
    let mut found = Fields {
        survey,
        fields: Vec::new(),
        open: Vec::new(),
        seen: HashSet::new(),
    };
    found.collect(schema, if merged { DEPTH } else { 0 }, &Choices::new());
    let mut by_name: HashMap<String, Vec<&Field<'a>>> = HashMap::new();
    for field in &found.fields {
        let rust = type_case(field.name, Case::Snake);
        let same = by_name.entry(rust.clone()).or_default();
        // The same property in two parts of an intersection is one field.
        let other = same
            .iter()
            .find(|first| first.name != field.name && meet(&first.choices, &field.choices));
        if let Some(first) = other {
            let finding = survey.error(
                "preflight/property-collision",
                &field.node.pointer,
                format!(
                    "The properties `{}` and `{}` both become the field `{rust}`.",
                    first.name, field.name
                ),
                "Remove one of the two with an action of the overlay.",
            );
            let first = survey.locate(&first.node.pointer);
            findings.push(finding.related(first, "the other property"));
        } else {
            same.push(field);
        }
    }
    let extra = by_name.get("extra").into_iter().flatten().find(|extra| {
        let mut open = found.open.iter();
        open.any(|open| meet(open, &extra.choices))
    });
    if let Some(extra) = extra {
        findings.push(survey.error(
            "preflight/property-collision",
            &extra.node.pointer,
            "The property becomes the field `extra`, which typify also makes for `additionalProperties`.",
            "Remove the property or `additionalProperties` with an action of the overlay.",
        ));
    }
}

/// Whether there is a combination of variants that has both: none has two variants of one union.
fn meet(one: &Choices, other: &Choices) -> bool {
    one.iter().all(|(union, variant)| {
        let mut others = other.iter();
        others.all(|(other, chosen)| union != other || variant == chosen)
    })
}

impl<'a> Fields<'_, 'a> {
    fn collect(&mut self, schema: &Node<'a>, depth: usize, choices: &Choices) {
        if !self.seen.insert((schema.pointer.clone(), choices.clone())) {
            return;
        }
        let field = |name, node| Field {
            name,
            node,
            choices: choices.clone(),
        };
        let properties = schema.members_of("properties");
        let undeclared = schema.elements_of("required").into_iter();
        let undeclared = undeclared.filter_map(|node| {
            let name = node.value.as_str()?;
            let declared = properties.iter().any(|(property, _)| *property == name);
            (!declared).then(|| field(name, node))
        });
        let undeclared: Vec<_> = undeclared.collect();
        let declared = properties.into_iter();
        self.fields
            .extend(declared.map(|(name, node)| field(name, node)));
        self.fields.extend(undeclared);
        if schema
            .get("additionalProperties")
            .is_some_and(|rest| rest.value.is_object())
        {
            self.open.push(choices.clone());
        }
        if depth > 0 {
            self.collect_parts(schema, depth - 1, choices);
        }
    }

    fn collect_parts(&mut self, schema: &Node<'a>, depth: usize, choices: &Choices) {
        for part in schema.elements_of("allOf") {
            if let Some(part) = self.survey.resolve(Kind::Schema, &part) {
                self.collect(&part, depth, choices);
            }
        }
        for key in ["oneOf", "anyOf"] {
            for (index, variant) in schema.elements_of(key).into_iter().enumerate() {
                if let Some(variant) = self.survey.resolve(Kind::Schema, &variant) {
                    let mut choices = choices.clone();
                    choices.push((schema.pointer.join(key), index));
                    self.collect(&variant, depth, &choices);
                }
            }
        }
    }
}
