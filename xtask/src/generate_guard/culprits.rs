//! Which operations and components progenitor fails on, found by giving it one of them at a time.

use std::collections::BTreeSet;

use openapiv3::OpenAPI;
use progenitor::GenerationSettings;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Failure, attempt};
use crate::pointer::Pointer;

/// What progenitor fails on.
#[derive(Debug)]
pub(super) struct Culprit {
    /// Its name in a sentence.
    pub(super) name: String,
    pub(super) pointer: Pointer,
    pub(super) failure: Failure,
}

impl Culprit {
    /// The document as a whole, where no part of it fails by itself.
    pub(super) fn document(failure: Failure) -> Self {
        Self {
            name: "the document as a whole".to_owned(),
            pointer: Pointer::root(),
            failure,
        }
    }
}

/// A component or an operation to try.
struct Part {
    name: String,
    pointer: Pointer,
}

/// The parts of `api` that progenitor fails on; empty where it fails on none of them alone and on no
/// two operations together.
pub(super) fn find(api: &OpenAPI, settings: &GenerationSettings) -> Vec<Culprit> {
    let Ok(root) = serde_json::to_value(api) else {
        return Vec::new();
    };
    let trial = Trial { root, settings };
    let components = trial.components();
    let mut culprits = trial.failing(&components);
    if culprits.is_empty() {
        culprits = trial.failing(&trial.operations());
    }
    if culprits.is_empty() {
        culprits = trial.together(&components);
    }
    if culprits.is_empty() {
        culprits = trial.together(&trial.operations());
    }
    culprits
}

struct Trial<'s> {
    root: Value,
    settings: &'s GenerationSettings,
}

impl Trial<'_> {
    fn components(&self) -> Vec<Part> {
        let pointer = Pointer::root().join("components").join("schemas");
        let schemas = pointer.resolve(&self.root).and_then(Value::as_object);
        let names = schemas.into_iter().flatten().map(|(name, _)| name);
        names
            .map(|name| Part {
                name: format!("the component `{name}`"),
                pointer: pointer.join(name),
            })
            .collect()
    }

    fn operations(&self) -> Vec<Part> {
        let pointer = Pointer::root().join("paths");
        let paths = pointer.resolve(&self.root).and_then(Value::as_object);
        let mut parts = Vec::new();
        for (path, item) in paths.into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                if let Some(id) = operation.get("operationId").and_then(Value::as_str) {
                    let name = format!("the operation `{id}`");
                    parts.push(Part {
                        name,
                        pointer: pointer.join(path).join(method),
                    });
                }
            }
        }
        parts
    }

    /// The parts that fail alone, except those that contain another that fails.
    fn failing(&self, parts: &[Part]) -> Vec<Culprit> {
        let mut failing: Vec<(&Part, Failure, BTreeSet<Pointer>)> = Vec::new();
        for part in parts {
            let needed = self.needed(&part.pointer);
            if let Some(failure) = self.run(&needed) {
                failing.push((part, failure, needed));
            }
        }
        let pointers: Vec<_> = failing
            .iter()
            .map(|(part, ..)| part.pointer.clone())
            .collect();
        let innermost = |(part, _, needed): &(&Part, Failure, BTreeSet<Pointer>)| {
            !pointers
                .iter()
                .any(|pointer| *pointer != part.pointer && needed.contains(pointer))
        };
        failing
            .into_iter()
            .filter(innermost)
            .map(|(part, failure, _)| Culprit {
                name: part.name.clone(),
                pointer: part.pointer.clone(),
                failure,
            })
            .collect()
    }

    /// The first part that fails together with those before it, none of which fails alone.
    fn together(&self, parts: &[Part]) -> Vec<Culprit> {
        let run = |count: usize| {
            let needed = parts
                .iter()
                .take(count)
                .flat_map(|part| self.needed(&part.pointer))
                .collect();
            self.run(&needed)
        };
        if run(parts.len()).is_none() {
            return Vec::new();
        }
        // `passes` of the parts pass, `fails` fail; the two meet.
        let (mut passes, mut fails) = (0, parts.len());
        while passes + 1 < fails {
            let middle = usize::midpoint(passes, fails);
            if run(middle).is_some() {
                fails = middle;
            } else {
                passes = middle;
            }
        }
        let last = parts.get(passes);
        let culprit = last.zip(run(fails)).map(|(part, failure)| Culprit {
            name: format!("{} together with another one", part.name),
            pointer: part.pointer.clone(),
            failure,
        });
        culprit.into_iter().collect()
    }

    /// `pointer` and every component that it needs.
    fn needed(&self, pointer: &Pointer) -> BTreeSet<Pointer> {
        let mut needed = BTreeSet::new();
        let mut pending = vec![pointer.clone()];
        if let Some(item) = pointer
            .parent()
            .filter(|item| item.as_str().starts_with("/paths/"))
        {
            pending.push(item.join("parameters"));
        }
        while let Some(pointer) = pending.pop() {
            let Some(value) = pointer.resolve(&self.root) else {
                continue;
            };
            if needed.insert(pointer) {
                references(value, &mut pending);
            }
        }
        needed
    }

    /// The failure of progenitor on the document with nothing but these values.
    fn run(&self, needed: &BTreeSet<Pointer>) -> Option<Failure> {
        let mut root = Map::new();
        for key in ["openapi", "info"] {
            root.insert(key.to_owned(), self.root.get(key)?.clone());
        }
        root.insert("paths".to_owned(), json!({}));
        // In the order of the document: it decides which of two types of the same name stays.
        for section in ["components", "paths"] {
            let value = self.root.get(section);
            let copy = value.and_then(|value| keep(value, &Pointer::root().join(section), needed));
            if let Some(copy) = copy {
                root.insert(section.to_owned(), copy);
            }
        }
        let api = OpenAPI::deserialize(Value::Object(root)).ok()?;
        attempt(&api, self.settings).err()
    }
}

/// `value` with nothing in it but the values at `needed`.
fn keep(value: &Value, pointer: &Pointer, needed: &BTreeSet<Pointer>) -> Option<Value> {
    if needed.contains(pointer) {
        return Some(value.clone());
    }
    if !needed.iter().any(|needed| needed.is_within(pointer)) {
        return None;
    }
    let members: Map<String, Value> = value
        .as_object()?
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), keep(value, &pointer.join(key), needed)?)))
        .collect();
    Some(Value::Object(members))
}

fn references(value: &Value, found: &mut Vec<Pointer>) {
    match value {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            found.extend(reference.and_then(Pointer::from_local_reference));
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(elements) => elements.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}
