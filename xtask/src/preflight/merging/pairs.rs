//! Two schemas being merged, with all that is inside them.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::combinations::{Combinations, MAX_COMBINATIONS};
use super::too_many_combinations;
use crate::finding::Finding;
use crate::pointer::Pointer;
use crate::preflight::schema::{type_of, type_of_value};
use crate::preflight::survey::{Kind, Node, Survey};

/// How deep merging is followed.
const DEPTH: usize = 32;

/// What has been found out.
#[derive(Default)]
struct Known {
    /// The pairs that have been merged, and whether they go together. Intersections that take in one another
    /// come to the same pairs on many ways, twice as many with each of them.
    together: HashMap<(Pointer, Pointer), bool>,
    combinations: Combinations,
}

/// The merging of two schemas, as far as it can go wrong.
pub(super) struct Merge<'s, 'a> {
    survey: &'s Survey<'a>,
    /// The pairs being merged: one that comes up again inside itself never ends.
    active: HashSet<(Pointer, Pointer)>,
    known: Known,
    pub(super) finding: Option<Finding>,
}

impl<'s, 'a> Merge<'s, 'a> {
    pub(super) fn new(survey: &'s Survey<'a>) -> Self {
        Self {
            survey,
            active: HashSet::new(),
            known: Known::default(),
            finding: None,
        }
    }

    /// Merges two schemas, neither of which is inside the other.
    pub(super) fn schemas(&mut self, one: &Node<'a>, other: &Node<'a>) {
        self.pair(one, other, DEPTH);
    }

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
        if self.known.together.get(&key) == Some(&true) {
            return;
        }
        if depth == 0 {
            let what = format!(
                "stand inside one another with {DEPTH} others, which is deeper than merging is followed"
            );
            self.report("preflight/too-deep", one, other, &what);
            return;
        }
        let mut combinations = |node| self.known.combinations.of(self.survey, node);
        if combinations(&left).saturating_mul(combinations(&right)) > MAX_COMBINATIONS {
            self.finding = Some(too_many_combinations(self.survey, &right.pointer));
            return;
        }
        if !self.active.insert(key.clone()) {
            self.report(
                "preflight/endless-merge",
                one,
                other,
                "lead back to themselves, so that merging them never ends",
            );
            return;
        }
        self.parts(&left, &right, depth);
        self.variants(&left, &right, depth);
        self.constraints(&left, &right);
        self.properties(&left, &right, depth);
        self.active.remove(&key);
        self.known.together.insert(key, self.finding.is_none());
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

    /// A union stays as long as one of its variants goes together with the other side.
    fn variants(&mut self, left: &Node<'a>, right: &Node<'a>, depth: usize) {
        for (union, other) in [(left, right), (right, left)] {
            let mut variants = union.elements_of("oneOf");
            variants.extend(union.elements_of("anyOf"));
            if !variants.is_empty()
                && union.pointer != other.pointer
                && !variants
                    .iter()
                    .any(|variant| self.goes_together(variant, other, depth - 1))
            {
                self.report(
                    "preflight/all-of-empty",
                    left,
                    right,
                    "have no value in common",
                );
            }
        }
    }

    /// Whether two schemas merge, without a finding where they do not.
    fn goes_together(&mut self, variant: &Node<'a>, other: &Node<'a>, depth: usize) -> bool {
        let key = (variant.pointer.clone(), other.pointer.clone());
        if let Some(known) = self.known.together.get(&key) {
            return *known;
        }
        let mut merge = Self::new(self.survey);
        std::mem::swap(&mut self.known, &mut merge.known);
        merge.pair(variant, other, depth);
        std::mem::swap(&mut self.known, &mut merge.known);
        let together = merge.finding.is_none();
        self.known.together.insert(key, together);
        together
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
        for (one, other) in [(left, right), (right, left)] {
            if excludes_all_of_enum(one, other) {
                self.report(
                    "preflight/all-of-empty",
                    left,
                    right,
                    "have no value in common: one lists values that are not of the type of the other",
                );
            }
        }
        let values = |node: &Node<'a>| node.value.get("enum").and_then(Value::as_array).cloned();
        if let (Some(one), Some(other)) = (values(left), values(right))
            && !one.iter().any(|value| other.contains(value))
        {
            self.report(
                "preflight/all-of-empty",
                left,
                right,
                "have enums without a common value",
            );
        }
        if let (Some(one), Some(other)) = (left.text("format"), right.text("format"))
            && one != other
        {
            self.report(
                "preflight/all-of-empty",
                left,
                right,
                "have different formats",
            );
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
        for (one, other) in [(left, right), (right, left)] {
            self.rest(one, other, depth);
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

    /// The properties of `other` that `one` does not declare are merged with its `additionalProperties`.
    fn rest(&mut self, one: &Node<'a>, other: &Node<'a>, depth: usize) {
        let Some(rest) = one
            .get("additionalProperties")
            .filter(|rest| rest.value.is_object())
        else {
            return;
        };
        for (name, property) in other.members_of("properties") {
            if one
                .get("properties")
                .is_none_or(|properties| !properties.has(name))
            {
                self.pair(&rest, &property, depth - 1);
            }
        }
    }

    fn report(&mut self, code: &'static str, one: &Node<'a>, other: &Node<'a>, what: &str) {
        if self.finding.is_some() {
            return;
        }
        let message = format!("Two schemas that typify merges {what}.");
        let next = "Correct or remove one of them with an action of the overlay.";
        let finding = self.survey.error(code, &other.pointer, message, next);
        self.finding = Some(finding.related(self.survey.locate(&one.pointer), "the other schema"));
    }
}

/// Whether no value that `listed` allows in its `enum` is of the type of `typed`.
fn excludes_all_of_enum(typed: &Node<'_>, listed: &Node<'_>) -> bool {
    let (Some(name), Some(values)) = (
        type_of(typed),
        listed.value.get("enum").and_then(Value::as_array),
    ) else {
        return false;
    };
    let is_of = |value: &Value| match value {
        Value::Null => typed.flag("nullable"),
        Value::Number(_) => matches!(name, "integer" | "number"),
        other => type_of_value(other) == name,
    };
    !values.iter().any(is_of)
}
