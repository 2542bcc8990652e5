//! Unions that are merged: typify multiplies them out, each variant of one with each of the other. With unions
//! inside of unions it does so again on every level, until it seems never to end.

use std::collections::HashMap;

use crate::pointer::Pointer;
use crate::preflight::survey::{Kind, Node, Survey};

/// How many combinations of variants may be merged. Each takes typify some hundredths of a millisecond.
pub(super) const MAX_COMBINATIONS: u64 = 10_000;

/// How often typify goes through a union inside of a union, for once that it goes through one that is not.
const AGAIN: u64 = 3;

/// How deep compositions are followed. Deeper ones have a finding of their own where they are merged.
const DEPTH: usize = 64;

/// What merging costs, for the schemas that have been looked at.
#[derive(Default)]
pub(super) struct Combinations(HashMap<Pointer, u64>);

impl Combinations {
    /// About how many combinations of variants typify goes through to merge `schema` with a plain one.
    pub(super) fn of<'a>(&mut self, survey: &Survey<'a>, schema: &Node<'a>) -> u64 {
        self.below(survey, schema, DEPTH)
    }

    fn below<'a>(&mut self, survey: &Survey<'a>, schema: &Node<'a>, depth: usize) -> u64 {
        let schema = survey.resolve(Kind::Schema, schema);
        let Some(schema) = schema.filter(|_| depth > 0) else {
            return 1;
        };
        if let Some(known) = self.0.get(&schema.pointer) {
            return *known;
        }
        self.0.insert(schema.pointer.clone(), 1); // For a circle that leads back here.
        let parts = schema.elements_of("allOf");
        let mut count = parts.iter().fold(1, |product: u64, part| {
            product.saturating_mul(self.below(survey, part, depth - 1))
        });
        for key in ["oneOf", "anyOf"] {
            let variants = schema.elements_of(key);
            let sum = variants.iter().fold(0, |sum: u64, variant| {
                let inner = self.below(survey, variant, depth - 1);
                let times = if inner > 1 { AGAIN } else { 1 };
                sum.saturating_add(inner.saturating_mul(times))
            });
            count = count.saturating_mul(sum.max(1));
        }
        self.0.insert(schema.pointer, count);
        count
    }
}
