//! Whether the Rust type of one schema reads every value of another.
//!
//! This is about what serde reads, not about what JSON Schema accepts: serde skips members that a
//! struct does not have, reads an integer into a float, and enforces no bounds. Where it is not sure,
//! the answer is no: this finds variants that are surely lost, and none besides.

use serde_json::Value;

use crate::preflight::schema::{is_anything, type_of};
use crate::preflight::survey::{Kind, Node, Survey};

/// How deep two schemas are compared.
const DEPTH: usize = 12;

pub(super) fn accepts<'a>(survey: &Survey<'a>, reader: &Node<'a>, written: &Node<'a>) -> bool {
    reads(survey, reader, written, DEPTH)
}

fn reads<'a>(survey: &Survey<'a>, reader: &Node<'a>, written: &Node<'a>, depth: usize) -> bool {
    let (Some(reader), Some(written)) = (survey.plain_schema(reader), survey.plain_schema(written))
    else {
        return false;
    };
    if reader.pointer == written.pointer || is_anything(&reader) {
        return true;
    }
    if depth == 0 || is_anything(&written) {
        return false;
    }
    let within = |reader: &Node<'a>, written: &Node<'a>| reads(survey, reader, written, depth - 1);
    let written_variants = variants(&written);
    if !written_variants.is_empty() {
        return written_variants
            .iter()
            .all(|variant| within(&reader, variant));
    }
    let reader_variants = variants(&reader);
    if !reader_variants.is_empty() {
        return reader_variants
            .iter()
            .any(|variant| within(variant, &written));
    }
    if written.flag("nullable") && !reader.flag("nullable") {
        return false;
    }
    match (type_of(&reader), type_of(&written)) {
        (Some("string"), Some("string")) => reads_string(&reader, &written),
        (Some("number"), Some("number" | "integer")) => {
            reader.value.get("enum").is_none() || holds(&reader, &written)
        }
        (Some("integer"), Some("integer")) => reads_integer(&reader, &written),
        (Some("boolean"), Some("boolean")) => true,
        (Some("array"), Some("array")) => reads_array(&reader, &written, within),
        _ => match (Object::of(survey, &reader), Object::of(survey, &written)) {
            (Some(reader), Some(written)) => reader.reads(&written, within),
            _ => false,
        },
    }
}

fn variants<'a>(schema: &Node<'a>) -> Vec<Node<'a>> {
    let mut variants = schema.elements_of("oneOf");
    variants.extend(schema.elements_of("anyOf"));
    variants
}

/// Whether the enum of `written` is part of that of `reader`.
fn holds(reader: &Node<'_>, written: &Node<'_>) -> bool {
    let values = |node: &Node<'_>| node.value.get("enum").and_then(Value::as_array).cloned();
    match (values(reader), values(written)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(all), Some(some)) => some.iter().all(|value| all.contains(value)),
    }
}

fn reads_string(reader: &Node<'_>, written: &Node<'_>) -> bool {
    let strict = ["minLength", "maxLength"].iter();
    let bounds = strict.into_iter().all(|key| match reader.value.get(*key) {
        None => true,
        bound => bound == written.value.get(*key),
    });
    let address = |node: &Node<'_>| {
        node.text("format")
            .is_some_and(|format| format.starts_with("ip"))
    };
    bounds
        && holds(reader, written)
        && (!address(reader) || reader.text("format") == written.text("format"))
}

fn reads_integer(reader: &Node<'_>, written: &Node<'_>) -> bool {
    let keys = [
        "format",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
    ];
    let same = keys
        .iter()
        .all(|key| reader.value.get(*key) == written.value.get(*key));
    let wide = !keys.iter().any(|key| reader.has(key))
        || (reader.text("format") == Some("int64") && !reader.has("minimum"));
    (same || wide) && holds(reader, written)
}

fn reads_array<'a>(
    reader: &Node<'a>,
    written: &Node<'a>,
    within: impl Fn(&Node<'a>, &Node<'a>) -> bool,
) -> bool {
    let fixed =
        reader.has("minItems") && reader.value.get("minItems") == reader.value.get("maxItems");
    let same = ["minItems", "maxItems"]
        .iter()
        .all(|key| reader.value.get(*key) == written.value.get(*key));
    if fixed && !same {
        return false;
    }
    match (reader.get("items"), written.get("items")) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(reader), Some(written)) => within(&reader, &written),
    }
}

/// An object schema, with the parts of an `allOf` taken together.
struct Object<'a> {
    properties: Vec<(&'a str, Node<'a>)>,
    required: Vec<&'a str>,
    closed: bool,
    /// The schema of members that are not declared.
    rest: Option<Node<'a>>,
}

impl<'a> Object<'a> {
    fn of(survey: &Survey<'a>, schema: &Node<'a>) -> Option<Self> {
        let mut object = Self {
            properties: Vec::new(),
            required: Vec::new(),
            closed: false,
            rest: None,
        };
        object.add(survey, schema, DEPTH).then_some(object)
    }

    fn add(&mut self, survey: &Survey<'a>, schema: &Node<'a>, depth: usize) -> bool {
        let Some(schema) = survey.resolve(Kind::Schema, schema).filter(|_| depth > 0) else {
            return false;
        };
        if schema.has("oneOf") || schema.has("anyOf") || schema.has("not") {
            return false;
        }
        let parts = schema.elements_of("allOf");
        if parts.is_empty() && type_of(&schema) != Some("object") {
            return false;
        }
        self.properties.extend(schema.members_of("properties"));
        self.required.extend(schema.texts_of("required"));
        self.closed |= schema.value.get("additionalProperties") == Some(&Value::Bool(false));
        if let Some(rest) = schema
            .get("additionalProperties")
            .filter(|rest| rest.value.is_object())
        {
            self.rest = Some(rest);
        }
        parts.iter().all(|part| self.add(survey, part, depth - 1))
    }

    fn property(&self, name: &str) -> Option<&Node<'a>> {
        self.properties
            .iter()
            .find(|(property, _)| *property == name)
            .map(|(_, node)| node)
    }

    fn reads(&self, written: &Self, within: impl Fn(&Node<'a>, &Node<'a>) -> bool) -> bool {
        let present = |name: &&str| written.required.contains(name);
        let fits = |(name, node): &(&'a str, Node<'a>)| match (self.property(name), &self.rest) {
            (Some(own), _) | (None, Some(own)) => within(own, node),
            (None, None) => !self.closed,
        };
        self.required.iter().all(present) && written.properties.iter().all(fits)
    }
}
