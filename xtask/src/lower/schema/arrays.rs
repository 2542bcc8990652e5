//! Keywords of arrays.

use serde_json::{Value, json};

use super::super::context::{Context, Object};
use super::accepts_all;
use super::objects::has_applicators;
use super::refusal::refuse;
use crate::pointer::Pointer;

pub(super) fn lower(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    lower_unevaluated_items(schema, at, context);
    lower_contains(schema, at, context);
    lower_prefix_items(schema, at, context);
    lower_false_items(schema);
}

/// `contains` has an effect unless it asks for nothing.
fn lower_contains(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let least = schema
        .shift_remove("minContains")
        .and_then(|least| least.as_u64());
    let most = schema.shift_remove("maxContains");
    if schema.shift_remove("contains").is_some() && (least != Some(0) || most.is_some()) {
        refuse(
            "contains",
            "all items of an array have one schema",
            at,
            context,
        );
    }
}

/// Without any other keyword that looks at items, `unevaluatedItems` is `items`.
fn lower_unevaluated_items(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let Some(unevaluated) = schema.shift_remove("unevaluatedItems") else {
        return;
    };
    if accepts_all(&unevaluated) || schema.contains_key("items") {
        return;
    }
    if schema.contains_key("prefixItems") && !has_applicators(schema) {
        // Then it is what `items` is there: the schema of the items behind the first.
        schema.insert("items".to_owned(), unevaluated);
        return;
    }
    if has_applicators(schema) {
        refuse(
            "unevaluatedItems",
            "it depends on what other schemas look at",
            at,
            context,
        );
        return;
    }
    let to = at.join("items");
    context.moved(&unevaluated, &at.join("unevaluatedItems"), &to);
    schema.insert("items".to_owned(), unevaluated);
}

/// A tuple whose items are all alike is a list; another one has no form.
fn lower_prefix_items(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let Some(Value::Array(prefix)) = schema.shift_remove("prefixItems") else {
        return;
    };
    let Some(first) = prefix.first().cloned() else {
        return;
    };
    let alike = prefix.iter().all(|item| *item == first);
    let longest = schema.get("maxItems").and_then(Value::as_u64);
    let closed = longest.is_some_and(|longest| longest <= prefix.len() as u64);
    let list = match schema.get("items") {
        Some(Value::Bool(false)) => {
            let longest = longest.map_or(prefix.len() as u64, |own| own.min(prefix.len() as u64));
            schema.insert("maxItems".to_owned(), json!(longest));
            true
        }
        Some(rest) => closed || *rest == first,
        None => closed || accepts_all(&first),
    };
    if alike && list {
        context.moved(&first, &at.join("prefixItems").join(0), &at.join("items"));
        schema.insert("items".to_owned(), first);
    } else {
        schema.shift_remove("items");
        refuse(
            "prefixItems",
            "all items of an array have one schema",
            at,
            context,
        );
    }
}

/// No items at all: the list is empty.
fn lower_false_items(schema: &mut Object) {
    if schema.get("items") == Some(&Value::Bool(false)) {
        schema.insert("items".to_owned(), json!({}));
        schema.insert("maxItems".to_owned(), json!(0));
    }
}

/// 3.0 wants `items` beside `type: array`.
pub(super) fn add_items(schema: &mut Object) {
    if schema.get("type").and_then(Value::as_str) == Some("array") {
        schema.entry("items").or_insert_with(|| json!({}));
    }
}
