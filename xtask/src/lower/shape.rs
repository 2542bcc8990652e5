//! Checks that every field holds what its table says, so that the steps behind may rely on it.
//!
//! What is wrong is reported and taken out: a member is removed, an element of a list becomes null so
//! that the elements behind it keep their places. The error has been reported, so no such document
//! leaves this stage; the steps behind go on only to find what else is wrong.

mod rules;
mod scalars;

use serde_json::Value;

use super::context::{Context, Object, Version};
use super::grammar::{Era, Field, Kind, Shape, is_extension};
use crate::pointer::Pointer;

/// Checks the whole document.
pub(super) fn check(root: &mut Value, context: &mut Context<'_>) {
    one(root, Kind::Document, &Pointer::root(), context);
}

/// Whether `value` may stay; reports what is wrong with it and with its parts.
fn keep(value: &mut Value, shape: Shape, at: &Pointer, context: &mut Context<'_>) -> bool {
    match shape {
        Shape::One(kind) => one(value, kind, at, context),
        Shape::List(kind) => {
            let Value::Array(elements) = value else {
                return scalars::wrong(value, "an array", at, context);
            };
            for (index, element) in elements.iter_mut().enumerate() {
                if !one(element, kind, &at.join(index), context) {
                    *element = Value::Null;
                }
            }
            true
        }
        Shape::Map(kind) => members(value, at, context, |_, member, at, context| {
            one(member, kind, at, context)
        }),
        Shape::Paths => members(value, at, context, path_item),
        Shape::Responses => members(value, at, context, response),
        scalar => scalars::keep(value, scalar, at, context),
    }
}

/// Keeps those members of an object that `check` accepts.
pub(super) fn members(
    value: &mut Value,
    at: &Pointer,
    context: &mut Context<'_>,
    mut check: impl FnMut(&str, &mut Value, &Pointer, &mut Context<'_>) -> bool,
) -> bool {
    let Value::Object(members) = value else {
        return scalars::wrong(value, "an object", at, context);
    };
    members.retain(|name, member| check(name, member, &at.join(name), context));
    true
}

fn path_item(name: &str, item: &mut Value, at: &Pointer, context: &mut Context<'_>) -> bool {
    if is_extension(name) {
        return true;
    }
    if name.starts_with('/') {
        return one(item, Kind::PathItem, at, context);
    }
    context.error(
        "lower/path-template",
        at,
        format!("the path template `{name}` does not begin with `/`"),
        "Write the path from the root of the server, or remove this path item with an overlay action.",
    );
    false
}

fn response(name: &str, response: &mut Value, at: &Pointer, context: &mut Context<'_>) -> bool {
    if is_extension(name) {
        return true;
    }
    if name == "default" || is_status(name) {
        return one(response, Kind::Response, at, context);
    }
    context.error(
        "lower/status-code",
        at,
        format!("`{name}` is neither a status code nor a range of them"),
        "Write a status such as `404`, a range such as `4XX`, or `default`.",
    );
    false
}

/// `200` or `2XX`.
fn is_status(name: &str) -> bool {
    match name.as_bytes() {
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'9', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => false,
    }
}

/// Checks one object of a kind, or the reference that stands for it.
fn one(value: &mut Value, kind: Kind, at: &Pointer, context: &mut Context<'_>) -> bool {
    let object = match value {
        Value::Object(object) => object,
        Value::Bool(_) if kind == Kind::Schema => return true,
        _ => return scalars::wrong(value, &kind.a_noun(), at, context),
    };
    if kind != Kind::Schema && kind.section().is_some() && object.contains_key("$ref") {
        return reference(object, kind, at, context);
    }
    drop_unknown(object, kind, at, context);
    for field in kind.fields() {
        check_field(object, field, kind, at, context);
    }
    rules::check(object, kind, at, context);
    true
}

fn check_field(
    object: &mut Object,
    field: &Field,
    kind: Kind,
    at: &Pointer,
    context: &mut Context<'_>,
) {
    let Some(value) = object.get_mut(field.name) else {
        if field.required {
            rules::missing(field.name, kind, at, context);
        }
        return;
    };
    let at = at.join(field.name);
    if !keep(value, field.shape, &at, context) {
        object.shift_remove(field.name);
    } else if field.era == Era::Newer {
        warn_newer(&format!("`{}`", field.name), &at, context);
    }
}

/// Says that something of 3.1 stands in a document of 3.0, where it is read all the same.
fn warn_newer(what: &str, at: &Pointer, context: &mut Context<'_>) {
    if context.version == Version::V30 {
        context.warning(
            "lower/newer-keyword",
            at,
            format!("{what} is of OpenAPI 3.1, and the document says that it is 3.0; it is read as in 3.1"),
            "Let the document say `openapi: 3.1.0`, or remove it with an overlay action.",
        );
    }
}

/// Takes out, with a warning, what the version has no meaning for.
///
/// This is faithful: 3.1 lets any other keyword in a schema be an annotation without a meaning, and
/// no version gives one to other fields elsewhere.
fn drop_unknown(object: &mut Object, kind: Kind, at: &Pointer, context: &mut Context<'_>) {
    object.retain(|name, _| {
        let known = is_extension(name)
            || kind
                .field(name)
                .is_some_and(|field| field.era != Era::Older || context.version == Version::V30);
        if !known {
            unknown(name, kind, &at.join(name), context);
        }
        known
    });
}

fn unknown(name: &str, kind: Kind, at: &Pointer, context: &mut Context<'_>) {
    if name == "nullable" && kind == Kind::Schema {
        context.warning(
            "lower/nullable-in-3.1",
            at,
            "`nullable` has no meaning in OpenAPI 3.1, so this schema does not accept null",
            "Say `type: [..., 'null']` with an overlay action if null is meant, or remove `nullable`.",
        );
        return;
    }
    let code = if kind == Kind::Schema {
        "lower/unknown-keyword"
    } else {
        "lower/unknown-field"
    };
    context.warning(
        code,
        at,
        format!(
            "`{name}` has no meaning in {}; it is dropped",
            kind.a_noun()
        ),
        format!("Correct the name, or call it `x-{name}` if it is an extension."),
    );
}

/// A Reference Object: `$ref`, and in 3.1 a summary and a description of its own.
fn reference(object: &mut Object, kind: Kind, at: &Pointer, context: &mut Context<'_>) -> bool {
    if let Some(target) = object.get_mut("$ref")
        && !scalars::keep(target, Shape::Text, &at.join("$ref"), context)
    {
        return false;
    }
    object.retain(|name, value| {
        let at = at.join(name);
        let text = matches!(name.as_str(), "summary" | "description");
        if name == "$ref" {
            return true;
        }
        if text && context.version == Version::V31 {
            return scalars::keep(value, Shape::Text, &at, context);
        }
        if !is_extension(name) {
            context.warning(
                "lower/ignored-sibling",
                &at,
                format!(
                    "`{name}` stands beside the `$ref` to {}, where it is ignored",
                    kind.a_noun()
                ),
                "Write it at the target of the reference, or remove it with an overlay action.",
            );
        }
        false
    });
    true
}
