//! Arrays.

use serde_json::Value;

use super::conjunction::Part;
use super::context::{Lowering, list};
use crate::core::{Kind, Slot};

impl<'a> Lowering<'a> {
    /// Returns the slot for arrays that fit all of `parts`.
    pub(super) fn array(&mut self, parts: &[Part<'a>]) -> Slot {
        let mut items: Vec<Slot> = Vec::new();
        for part in parts {
            let prefix = part.at.join("prefixItems");
            let first: Vec<Slot> = list(part.object.get("prefixItems"))
                .enumerate()
                .map(|(index, schema)| self.slot(schema, &prefix.join(index)))
                .collect();
            if !first.is_empty() {
                self.note(
                    "lower/prefix-items",
                    &prefix,
                    "the items are taken in any order and number",
                    "Nothing has to be done; arrays that do not fit are refused by the service.",
                );
            }
            let more = part.object.get("items");
            let ends = part.object.get("maxItems").and_then(Value::as_u64);
            let ends = ends.is_some_and(|most| most <= first.len() as u64);
            match more {
                Some(schema @ Value::Object(_)) => {
                    items.push(self.slot(schema, &part.at.join("items")));
                }
                Some(Value::Bool(false)) => {}
                // After the first ones, anything may come.
                _ if !first.is_empty() && !ends => items.push(Slot::any()),
                _ => {}
            }
            items.extend(first);
        }
        items.dedup();
        let item = match items.len() {
            1 => items.pop().unwrap_or_else(Slot::any),
            _ => Slot::any(),
        };
        Slot::new(Kind::List(Box::new(item)))
    }
}
