//! References: progenitor panics on one that leads nowhere, looks only at the last token of one, and
//! never comes back from one that leads to itself.

use std::collections::HashSet;

use super::schema::{COMPOSITIONS, children};
use super::survey::{Kind, Node, Survey};
use crate::finding::Findings;

pub(super) fn check(survey: &Survey<'_>, findings: &mut Findings) {
    let mut holders = Holders::default();
    holders.collect(survey);
    for (kind, node) in &holders.references {
        check_reference(survey, *kind, node, findings);
    }
    for kind in [
        Kind::Schema,
        Kind::Parameter,
        Kind::RequestBody,
        Kind::Response,
    ] {
        check_circles(survey, kind, findings);
    }
    check_composition_circles(survey, findings);
}

/// The places in the document that hold a reference progenitor follows.
#[derive(Default)]
struct Holders<'a> {
    references: Vec<(Kind, Node<'a>)>,
}

impl<'a> Holders<'a> {
    fn collect(&mut self, survey: &Survey<'a>) {
        for (_, node) in survey.components(Kind::Schema) {
            self.schema(node);
        }
        for (_, node) in survey.components(Kind::Parameter) {
            self.holder(Kind::Parameter, &node);
        }
        for (_, node) in survey.components(Kind::RequestBody) {
            self.holder(Kind::RequestBody, &node);
        }
        for (_, node) in survey.components(Kind::Response) {
            self.holder(Kind::Response, &node);
        }
        for (_, item) in survey.root().members_of("paths") {
            self.parameters(&item);
        }
        for operation in &survey.operations {
            self.parameters(&operation.node);
            if let Some(body) = operation.node.get("requestBody") {
                self.holder(Kind::RequestBody, &body);
            }
            for (status, response) in operation.node.members_of("responses") {
                if !status.starts_with("x-") {
                    self.holder(Kind::Response, &response);
                }
            }
        }
    }

    fn parameters(&mut self, holder: &Node<'a>) {
        for parameter in holder.elements_of("parameters") {
            self.holder(Kind::Parameter, &parameter);
        }
    }

    /// A parameter, request body or response: a reference itself, or with schemas inside.
    fn holder(&mut self, kind: Kind, node: &Node<'a>) {
        if node.has("$ref") {
            self.references.push((kind, node.clone()));
            return;
        }
        if let Some(schema) = node.get("schema") {
            self.schema(schema);
        }
        for (_, media_type) in node.members_of("content") {
            if let Some(schema) = media_type.get("schema") {
                self.schema(schema);
            }
        }
    }

    fn schema(&mut self, schema: Node<'a>) {
        let mut pending = vec![schema];
        while let Some(schema) = pending.pop() {
            if schema.has("$ref") {
                self.references.push((Kind::Schema, schema));
            } else {
                pending.extend(children(&schema));
            }
        }
    }
}

fn check_reference(survey: &Survey<'_>, kind: Kind, node: &Node<'_>, findings: &mut Findings) {
    let pointer = node.pointer.join("$ref");
    let Some(reference) = node.text("$ref") else {
        findings.push(survey.error(
            "preflight/reference-kind",
            &pointer,
            "The `$ref` is no text, so that progenitor looks at what stands beside it.",
            format!(
                "Refer to {} as `#/components/{}/<name>`.",
                kind.noun(),
                kind.section()
            ),
        ));
        return;
    };
    if survey.lookup(kind, reference).is_some() {
        return;
    }
    let section = kind.section();
    let prefix = format!("#/components/{section}/");
    let (code, message, next) = match reference.strip_prefix(prefix.as_str()) {
        Some(name) if name.contains('/') => (
            "preflight/nested-reference",
            format!(
                "The reference `{reference}` leads into a component; progenitor takes only its last token for a name."
            ),
            format!("Move what it refers to into a component of its own under `{prefix}`."),
        ),
        Some(_) => (
            "preflight/unresolved-reference",
            format!("The reference `{reference}` leads to nothing."),
            format!("Add the component under `components/{section}`, or correct the reference."),
        ),
        None => (
            "preflight/reference-kind",
            format!(
                "The reference `{reference}` stands where {} belongs, and is none that progenitor follows.",
                kind.noun()
            ),
            format!("Refer to {} as `{prefix}<name>`.", kind.noun()),
        ),
    };
    findings.push(survey.error(code, &pointer, message, next));
}

/// Components that are nothing but references, in a circle.
fn check_circles(survey: &Survey<'_>, kind: Kind, findings: &mut Findings) {
    let mut reported = HashSet::new();
    // The references that have been seen to come to an end, so that a long chain is walked along once.
    let mut ending = HashSet::new();
    for (name, start) in survey.components(kind) {
        let mut chain = HashSet::new();
        let mut ends = true;
        let mut node = start.clone();
        while let Some(next) = node
            .text("$ref")
            .and_then(|reference| survey.lookup(kind, reference))
        {
            if ending.contains(&next.pointer) {
                break;
            }
            if !chain.insert(next.pointer.clone()) {
                ends = false;
                break;
            }
            node = next;
        }
        if ends {
            ending.extend(chain);
        } else if chain.contains(&start.pointer) && reported.insert(start.pointer.clone()) {
            reported.extend(chain);
            findings.push(survey.error(
                "preflight/circular-reference",
                &start.pointer,
                format!("The component `{name}` is a reference that leads back to itself."),
                "Write out what it stands for at one place of the circle.",
            ));
        }
    }
}

/// Schemas composed of themselves by `allOf`, `oneOf`, `anyOf` or a plain reference, with no property
/// or array in between that could end the recursion.
fn check_composition_circles(survey: &Survey<'_>, findings: &mut Findings) {
    let mut reported = HashSet::new();
    for (name, start) in survey.components(Kind::Schema) {
        if start.has("$ref") {
            continue;
        }
        let mut pending = parts(survey, &start);
        let mut seen = HashSet::new();
        while let Some(part) = pending.pop() {
            if part.pointer == start.pointer && reported.insert(start.pointer.clone()) {
                findings.push(survey.error(
                    "preflight/circular-composition",
                    &start.pointer,
                    format!(
                        "The schema `{name}` is composed of itself, so that no value has an end."
                    ),
                    "Take the schema out of its own `allOf`, `oneOf` or `anyOf`.",
                ));
                break;
            }
            if seen.insert(part.pointer.clone()) {
                pending.extend(parts(survey, &part));
            }
        }
    }
}

/// The schemas that `schema` is composed of, with references followed by one step.
fn parts<'a>(survey: &Survey<'a>, schema: &Node<'a>) -> Vec<Node<'a>> {
    if let Some(reference) = schema.text("$ref") {
        return survey.lookup(Kind::Schema, reference).into_iter().collect();
    }
    let mut parts: Vec<_> = COMPOSITIONS
        .iter()
        .flat_map(|key| schema.elements_of(key))
        .collect();
    parts.extend(schema.get("not"));
    parts
}
