//! Extensions that name something in the document.

use serde_json::Value;

use super::super::context::{Context, Object};
use super::resolve::resolve;
use crate::pointer::Pointer;

const FILTER: &str = "x-needs-filter";

/// Checks that every name in `x-needs-filter` is that of a query parameter of the operation.
pub(super) fn check(root: &mut Value, context: &mut Context<'_>) {
    super::each_path_item(root, |item, components, at| {
        let shared = query_parameters(item, &at, components);
        for method in super::METHODS {
            let Some(operation) = item.get(method).and_then(Value::as_object) else {
                continue;
            };
            let at = at.join(method);
            let mut names = query_parameters(operation, &at, components);
            names.extend(shared.iter().cloned());
            check_filter(operation, &names, &at, context);
        }
    });
}

fn check_filter(operation: &Object, names: &[String], at: &Pointer, context: &mut Context<'_>) {
    let Some(filter) = operation.get(FILTER).and_then(Value::as_array) else {
        return;
    };
    let at = at.join(FILTER);
    for (index, name) in filter.iter().filter_map(Value::as_str).enumerate() {
        if !names.iter().any(|own| own == name) {
            context.error(
                "lower/needs-filter",
                &at.join(index),
                format!("`{FILTER}` names `{name}`, and the operation has no such query parameter"),
                "Name a query parameter of this operation, or add the parameter.",
            );
        }
    }
}

fn query_parameters(object: &Object, at: &Pointer, components: &Value) -> Vec<String> {
    let parameters = object.get("parameters").and_then(Value::as_array);
    parameters
        .into_iter()
        .flatten()
        .filter_map(|parameter| resolve(parameter, at, components))
        .filter(|(parameter, _)| parameter.get("in").and_then(Value::as_str) == Some("query"))
        .filter_map(|(parameter, _)| Some(parameter.get("name")?.as_str()?.to_owned()))
        .collect()
}
