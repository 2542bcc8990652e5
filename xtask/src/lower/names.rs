//! Rust names, derived from the place of what they name.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::core::{RESERVED_METHODS, RESERVED_SETTERS};
pub(super) use crate::names::pascal;
use crate::names::snake;
use crate::pointer::Pointer;

/// The extension for the name in Rust of a parameter or a property, in place of one that is made of its own.
pub(super) const NAME: &str = "x-name";

/// The names of types.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    by_place: HashMap<Pointer, String>,
    /// The Rust names of operations in the case of types, by their places.
    operations: HashMap<Pointer, String>,
}

impl Names {
    /// Notes what the operation at `at` is called.
    pub(super) fn operation(&mut self, at: Pointer, name: String) {
        self.operations.insert(at, name);
    }

    /// Returns the name of the type at `at`.
    pub(super) fn of(&mut self, at: &Pointer, root: &Value) -> String {
        if let Some(name) = self.by_place.get(at) {
            return name.clone();
        }
        let name = self.reserve(&self.derive(at, root));
        self.by_place.insert(at.clone(), name.clone());
        name
    }

    /// Returns a name that nothing else has: `wanted`, or `wanted` with a number.
    pub(super) fn reserve(&mut self, wanted: &str) -> String {
        let wanted = pascal(wanted);
        let name = unique(&wanted, "", |name| self.taken.contains(name));
        self.taken.insert(name.clone());
        name
    }

    /// Derives a name for what stands at `at`, from the names on the way to it.
    fn derive(&self, at: &Pointer, root: &Value) -> String {
        let tokens: Vec<String> = at.tokens().collect();
        let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["components", "schemas", name] => (*name).to_owned(),
            ["components", "responses", name, "content", _, "schema"] => join(name, "Response"),
            ["components", "requestBodies", name, "content", _, "schema"] => join(name, "Body"),
            ["components", "parameters" | "headers", name, "schema"] => (*name).to_owned(),
            ["components", "parameters", name, "content", _, "schema"] => (*name).to_owned(),
            ["paths", _, method, rest @ ..] => {
                let operation = self.operations.get(&beginning(at, 3)).cloned();
                let operation =
                    operation.unwrap_or_else(|| join(words.get(1).unwrap_or(&""), method));
                self.within_operation(&operation, at, rest, root)
            }
            _ => self.within_schema(at, root),
        }
    }

    fn within_operation(
        &self,
        operation: &str,
        at: &Pointer,
        rest: &[&str],
        root: &Value,
    ) -> String {
        match rest {
            [] => operation.to_owned(),
            ["requestBody", "content", _, "schema"] => join(operation, "Body"),
            ["responses", status, "content", _, "schema"] => {
                let responses = beginning(at, 4);
                let responses = responses.resolve(root).and_then(Value::as_object);
                let declared = || responses.into_iter().flatten();
                let succeeds = |name: &str| {
                    name.starts_with('2')
                        || (name == "default" && !declared().any(|(name, _)| name.starts_with('2')))
                };
                let kind = if succeeds(status) {
                    "Response"
                } else {
                    "Error"
                };
                let siblings = declared()
                    .filter(|(other, value)| {
                        succeeds(other) == succeeds(status) && value.get("content").is_some()
                    })
                    .count();
                if siblings > 1 {
                    join(operation, &join(kind, &status.to_ascii_lowercase()))
                } else {
                    join(operation, kind)
                }
            }
            ["parameters", index, ..] if matches!(rest.last(), Some(&"schema")) => {
                let parameter = beginning(at, 5);
                let name = parameter.resolve(root).and_then(|it| it.get("name"));
                join(operation, name.and_then(Value::as_str).unwrap_or(index))
            }
            _ => self.within_schema(at, root),
        }
    }

    /// Returns the name of the schema around, and the step from it to this one.
    fn within_schema(&self, at: &Pointer, root: &Value) -> String {
        let Some((parent, step)) = at.parent().zip(at.last()) else {
            return "Value".to_owned();
        };
        let grand = parent.parent().zip(parent.last());
        let around = |place: &Pointer| match self.by_place.get(place) {
            Some(name) => name.clone(),
            None => self.derive(place, root),
        };
        let (place, suffix) = match (grand, step.as_str()) {
            (Some((place, keyword)), _) => match keyword.as_str() {
                "properties" => (place, step),
                "allOf" => (place, String::new()),
                "oneOf" | "anyOf" => {
                    let title = at.resolve(root).and_then(|schema| schema.get("title"));
                    let title = title.and_then(Value::as_str).filter(|title| is_name(title));
                    let suffix = title
                        .map(str::to_owned)
                        .unwrap_or_else(|| format!("Variant{}", number(&step)));
                    (place, suffix)
                }
                "prefixItems" => (place, format!("Item{}", number(&step))),
                "patternProperties" => (place, "Value".to_owned()),
                "$defs" | "definitions" => (place, step),
                _ => return self.step(&parent, &step, around),
            },
            (None, _) => return self.step(&parent, &step, around),
        };
        join(&around(&place), &suffix)
    }

    fn step(&self, parent: &Pointer, step: &str, around: impl Fn(&Pointer) -> String) -> String {
        match step {
            "items" => join(&around(parent), "Item"),
            "additionalProperties" | "unevaluatedProperties" => join(&around(parent), "Value"),
            "schema" => around(parent),
            other if parent == &Pointer::root() => other.to_owned(),
            other => join(&around(parent), other),
        }
    }
}

/// The title can be the name of a type: it is short, and begins with a letter.
pub(super) fn is_name(title: &str) -> bool {
    title.len() <= 40
        && title.starts_with(|c: char| c.is_ascii_alphabetic())
        && title
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_'))
}

fn number(index: &str) -> usize {
    let index = index.parse::<usize>();
    index.map_or(1, |index| index.saturating_add(1))
}

/// Returns the pointer of the first tokens of another.
fn beginning(at: &Pointer, count: usize) -> Pointer {
    let tokens = at.tokens().take(count);
    tokens.fold(Pointer::root(), |at, token| at.join(token))
}

fn join(first: &str, second: &str) -> String {
    if second.is_empty() {
        return first.to_owned();
    }
    format!("{}{}", pascal(first), pascal_tail(second))
}

/// Returns the case of types for what follows something else, so that a digit needs nothing before it.
fn pascal_tail(text: &str) -> String {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        pascal(&format!("x{text}")).chars().skip(1).collect()
    } else {
        pascal(text)
    }
}

/// Returns `wanted`, or the first of `wanted2`, `wanted3`, … that is not taken, with `separator` before the number.
pub(super) fn unique(wanted: &str, separator: &str, taken: impl Fn(&str) -> bool) -> String {
    std::iter::once(wanted.to_owned())
        .chain(
            (2_u64..).map(|number| format!("{}{separator}{number}", wanted.trim_end_matches('_'))),
        )
        .find(|name| !taken(name))
        .unwrap_or_else(|| wanted.to_owned())
}

/// Returns the name of a field for `text`, other than those of `taken`, to which it is added.
pub(super) fn field(text: &str, taken: &mut HashSet<String>) -> String {
    take(&snake(text), taken)
}

/// Returns `wanted`, with a number where it is taken, and then taken too.
pub(super) fn take(wanted: &str, taken: &mut HashSet<String>) -> String {
    let name = unique(wanted, "_", |name| taken.contains(name));
    taken.insert(name.clone());
    name
}

/// Returns the same for a setter: not one of those that every builder has.
pub(super) fn setter(text: &str, taken: &mut HashSet<String>) -> String {
    take(&other_than(&RESERVED_SETTERS, snake(text)), taken)
}

/// Returns the same for a method of the client.
pub(super) fn method(text: &str, taken: &mut HashSet<String>) -> String {
    take(&other_than(&RESERVED_METHODS, snake(text)), taken)
}

/// Returns `name`, with an underscore at its end where it is reserved.
fn other_than(reserved: &[&str], name: String) -> String {
    if reserved.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}
