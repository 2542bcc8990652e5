//! Defaults: typify refuses a default that does not match its schema, or panics while it writes it.

use serde_json::Value;

use super::schema::{is_anything, is_map, type_of};
use super::survey::{Kind, Node, Survey};
use crate::finding::Findings;

/// How deep a default is compared with its schema.
const DEPTH: usize = 16;

pub(super) fn check<'a>(survey: &Survey<'a>, schema: &Node<'a>, findings: &mut Findings) {
    if schema.has("$ref") {
        return; // What stands beside a reference is ignored.
    }
    let Some(default) = schema
        .get("default")
        .filter(|default| !default.value.is_null())
    else {
        return; // A default that is null is none to progenitor.
    };
    if let Err(fault) = matches(survey, schema, default.value, DEPTH) {
        findings.push(survey.error(
            "preflight/default",
            &default.pointer,
            format!("The default does not match its schema: {fault}."),
            "Correct or remove `default` with an action of the overlay.",
        ));
    }
}

type Fault = Result<(), String>;

/// Whether `value` is one of `schema`, as far as typify looks.
fn matches<'a>(survey: &Survey<'a>, schema: &Node<'a>, value: &Value, depth: usize) -> Fault {
    let Some(schema) = survey.resolve(Kind::Schema, schema).filter(|_| depth > 0) else {
        return Ok(());
    };
    if is_anything(&schema) || (value.is_null() && schema.flag("nullable")) {
        return Ok(());
    }
    for part in schema.elements_of("allOf") {
        matches(survey, &part, value, depth - 1)?;
    }
    for key in ["oneOf", "anyOf"] {
        let variants = schema.elements_of(key);
        let fits = |variant: &Node<'a>| matches(survey, variant, value, depth - 1).is_ok();
        if !variants.is_empty() && !variants.iter().any(fits) {
            return Err(format!("{value} is none of the variants"));
        }
    }
    let values = schema.value.get("enum").and_then(Value::as_array);
    if values.is_some_and(|values| !values.contains(value)) {
        return Err(format!("{value} is not in the enum"));
    }
    match type_of(&schema) {
        Some("string") if !value.is_string() => Err(format!("{value} is no string")),
        Some("boolean") if !value.is_boolean() => Err(format!("{value} is neither true nor false")),
        Some("number") if !value.is_number() => Err(format!("{value} is no number")),
        Some("integer") if !(value.is_i64() || value.is_u64()) => {
            Err(format!("{value} is no integer"))
        }
        Some("integer") => within_bounds(&schema, value),
        Some("array") => list_matches(survey, &schema, value, depth),
        Some("object") => object_matches(survey, &schema, value, depth),
        _ => Ok(()),
    }
}

fn within_bounds(schema: &Node<'_>, value: &Value) -> Fault {
    let bound = |key: &str| schema.value.get(key).and_then(Value::as_f64);
    let number = value.as_f64().unwrap_or_default();
    let low = bound("minimum").is_some_and(|least| {
        number < least || (schema.flag("exclusiveMinimum") && number <= least)
    });
    let high = bound("maximum")
        .is_some_and(|most| number > most || (schema.flag("exclusiveMaximum") && number >= most));
    let range = match schema.text("format") {
        Some("int8") => Some((f64::from(i8::MIN), f64::from(i8::MAX))),
        Some("uint8") => Some((0.0, f64::from(u8::MAX))),
        Some("int16") => Some((f64::from(i16::MIN), f64::from(i16::MAX))),
        Some("uint16") => Some((0.0, f64::from(u16::MAX))),
        Some("int" | "int32") => Some((f64::from(i32::MIN), f64::from(i32::MAX))),
        Some("uint" | "uint32") => Some((0.0, f64::from(u32::MAX))),
        Some("uint64") => Some((0.0, f64::INFINITY)),
        _ => None,
    };
    let outside = range.is_some_and(|(least, most)| number < least || number > most);
    if low || high || outside {
        Err(format!("{value} is out of bounds"))
    } else {
        Ok(())
    }
}

fn list_matches<'a>(survey: &Survey<'a>, schema: &Node<'a>, value: &Value, depth: usize) -> Fault {
    let Some(elements) = value.as_array() else {
        return Err(format!("{value} is no list"));
    };
    if schema.flag("uniqueItems") {
        let mut rest = elements.as_slice();
        while let Some((element, others)) = rest.split_first() {
            if others.contains(element) {
                return Err(format!("{element} is in it twice"));
            }
            rest = others;
        }
    }
    let size = |key| schema.value.get(key).and_then(Value::as_u64);
    let length = u64::try_from(elements.len()).unwrap_or(u64::MAX);
    if size("minItems").is_some_and(|least| length < least)
        || size("maxItems").is_some_and(|most| length > most)
    {
        return Err(format!("its length is {length}"));
    }
    let Some(items) = schema.get("items") else {
        return Ok(());
    };
    elements
        .iter()
        .try_for_each(|element| matches(survey, &items, element, depth - 1))
}

fn object_matches<'a>(
    survey: &Survey<'a>,
    schema: &Node<'a>,
    value: &Value,
    depth: usize,
) -> Fault {
    let Some(members) = value.as_object() else {
        return Err(format!("{value} is no object"));
    };
    if let Some(name) = schema
        .texts_of("required")
        .into_iter()
        .find(|name| !members.contains_key(*name))
    {
        return Err(format!("`{name}` is missing"));
    }
    let properties = schema.members_of("properties");
    let rest = schema.get("additionalProperties");
    for (name, member) in members {
        if let Some((_, property)) = properties.iter().find(|(property, _)| property == name) {
            matches(survey, property, member, depth - 1)?;
        } else if let Some(rest) = rest.as_ref().filter(|rest| rest.value.is_object()) {
            matches(survey, rest, member, depth - 1)?;
        } else if !is_map(schema) && !schema.texts_of("required").contains(&name.as_str()) {
            return Err(format!("`{name}` is not declared"));
        }
    }
    for (name, property) in &properties {
        // typify fills what is left out with `Default::default()`, which only some types have.
        if !members.contains_key(*name) && property.has("default") {
            return Err(format!("`{name}` has a default of its own and is left out"));
        }
    }
    Ok(())
}
