//! Parameters.

use std::collections::HashSet;

use serde_json::Value;

use super::context::{Lowering, Object, is_true, members, text};
use super::names::NAME;
use super::names::setter;
use super::operations::INTERNAL;
use crate::core::{About, Parameter, Place, Slot, Style};
use crate::pointer::Pointer;

/// The extension for a path parameter that is written as it is.
const RAW: &str = "x-raw";

/// The extension for a path parameter that answers repeat as a member of the same name.
const ECHOED: &str = "x-echoed";

impl Parameter {
    /// Returns a required parameter that is text, of which nothing else is known.
    pub(super) fn text(field: String, name: &str, place: Place) -> Self {
        Self {
            field,
            name: name.to_owned(),
            place,
            required: true,
            raw: false,
            echoed: false,
            internal: false,
            excludes: Vec::new(),
            style: Style::Joined(","),
            slot: Slot::string(),
            about: About::default(),
        }
    }
}

impl<'a> Lowering<'a> {
    /// Lowers a parameter; `None` where OpenAPI says that it is ignored.
    pub(super) fn parameter(
        &mut self,
        object: &'a Object,
        at: &Pointer,
        sends_raw: bool,
        taken: &mut HashSet<String>,
    ) -> Option<Parameter> {
        let name = text(object, "name");
        let place = match object.get("in").and_then(Value::as_str) {
            Some("path") => Place::Path,
            Some("query") => Place::Query,
            Some("header") => Place::Header,
            Some("cookie") => Place::Cookie,
            _ => {
                self.error(
                    "lower/parameter-place",
                    at,
                    format!("the parameter `{name}` does not say where it goes"),
                    "Set `in` to `path`, `query`, `header` or `cookie` with an overlay action.",
                );
                return None;
            }
        };
        if name.is_empty() {
            self.note(
                "lower/parameter-name",
                at,
                "the parameter has no name, so that it is never sent",
                "Name it with an overlay action.",
            );
            return None;
        }
        if place == Place::Header && is_ignored(&name, sends_raw) {
            self.note(
                "lower/ignored-header",
                at,
                format!("OpenAPI ignores the header parameter `{name}`: the rest of the document says what is sent"),
                "Nothing has to be done.",
            );
            return None;
        }
        let (mut slot, as_json) = self.parameter_slot(object, at);
        slot.nullable = false;
        let (style, raw) = if as_json {
            (Style::Json, false)
        } else {
            self.style(object, place, at)
        };
        if raw {
            slot = Slot::string();
        }
        Some(Parameter {
            field: setter(rust_name(object).unwrap_or(&name), taken),
            place,
            required: place == Place::Path || is_true(object.get("required")),
            raw: raw || is_true(object.get(RAW)),
            echoed: is_true(object.get(ECHOED)),
            internal: is_true(object.get(INTERNAL)) || said_by(object).is_some(),
            excludes: Vec::new(),
            style,
            slot,
            about: About {
                description: self.parameter_text(object, at),
                deprecated: is_true(object.get("deprecated")),
                pointer: at.clone(),
            },
            name,
        })
    }

    fn parameter_text(&self, object: &Object, at: &Pointer) -> String {
        let description = text(object, "description");
        if description.is_empty() {
            self.about(&at.join("schema")).description
        } else {
            description
        }
    }

    /// Returns the slot of a parameter, which has a schema or the content of one media type, which may be JSON.
    fn parameter_slot(&mut self, object: &'a Object, at: &Pointer) -> (Slot, bool) {
        if let Some(schema) = object.get("schema") {
            return (self.slot(schema, &at.join("schema")), false);
        }
        let content = at.join("content");
        if let Some((media_type, value)) = members(object.get("content")).next() {
            let is_json = super::bodies::is_json(media_type);
            let slot = match value.get("schema") {
                Some(schema) if is_json => {
                    self.slot(schema, &content.join(media_type).join("schema"))
                }
                _ if is_json => Slot::any(),
                _ => Slot::string(),
            };
            return (slot, is_json);
        }
        (Slot::string(), false)
    }

    /// Returns the way in which the value becomes text, and whether that is left to the caller.
    fn style(&mut self, object: &Object, place: Place, at: &Pointer) -> (Style, bool) {
        let default = match place {
            Place::Path | Place::Header => "simple",
            Place::Query | Place::Cookie => "form",
        };
        let style = object
            .get("style")
            .and_then(Value::as_str)
            .unwrap_or(default);
        let explode = object
            .get("explode")
            .and_then(Value::as_bool)
            .unwrap_or(style == "form");
        match (place, style) {
            (Place::Path | Place::Header, "simple") => (Style::Joined(","), false),
            (Place::Query, "form") if explode => (Style::Exploded, false),
            (Place::Query | Place::Cookie, "form") => (Style::Joined(","), false),
            (Place::Query, "spaceDelimited") => (Style::Joined(" "), false),
            (Place::Query, "pipeDelimited") => (Style::Joined("|"), false),
            (Place::Query, "deepObject") => (Style::Deep, false),
            _ => {
                self.note(
                    "lower/style",
                    at,
                    format!("a value of the style `{style}` is written by the caller, as text"),
                    "Nothing has to be done.",
                );
                (Style::Joined(","), true)
            }
        }
    }
}

/// Returns the hand-written setter that says a parameter, where the extension names it.
fn said_by(object: &Object) -> Option<&str> {
    object.get(INTERNAL).and_then(Value::as_str)
}

/// Returns the name of a parameter in Rust, where an extension gives one.
fn rust_name(object: &Object) -> Option<&str> {
    said_by(object).or_else(|| object.get(NAME).and_then(Value::as_str))
}

/// The security requirements say `Authorization`, and the media types `Accept` and, unless the body is bytes of which
/// nothing else says what they are, `Content-Type`.
fn is_ignored(name: &str, sends_raw: bool) -> bool {
    name.eq_ignore_ascii_case("Accept")
        || name.eq_ignore_ascii_case("Authorization")
        || (name.eq_ignore_ascii_case("Content-Type") && !sends_raw)
}
