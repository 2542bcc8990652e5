//! Extensions that name something in the document.

use serde_json::Value;

use super::super::context::{Context, Object};
use super::resolve::resolve;
use crate::pointer::Pointer;

const FILTER: &str = "x-needs-filter";
const EXCEPT: &str = "except";

/// Checks that `x-needs-filter` leaves a query parameter of the operation, and excepts no other names.
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

/// `x-needs-filter: { except: [names] }`: an exception that is not there any more makes no difference, so it is a
/// warning; an operation without anything to filter by is a contradiction.
fn check_filter(operation: &Object, names: &[String], at: &Pointer, context: &mut Context<'_>) {
    let Some(filter) = operation.get(FILTER).and_then(Value::as_object) else {
        return;
    };
    let at = at.join(FILTER);
    let exceptions = filter.get(EXCEPT).and_then(Value::as_array);
    let is_list = exceptions.is_some_and(|list| list.iter().all(Value::is_string));
    if filter.keys().any(|key| key != EXCEPT) || (filter.contains_key(EXCEPT) && !is_list) {
        let message = format!("`{FILTER}` has no member but `{EXCEPT}`, a list of names");
        let next = format!("Write `{FILTER}: {{ {EXCEPT}: [name] }}`.");
        context.error("lower/needs-filter", &at, message, next);
        return;
    }
    let exceptions: Vec<&str> = exceptions
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    for (index, name) in exceptions.iter().enumerate() {
        if !names.iter().any(|own| own == name) {
            context.warning(
                "lower/needs-filter",
                &at.join(EXCEPT).join(index),
                format!(
                    "`{FILTER}` excepts `{name}`, and the operation has no such query parameter"
                ),
                "Delete the name, or correct it.",
            );
        }
    }
    if names.iter().all(|name| exceptions.contains(&name.as_str())) {
        context.error(
            "lower/needs-filter",
            &at,
            format!("`{FILTER}` leaves no query parameter that could be the filter"),
            "Delete the extension, or add the parameter.",
        );
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
