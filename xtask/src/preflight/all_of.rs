//! Intersections: typify merges the parts of an `allOf` into one schema. Parts that contradict each
//! other become a type without a value, and parts that lead back to themselves by different ways keep
//! it busy until the stack overflows.

use std::collections::HashSet;

use serde_json::Value;

use super::schema::type_of;
use super::survey::{Kind, Node, Survey};
use crate::finding::{Finding, Findings};
use crate::pointer::Pointer;

/// How deep merging is followed.
const DEPTH: usize = 32;

pub(super) fn check<'a>(survey: &Survey<'a>, schema: &Node<'a>, findings: &mut Findings) {
    let mut parts = schema.elements_of("allOf");
    if parts.is_empty() || schema.has("$ref") {
        return;
    }
    if schema.members().any(|(key, _)| {
        matches!(
            key,
            "type" | "properties" | "required" | "additionalProperties" | "enum"
        )
    }) {
        parts.push(schema.clone());
    }
    warn_of_union(survey, schema, &parts, findings);
    let mut merge = Merge {
        survey,
        active: HashSet::new(),
        finding: None,
    };
    let mut rest = parts.as_slice();
    while let Some((part, others)) = rest.split_first() {
        if merge.finding.is_none() {
            others
                .iter()
                .for_each(|other| merge.pair(part, other, DEPTH));
        }
        rest = others;
    }
    findings.extend(merge.finding);
}

/// A union among several parts, which typify multiplies out.
fn warn_of_union<'a>(
    survey: &Survey<'a>,
    schema: &Node<'a>,
    parts: &[Node<'a>],
    findings: &mut Findings,
) {
    let union = |part: &Node<'a>| {
        let part = survey.plain_schema(part);
        part.is_some_and(|part| part.has("oneOf") || part.has("anyOf"))
    };
    if parts.len() > 1 && parts.iter().any(union) {
        findings.push(survey.warning(
            "preflight/merged-union",
            &schema.pointer.join("allOf"),
            "typify merges this union with what stands beside it into types of its own.",
            "See that the generated types are what is meant, or write them out with actions of the overlay.",
        ));
    }
}

/// The merging of two schemas, as far as it can go wrong.
struct Merge<'s, 'a> {
    survey: &'s Survey<'a>,
    /// The pairs being merged: one that comes up again inside itself never ends.
    active: HashSet<(Pointer, Pointer)>,
    finding: Option<Finding>,
}

impl<'a> Merge<'_, 'a> {
    fn pair(&mut self, one: &Node<'a>, other: &Node<'a>, depth: usize) {
        let reference = one.text("$ref");
        if self.finding.is_some() || (reference.is_some() && reference == other.text("$ref")) {
            return;
        }
        let resolve = |node| self.survey.resolve(Kind::Schema, node);
        let (Some(left), Some(right)) = (resolve(one), resolve(other)) else {
            return;
        };
        let key = (left.pointer.clone(), right.pointer.clone());
        if depth == 0 || !self.active.insert(key.clone()) {
            self.report(
                "preflight/endless-merge",
                one,
                other,
                "lead back to themselves, so that merging them never ends",
            );
            return;
        }
        self.parts(&left, &right, depth);
        self.constraints(&left, &right);
        self.properties(&left, &right, depth);
        self.active.remove(&key);
    }

    /// The schema itself is merged with each part of an `allOf` on the other side.
    fn parts(&mut self, left: &Node<'a>, right: &Node<'a>, depth: usize) {
        for part in left.elements_of("allOf") {
            self.pair(&part, right, depth - 1);
        }
        for part in right.elements_of("allOf") {
            self.pair(left, &part, depth - 1);
        }
    }

    fn constraints(&mut self, left: &Node<'a>, right: &Node<'a>) {
        if let (Some(one), Some(other)) = (type_of(left), type_of(right)) {
            let numbers = matches!((one, other), ("integer", "number") | ("number", "integer"));
            if one != other {
                let what = if numbers {
                    "have the types `integer` and `number`, which typify cannot merge"
                } else {
                    "have different types"
                };
                self.report("preflight/all-of-empty", left, right, what);
            }
        }
        let values = |node: &Node<'a>| node.value.get("enum").and_then(Value::as_array).cloned();
        if let (Some(one), Some(other)) = (values(left), values(right)) {
            if !one.iter().any(|value| other.contains(value)) {
                self.report(
                    "preflight/all-of-empty",
                    left,
                    right,
                    "have enums without a common value",
                );
            }
        }
        if let (Some(one), Some(other)) = (left.text("format"), right.text("format")) {
            if one != other {
                self.report(
                    "preflight/all-of-empty",
                    left,
                    right,
                    "have different formats",
                );
            }
        }
        let bound = |node: &Node<'a>, key: &str| node.value.get(key).and_then(Value::as_f64);
        for (least, most) in [
            ("minimum", "maximum"),
            ("minLength", "maxLength"),
            ("minItems", "maxItems"),
        ] {
            for (one, other) in [(left, right), (right, left)] {
                if bound(one, least)
                    .zip(bound(other, most))
                    .is_some_and(|(least, most)| least > most)
                {
                    self.report(
                        "preflight/all-of-empty",
                        left,
                        right,
                        "have bounds that exclude each other",
                    );
                }
            }
        }
    }

    fn properties(&mut self, left: &Node<'a>, right: &Node<'a>, depth: usize) {
        for (one, other) in [(left, right), (right, left)] {
            let closed = one.value.get("additionalProperties") == Some(&Value::Bool(false));
            let declared = one.members_of("properties");
            let missing = |name: &&str| !declared.iter().any(|(property, _)| property == name);
            if closed && other.texts_of("required").iter().any(missing) {
                let what = "exclude each other: one requires what `additionalProperties: false` of the other forbids";
                self.report("preflight/all-of-empty", left, right, what);
            }
        }
        for (name, one) in left.members_of("properties") {
            if let Some(other) = right
                .get("properties")
                .and_then(|properties| properties.get(name))
            {
                self.pair(&one, &other, depth - 1);
            }
        }
        if let (Some(one), Some(other)) = (left.get("items"), right.get("items")) {
            self.pair(&one, &other, depth - 1);
        }
    }

    fn report(&mut self, code: &'static str, one: &Node<'a>, other: &Node<'a>, what: &str) {
        if self.finding.is_some() {
            return;
        }
        let message = format!("Two schemas that an `allOf` brings together {what}.");
        let next = "Remove one of them from the `allOf` with an action of the overlay.";
        let finding = self.survey.error(code, &other.pointer, message, next);
        self.finding = Some(finding.related(self.survey.locate(&one.pointer), "the other schema"));
    }
}
