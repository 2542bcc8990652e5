//! One list of parameters, sorted by what becomes of each.

use std::collections::HashMap;

use serde_json::Value;

use super::super::resolve::resolve;
use super::super::{header_families, reserved_headers};
use crate::lower::context::Context;
use crate::pointer::Pointer;

/// A value, and where it stood.
#[derive(Clone)]
pub(in crate::lower::operations) struct Moved {
    pub(in crate::lower::operations) value: Value,
    pub(in crate::lower::operations) from: Pointer,
}

/// The parameters of one list.
#[derive(Default)]
pub(super) struct Sorted {
    /// Those that stay, in order.
    pub(super) kept: Vec<Moved>,
    /// The families that header parameters with a `*` stand for.
    pub(super) families: Vec<Moved>,
    /// Header parameters called `Content-Type`, and how many of `kept` stood before each.
    pub(super) content_types: Vec<Moved>,
    /// How many of `kept` stood before the first of them.
    before_content_type: usize,
}

impl Sorted {
    /// Sorts the list that stands at `at`; reports what cannot stay.
    pub(super) fn new(
        parameters: Vec<Value>,
        at: &Pointer,
        components: &Value,
        context: &mut Context<'_>,
    ) -> Self {
        let mut sorted = Self::default();
        let mut seen: HashMap<(String, String), (Value, Pointer)> = HashMap::new();
        for (index, value) in parameters.into_iter().enumerate() {
            let moved = Moved {
                from: at.join(index),
                value,
            };
            // What does not resolve has been reported.
            let Some((target, _)) = resolve(&moved.value, &moved.from, components) else {
                continue;
            };
            let (Some(name), Some(place)) = (text(target, "name"), text(target, "in")) else {
                continue;
            };
            let own = undescribed(target);
            match seen.get(&key(name, place)) {
                None => {
                    seen.insert(key(name, place), (own, moved.from.clone()));
                    let (name, target) = (name.to_owned(), target.clone());
                    let header = place == "header";
                    sorted.add(moved, header.then_some(name.as_str()), &target, context);
                }
                Some((first, _)) if *first == own => {}
                Some((_, other)) => duplicate(name, place, &moved.from, other, context),
            }
        }
        sorted
    }

    /// Adds one parameter, with its name if it is a header.
    fn add(
        &mut self,
        moved: Moved,
        header: Option<&str>,
        target: &Value,
        context: &mut Context<'_>,
    ) {
        let Some(name) = header else {
            self.kept.push(moved);
            return;
        };
        if name.ends_with('*') {
            let family = header_families::family(name, target, &moved.from, context);
            self.families
                .extend(family.map(|value| Moved { value, ..moved }));
        } else if reserved_headers::is_content_type(name) {
            if self.content_types.is_empty() {
                self.before_content_type = self.kept.len();
            }
            self.content_types.push(moved);
        } else if reserved_headers::is_ignored(name) {
            reserved_headers::report(&[moved], context);
        } else {
            self.kept.push(moved);
        }
    }

    /// Puts the header parameter `Content-Type` back where it stood.
    pub(super) fn keep_content_type(&mut self) {
        let at = self.before_content_type.min(self.kept.len());
        let content_types = self.content_types.drain(..);
        self.kept.splice(at..at, content_types);
    }
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

/// What makes two parameters the same. The names of headers do not depend on capital letters.
fn key(name: &str, place: &str) -> (String, String) {
    let name = if place == "header" {
        name.to_ascii_lowercase()
    } else {
        name.to_owned()
    };
    (name, place.to_owned())
}

fn undescribed(parameter: &Value) -> Value {
    let mut parameter = parameter.clone();
    if let Some(object) = parameter.as_object_mut() {
        object.shift_remove("description");
    }
    parameter
}

fn duplicate(name: &str, place: &str, at: &Pointer, other: &Pointer, context: &mut Context<'_>) {
    context.error_with(
        "lower/duplicate-parameter",
        at,
        format!("there are two {place} parameters `{name}`, and they differ"),
        "Remove the wrong one with an overlay action.",
        (other, "the other one"),
    );
}
