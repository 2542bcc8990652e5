//! Media types of request and response bodies.
//!
//! The generator sends one of a few media types for one operation. Anything else goes over the wire
//! as raw bytes, which is faithful: the caller writes the body and says what it is.

use serde_json::{Value, json};

use super::super::context::{Context, Object};
use super::super::grammar::Kind;
use super::super::walk::{self, Descend};
use super::each_operation;
use super::resolve::resolve;
use crate::pointer::Pointer;

const RAW: &str = "application/octet-stream";

/// The media types that the generator can send. It writes the name alone, without parameters.
const SENDABLE: [&str; 5] = [
    RAW,
    "application/json",
    "application/x-www-form-urlencoded",
    "text/plain",
    "text/x-markdown",
];

/// The extension that keeps the media types as they were declared.
pub(super) const DECLARED: &str = "x-media-types";

/// Lowers all bodies, then moves what was declared from each request body to its operations.
pub(super) fn lower(root: &mut Value, context: &mut Context<'_>) {
    walk::each_mut(
        root,
        Kind::Document,
        &Pointer::root(),
        &mut |value, kind, at| {
            if let Some(object) = value.as_object_mut() {
                match kind {
                    Kind::RequestBody => request_body(object, at, context),
                    Kind::Response => response(object, at, context),
                    _ => {}
                }
            }
            Descend::Into
        },
    );
    each_operation(root, |operation, components, place| {
        let at = place.pointer().join("requestBody");
        let declared = operation
            .get("requestBody")
            .and_then(|body| resolve(body, &at, components))
            .and_then(|(body, _)| body.get(DECLARED).cloned());
        if let Some(declared) = declared {
            operation.insert(DECLARED.to_owned(), declared);
        }
    });
    walk::each_mut(
        root,
        Kind::Document,
        &Pointer::root(),
        &mut |value, kind, _| {
            if kind == Kind::RequestBody
                && let Some(body) = value.as_object_mut()
            {
                body.shift_remove(DECLARED);
            }
            Descend::Into
        },
    );
}

fn request_body(body: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    body.shift_remove(DECLARED);
    let at = at.join("content");
    let Some(content) = body.get_mut("content").and_then(Value::as_object_mut) else {
        return;
    };
    let names: Vec<String> = content.keys().cloned().collect();
    let [name] = names.as_slice() else {
        if names.is_empty() {
            context.error(
                "lower/no-media-type",
                &at,
                "the request body has no media type",
                "Add the media type with an overlay action, or remove the request body.",
            );
        } else {
            reduce(body, names);
        }
        return;
    };
    match essence(name).as_str() {
        RAW => {
            content.insert(name.clone(), raw());
        }
        plain if plain.starts_with("text/") && SENDABLE.contains(&plain) => {
            content.insert(name.clone(), json!({ "schema": { "type": "string" } }));
        }
        known if SENDABLE.contains(&known) && *name == name.to_ascii_lowercase() => {
            if let Some(media_type) = content.get_mut(name).and_then(Value::as_object_mut) {
                typed(known, media_type, &at.join(name), context);
            }
        }
        _ => reduce(body, names),
    }
}

/// The media type in small letters, without parameters.
fn essence(name: &str) -> String {
    name.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

fn raw() -> Value {
    json!({ "schema": { "type": "string", "format": "binary" } })
}

/// Leaves raw bytes, and keeps the media types for the operations.
fn reduce(body: &mut Object, declared: Vec<String>) {
    body.insert("content".to_owned(), json!({ RAW: raw() }));
    body.insert(DECLARED.to_owned(), json!(declared));
}

/// 3.1 lets a media type go without a schema; the generator wants one for what it has a type for.
fn typed(name: &str, media_type: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    media_type.entry("schema").or_insert_with(|| json!({}));
    if name == "application/json" && media_type.shift_remove("encoding").is_some() {
        context.warning(
            "lower/ignored-encoding",
            &at.join("encoding"),
            "`encoding` has no effect on JSON; it is dropped",
            "Remove it with an overlay action.",
        );
    }
}

/// A response may have any media types: the generator takes JSON, and hands out others as bytes.
fn response(response: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let Some(content) = response.get_mut("content").and_then(Value::as_object_mut) else {
        return;
    };
    for (name, media_type) in content {
        let at = at.join("content").join(name);
        let Some(media_type) = media_type.as_object_mut() else {
            continue;
        };
        match essence(name).as_str() {
            "application/json" => typed("application/json", media_type, &at, context),
            RAW => {
                let binary = || json!({ "type": "string", "format": "binary" });
                media_type.entry("schema").or_insert_with(binary);
            }
            _ => {}
        }
    }
}
