//! Parameters in headers and paths that accept null.
//!
//! OpenAPI leaves open how null is written there, so no value that can be sent is lost with it. The
//! generator would write the `Option` that it makes of null as a text.

use serde_json::Value;

use super::super::context::{Context, Object};
use super::super::grammar::Kind;
use super::super::walk::{self, Descend};
use crate::pointer::Pointer;

/// Takes null out of the schemas of parameters in headers and paths, as far as they are no references.
pub(super) fn lower(root: &mut Value, context: &mut Context<'_>) {
    walk::each_mut(
        root,
        Kind::Document,
        &Pointer::root(),
        &mut |value, kind, at| {
            let place = value.get("in").and_then(Value::as_str);
            let simple = matches!(place, Some("header" | "path"));
            if kind == Kind::Parameter
                && simple
                && let Some(schema) = value.get_mut("schema").and_then(Value::as_object_mut)
            {
                take_null(schema, &at.join("schema"), context);
            }
            Descend::Into
        },
    );
}

fn take_null(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    if schema.get("default") == Some(&Value::Null) {
        schema.shift_remove("default");
    }
    if schema.shift_remove("nullable").is_some()
        && let Some(Value::Array(values)) = schema.get_mut("enum")
    {
        values.retain(|value| !value.is_null());
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some((index, only)) = only_part(schema, keyword) {
            context.moved(
                &Value::Object(only.clone()),
                &at.join(keyword).join(index),
                at,
            );
            schema.shift_remove(keyword);
            if only.contains_key("$ref") {
                schema.clear();
            }
            schema.extend(only);
        }
    }
}

/// The one part beside null of a combinator of two, which nothing stands beside.
fn only_part(schema: &Object, keyword: &str) -> Option<(usize, Object)> {
    const ASIDE: [&str; 5] = ["title", "description", "default", "deprecated", "example"];
    if schema
        .keys()
        .any(|name| name != keyword && !ASIDE.contains(&name.as_str()))
    {
        return None;
    }
    let parts = schema.get(keyword)?.as_array()?;
    let mut others = parts
        .iter()
        .enumerate()
        .filter(|(_, part)| part.get("enum") != Some(&serde_json::json!([null])));
    match (others.next(), others.next()) {
        (Some((index, only)), None) if parts.len() > 1 => Some((index, only.as_object()?.clone())),
        _ => None,
    }
}
