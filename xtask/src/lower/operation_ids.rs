//! The operations of a document, and their names.

use std::collections::HashSet;

use heck::ToSnakeCase;
use serde_json::Value;

use super::context::{Lowering, Object, text};
use super::names::{method, pascal, unique};
use crate::core::{METHODS, Method};
use crate::names::snake;
use crate::pointer::Pointer;

/// An operation as it stands in the document, with its names.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    pub(super) path: &'a str,
    pub(super) method: Method,
    pub(super) item: &'a Object,
    pub(super) item_at: Pointer,
    pub(super) operation: &'a Object,
    pub(super) at: Pointer,
    pub(super) id: String,
    pub(super) method_name: String,
    pub(super) builder_name: String,
}

/// A summary of more words is a sentence, not a name.
const LONGEST: usize = 8;

impl<'a> Lowering<'a> {
    /// Finds all operations, and names them.
    ///
    /// The names that the document gives come first, so that a new operation never takes one from an old one.
    pub(super) fn name_operations(&mut self) -> Vec<Found<'a>> {
        let mut found = self.find_operations();
        let mut taken = HashSet::new();
        for given in [true, false] {
            for operation in found
                .iter_mut()
                .filter(|operation| operation.id.is_empty() != given)
            {
                let wanted = if given {
                    operation.id.clone()
                } else {
                    derived(operation)
                };
                let wanted = snake(&wanted);
                let name = method(&wanted, &mut taken);
                if !given {
                    self.note(
                        "lower/derived-operation-id",
                        &operation.at,
                        format!("the operation has no `operationId`; it is called `{name}` here"),
                        format!("Give it a name that lasts with an overlay action, `operationId: {name}` for instance."),
                    );
                    operation.id.clone_from(&name);
                } else if name != wanted {
                    self.note(
                        "lower/taken-operation-id",
                        &operation.at.join("operationId"),
                        format!(
                            "`{}` is taken; the operation is called `{name}` here",
                            operation.id
                        ),
                        "Give it a name of its own with an overlay action.",
                    );
                    operation.id.clone_from(&name);
                }
                operation.builder_name = pascal(&name);
                operation.method_name = name;
            }
        }
        // Two names in small letters can be one in the case of types: `a1_b` and `a1b` are not, but `a_1` and `a1` are.
        let mut builders = HashSet::new();
        for operation in &mut found {
            let name = unique(&operation.builder_name, "", |name| builders.contains(name));
            builders.insert(name.clone());
            self.names.operation(operation.at.clone(), name.clone());
            operation.builder_name = name;
        }
        found
    }

    fn find_operations(&mut self) -> Vec<Found<'a>> {
        let Some((items, paths)) = self.object_at(&Pointer::root().join("paths")) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (path, item) in items {
            if path.starts_with("x-") {
                continue;
            }
            let Some((item, item_at)) = self.deref(item, &paths.join(path)) else {
                continue;
            };
            self.check_shape(item, &item_at);
            for method in METHODS {
                let (Some(value), Some(method)) = (item.get(method), Method::named(method)) else {
                    continue;
                };
                let at = item_at.join(method.name());
                let Value::Object(operation) = value else {
                    self.error(
                        "lower/not-an-object",
                        &at,
                        "an operation is an object",
                        "Correct it with an overlay action.",
                    );
                    continue;
                };
                self.check_shape(operation, &at);
                found.push(Found {
                    path,
                    method,
                    item,
                    item_at: item_at.clone(),
                    operation,
                    id: text(operation, "operationId").trim().to_owned(),
                    at,
                    method_name: String::new(),
                    builder_name: String::new(),
                });
            }
        }
        found
    }
}

fn derived(operation: &Found<'_>) -> String {
    from_summary(&text(operation.operation, "summary"))
        .unwrap_or_else(|| from_path(operation.method.name(), operation.path))
}

/// Returns the words of a summary without articles: `List a pet's toys` is `list_pets_toys`.
fn from_summary(summary: &str) -> Option<String> {
    const ARTICLES: [&str; 3] = ["a", "an", "the"];
    let words: Vec<String> = summary
        .replace(['\'', '’'], "")
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !ARTICLES.contains(&word.to_ascii_lowercase().as_str()))
        .map(ToSnakeCase::to_snake_case)
        .filter(|word| !word.is_empty())
        .collect();
    let starts_well = words
        .first()
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
    (starts_well && words.len() <= LONGEST).then(|| words.join("_"))
}

/// Returns the words of a method and a path: `GET /pets/{petId}/toys` is `get_pets_by_pet_id_toys`.
fn from_path(method: &str, path: &str) -> String {
    let mut words = vec![method.to_owned()];
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        if segment.starts_with('{') {
            words.push("by".to_owned());
        }
        words.push(
            segment
                .replace(|c: char| !c.is_ascii_alphanumeric(), " ")
                .to_snake_case(),
        );
    }
    words.retain(|word| !word.is_empty());
    words.join("_")
}
