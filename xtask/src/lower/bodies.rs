//! Request bodies.

use std::collections::HashSet;

use serde_json::Value;

use super::context::{Lowering, Object, is_true, list, text};
use super::names::setter;
use super::operation_ids::Found;
use super::operations::plain_members;
use crate::core::{About, Body, BodyKind, Media, Slot};
use crate::pointer::Pointer;

/// The media type of bytes of which nothing is known.
const BYTES: &str = "application/octet-stream";

impl<'a> Lowering<'a> {
    fn body_of(&mut self, found: &Found<'a>) -> Option<(&'a Object, Pointer)> {
        let value = found.operation.get("requestBody")?;
        self.deref(value, &found.at.join("requestBody"))
    }

    /// Returns whether the body is sent as it is, since it may have several media types and a parameter says which one.
    pub(super) fn sends_raw(&mut self, found: &Found<'a>) -> bool {
        let Some((body, _)) = self.body_of(found) else {
            return false;
        };
        let names_type = list(found.operation.get("parameters")).any(|parameter| {
            parameter.get("in").is_some_and(|place| place == "header")
                && parameter
                    .get("name")
                    .and_then(Value::as_str)
                    .is_some_and(|name| name.eq_ignore_ascii_case("Content-Type"))
        });
        names_type && plain_members(body.get("content")).count() > 1
    }

    /// Lowers the request body.
    pub(super) fn body(
        &mut self,
        found: &Found<'a>,
        sends_raw: bool,
        taken: &mut HashSet<String>,
    ) -> Option<Body> {
        let (object, at) = self.body_of(found)?;
        self.check_shape(object, &at);
        let content = at.join("content");
        let declared: Vec<_> = plain_members(object.get("content")).collect();
        let mut kinds: Vec<(&str, BodyKind)> = if sends_raw {
            vec![(BYTES, BodyKind::Bytes)]
        } else {
            let kind = |(name, value): &(&'a String, &'a Value)| {
                let kind = self.body_kind(name, value, &content.join(name));
                (name.as_str(), kind)
            };
            declared.iter().map(kind).collect()
        };
        if kinds.is_empty() {
            self.note(
                "lower/no-media-type",
                &at,
                "the request body has no media type; it is sent as bytes",
                "Add the media type, or remove the request body, with an overlay action.",
            );
            kinds.push((BYTES, BodyKind::Bytes));
        }
        kinds.sort_by_key(|(_, kind)| rank(kind));
        let media = kinds.into_iter().enumerate();
        let media = media.map(|(index, (media_type, kind))| Media {
            setter: match index {
                0 => "body".to_owned(),
                _ => setter(&format!("body {}", kind_name(&kind, media_type)), taken),
            },
            media_type: media_type.to_owned(),
            kind,
        });
        Some(Body {
            required: is_true(object.get("required")),
            about: About {
                description: text(object, "description"),
                deprecated: false,
                pointer: at,
            },
            media: media.collect(),
            declared: declared.iter().map(|(name, _)| (*name).clone()).collect(),
        })
    }

    fn body_kind(&mut self, media_type: &str, value: &'a Value, at: &Pointer) -> BodyKind {
        let essence = essence(media_type);
        let schema = |lowering: &mut Self| match value.get("schema") {
            Some(schema) => lowering.slot(schema, &at.join("schema")),
            None => Slot::any(),
        };
        match essence.as_str() {
            _ if is_json(media_type) => BodyKind::Json(schema(self)),
            "application/x-www-form-urlencoded" => {
                let mut slot = schema(self);
                slot.nullable = false;
                BodyKind::Form(slot)
            }
            "multipart/form-data" => BodyKind::Multipart,
            text if text.starts_with("text/") && !text.contains('*') => BodyKind::Text,
            _ => BodyKind::Bytes,
        }
    }
}

/// Returns the media type in small letters, without parameters.
pub(super) fn essence(name: &str) -> String {
    name.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// JSON, in any of its dialects.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(essence.as_str(), "application/json" | "text/json")
        || (essence.ends_with("+json") && !essence.contains('*'))
}

/// Most callers want to send what has a type.
fn rank(kind: &BodyKind) -> u8 {
    match kind {
        BodyKind::Json(_) => 0,
        BodyKind::Form(_) => 1,
        BodyKind::Multipart => 2,
        BodyKind::Text => 3,
        BodyKind::Bytes => 4,
    }
}

fn kind_name(kind: &BodyKind, media_type: &str) -> String {
    match kind {
        BodyKind::Form(_) => "form".to_owned(),
        BodyKind::Multipart => "multipart".to_owned(),
        _ => {
            let essence = essence(media_type);
            essence
                .rsplit('/')
                .next()
                .unwrap_or("bytes")
                .replace('*', "bytes")
        }
    }
}
