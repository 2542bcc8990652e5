//! The fields of a struct: their Rust names must differ.

use std::collections::HashMap;

use super::merging::merges;
use super::survey::{Kind, Node, Survey};
use crate::finding::Findings;
use crate::names::{Case, type_case};

/// How deep the parts of intersections are followed.
const DEPTH: usize = 16;

/// A member of an object that becomes a field.
struct Field<'a> {
    name: &'a str,
    node: Node<'a>,
}

pub(super) fn check<'a>(survey: &Survey<'a>, schema: &Node<'a>, findings: &mut Findings) {
    let mut fields = Vec::new();
    let mut open = false;
    let parts = schema.has("allOf") && merges(schema);
    collect(
        survey,
        schema,
        if parts { DEPTH } else { 0 },
        &mut fields,
        &mut open,
    );
    let mut seen: HashMap<String, &Field<'a>> = HashMap::new();
    for field in &fields {
        let rust = type_case(field.name, Case::Snake);
        let Some(first) = seen.get(&rust) else {
            seen.insert(rust, field);
            continue;
        };
        if first.name == field.name {
            continue; // The same property in two parts of an intersection.
        }
        let finding = survey.error(
            "preflight/property-collision",
            &field.node.pointer,
            format!(
                "The properties `{}` and `{}` both become the field `{rust}`.",
                first.name, field.name
            ),
            "Remove one of the two with an action of the overlay.",
        );
        findings.push(finding.related(survey.locate(&first.node.pointer), "the other property"));
    }
    if let Some(extra) = seen.get("extra").filter(|_| open) {
        findings.push(survey.error(
            "preflight/property-collision",
            &extra.node.pointer,
            "The property becomes the field `extra`, which typify also makes for `additionalProperties`.",
            "Remove the property or `additionalProperties` with an action of the overlay.",
        ));
    }
}

/// The fields of `schema`, and of what it is merged with; `open` if members of any name follow them.
fn collect<'a>(
    survey: &Survey<'a>,
    schema: &Node<'a>,
    depth: usize,
    fields: &mut Vec<Field<'a>>,
    open: &mut bool,
) {
    let properties = schema.members_of("properties");
    let undeclared = schema
        .elements_of("required")
        .into_iter()
        .filter_map(|node| {
            let name = node.value.as_str()?;
            let declared = properties.iter().any(|(property, _)| *property == name);
            (!declared).then_some(Field { name, node })
        });
    let undeclared: Vec<_> = undeclared.collect();
    fields.extend(
        properties
            .into_iter()
            .map(|(name, node)| Field { name, node }),
    );
    fields.extend(undeclared);
    *open |= schema
        .get("additionalProperties")
        .is_some_and(|rest| rest.value.is_object());
    if depth > 0 {
        for part in schema.elements_of("allOf") {
            if let Some(part) = survey.resolve(Kind::Schema, &part) {
                collect(survey, &part, depth - 1, fields, open);
            }
        }
    }
}
