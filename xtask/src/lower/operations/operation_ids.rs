//! Operations without an `operationId` get one.

use std::collections::HashSet;

use heck::ToSnakeCase;
use serde_json::{Value, json};

use super::super::context::{Context, Object};
use super::{Place, each_operation};

/// A summary of more words is a sentence, not a name.
const LONGEST: usize = 8;

/// Derives missing names: from the summary, else from method and path, with a number where both are taken.
///
/// The names that the document gives come first, so that a new operation never takes one from an old one.
pub(super) fn derive(root: &mut Value, context: &mut Context<'_>) {
    let mut taken = HashSet::new();
    each_operation(root, |operation, _, _| {
        if let Some(id) = given(operation) {
            taken.insert(id.to_snake_case());
        }
    });
    each_operation(root, |operation, _, place| {
        if given(operation).is_some() {
            return;
        }
        let id = free_name(operation, place, &taken);
        context.warning(
            "lower/derived-operation-id",
            &place.pointer(),
            format!("{place} has no `operationId`; it is called `{id}` here"),
            format!("Give it a name that lasts with an overlay action, `operationId: {id}` for instance."),
        );
        taken.insert(id.clone());
        operation.insert("operationId".to_owned(), json!(id));
    });
}

fn given(operation: &Object) -> Option<&str> {
    operation
        .get("operationId")
        .and_then(Value::as_str)
        .filter(|id| !id.trim().is_empty())
}

fn free_name(operation: &Object, place: Place<'_>, taken: &HashSet<String>) -> String {
    let summary = operation.get("summary").and_then(Value::as_str);
    let own = summary.and_then(from_summary);
    let way = from_path(place);
    own.into_iter()
        .chain(std::iter::once(way.clone()))
        .chain((2_u64..).map(|number| format!("{way}_{number}")))
        .find(|name| !taken.contains(name))
        .unwrap_or(way)
}

/// `List a pet's toys` is `list_pets_toys`: the words without articles.
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

/// `GET /pets/{petId}/toys` is `get_pets_by_pet_id_toys`.
fn from_path(place: Place<'_>) -> String {
    let mut words = vec![place.method.to_owned()];
    for segment in place.path.split('/').filter(|segment| !segment.is_empty()) {
        let word = segment
            .replace(|c: char| !c.is_ascii_alphanumeric(), " ")
            .to_snake_case();
        if segment.starts_with('{') {
            words.push("by".to_owned());
        }
        words.push(word);
    }
    words.retain(|word| !word.is_empty());
    words.join("_")
}
