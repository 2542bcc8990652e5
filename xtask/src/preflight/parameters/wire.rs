//! What parameters hold, and whether the generated code can write that where the parameter goes.
//!
//! Path and header values are written with `to_string`, which lists, maps and structs do not have. Query
//! values are written with serde, one pair for a scalar and one for each element of a list. A struct
//! makes progenitor panic wherever it goes.

use std::collections::HashSet;

use crate::finding::Findings;
use crate::pointer::Pointer;
use crate::preflight::schema::{COMPOSITIONS, is_anything, type_of};
use crate::preflight::survey::{Node, Parameter, Survey};

/// What the type of a parameter is to the code that sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Scalar,
    /// A text that the generated code keeps from being printed.
    Secret,
    /// Any value; as text, a string has quotation marks around it.
    Anything,
    ListOfScalars,
    Other(&'static str),
}

pub(super) fn check(
    survey: &Survey<'_>,
    label: &str,
    parameter: &Parameter<'_>,
    findings: &mut Findings,
) {
    let Some(schema) = parameter.node.get("schema") else {
        return; // Neither `schema` nor `content`: the typed document refuses it.
    };
    let (name, location) = (parameter.name, parameter.location);
    let mut report = |code, at: &Pointer, what: &str, next: &str| {
        let message = format!("The {location} parameter `{name}` of `{label}` {what}.");
        findings.push(survey.error(code, at, message, next));
    };
    let style = parameter.node.text("style");
    if !matches!(
        (location, style),
        (_, None) | ("query", Some("form")) | ("path" | "header", Some("simple"))
    ) {
        report(
            "preflight/parameter-style",
            &parameter.node.pointer.join("style"),
            "has a style that progenitor does not write",
            "Remove `style` with an action of the overlay if the service also reads the usual one.",
        );
        return;
    }
    let nullable = is_nullable(survey, &schema);
    let list = "Describe the value as a single string with an action of the overlay.";
    match (location, shape(survey, &schema, &mut HashSet::new())) {
        ("query", Shape::Scalar | Shape::Secret | Shape::Anything) => {}
        ("query", Shape::ListOfScalars) => {
            if parameter.node.value.get("explode") == Some(&serde_json::Value::Bool(false)) {
                report(
                    "preflight/parameter-explode",
                    &parameter.node.pointer.join("explode"),
                    "is a list with `explode: false`, and would be sent as repeated pairs",
                    list,
                );
            }
        }
        (_, Shape::Scalar) if nullable => report(
            "preflight/parameter-nullable",
            &schema.pointer,
            "is nullable, and null has no text",
            "Remove `nullable` with an action of the overlay; what is not required can be left out.",
        ),
        (_, Shape::Scalar) => {}
        (_, Shape::Secret) => report(
            "preflight/password",
            &schema.pointer,
            "is a password, which has no text that the generated code could write there",
            "Remove the parameter if the client sends it with the credentials, or else `format`, with an action of the overlay.",
        ),
        (_, Shape::Anything) => report(
            "preflight/parameter-untyped",
            &schema.pointer,
            "has no type, so that a string would be sent with quotation marks",
            "Give its schema a `type` with an action of the overlay.",
        ),
        (_, Shape::ListOfScalars) => report(
            "preflight/parameter-list",
            &schema.pointer,
            "is a list, which the generated code cannot write there",
            list,
        ),
        (_, Shape::Other(what)) => report(
            "preflight/parameter-type",
            &schema.pointer,
            &format!("is {what}, which the generated code cannot write there"),
            list,
        ),
    }
}

/// Whether null is among the values of `schema`.
fn is_nullable<'a>(survey: &Survey<'a>, schema: &Node<'a>) -> bool {
    schema.flag("nullable")
        || survey
            .plain_schema(schema)
            .is_some_and(|plain| plain.flag("nullable"))
}

fn shape<'a>(survey: &Survey<'a>, schema: &Node<'a>, seen: &mut HashSet<Pointer>) -> Shape {
    let Some(schema) = survey.plain_schema(schema) else {
        return Shape::Scalar; // A reference that leads nowhere has its own finding.
    };
    if !seen.insert(schema.pointer.clone()) {
        return Shape::Other("a type that holds itself");
    }
    let shape = if is_anything(&schema) {
        Shape::Anything
    } else {
        shape_of(survey, &schema, seen)
    };
    seen.remove(&schema.pointer);
    shape
}

fn shape_of<'a>(survey: &Survey<'a>, schema: &Node<'a>, seen: &mut HashSet<Pointer>) -> Shape {
    if schema.has("allOf") {
        return all_of_shape(survey, schema, seen);
    }
    let variants: Vec<_> = COMPOSITIONS
        .iter()
        .flat_map(|key| schema.elements_of(key))
        .collect();
    if !variants.is_empty() {
        let scalar = |variant| shape(survey, variant, seen) == Shape::Scalar;
        return if variants.iter().all(scalar) {
            Shape::Scalar
        } else {
            Shape::Other("a union with lists, objects, passwords or untyped values in it")
        };
    }
    match type_of(schema) {
        Some("string") if schema.text("format") == Some("password") => Shape::Secret,
        Some("string" | "integer" | "number" | "boolean") => Shape::Scalar,
        Some("array") => list_shape(survey, schema, seen),
        Some("object") => Shape::Other("an object"),
        _ if schema.has("type") => Shape::Scalar, // The type has a finding of its own.
        _ => Shape::Other("of no type that has a text"),
    }
}

/// The shape of an intersection is that of its parts, which agree or leave it open.
fn all_of_shape<'a>(survey: &Survey<'a>, schema: &Node<'a>, seen: &mut HashSet<Pointer>) -> Shape {
    let parts = schema.elements_of("allOf");
    let mut shapes = parts.iter().map(|part| shape(survey, part, seen));
    shapes
        .find(|shape| *shape != Shape::Anything)
        .unwrap_or(Shape::Anything)
}

fn list_shape<'a>(survey: &Survey<'a>, schema: &Node<'a>, seen: &mut HashSet<Pointer>) -> Shape {
    let bound = |key| schema.value.get(key).and_then(serde_json::Value::as_u64);
    if bound("minItems").is_some_and(|least| least > 0 && Some(least) == bound("maxItems")) {
        return Shape::Other("a list of fixed length");
    }
    let Some(items) = schema.get("items") else {
        return Shape::ListOfScalars;
    };
    match shape(survey, &items, seen) {
        _ if is_nullable(survey, &items) => Shape::Other("a list with nulls in it"),
        Shape::Scalar | Shape::Secret | Shape::Anything => Shape::ListOfScalars,
        Shape::ListOfScalars | Shape::Other(_) => Shape::Other("a list of lists or objects"),
    }
}
