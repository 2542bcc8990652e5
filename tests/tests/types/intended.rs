//! The places in which Rust types differ from the document, and are meant to.

use std::collections::BTreeMap;

use serde_json::Value;

use super::shape::{Field, Plain, Shape};

/// A difference that is meant to be.
pub(crate) struct Intended {
    /// The difference, and its reason.
    pub(crate) reason: &'static str,
    /// The shape as Rust has it, for one of the document whose parts are as Rust has them already.
    apply: fn(Shape, Use) -> Shape,
}

/// The subject of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Only what a client sends.
    Request,
    /// An answer of the service, and perhaps also a body that a client sends.
    Answer,
}

/// All differences that are meant to be.
pub(crate) const INTENDED: [Intended; 5] = [
    Intended {
        reason: "An integer without a format has 64 bits: the document does not say how large it gets. The service \
                 checks bounds.",
        apply: |shape, _| match shape {
            Shape::Plain(plain) if is_bare_integer(&plain) => Shape::Plain(Plain {
                format: Some("int64".to_owned()),
                minimum: None,
                maximum: None,
                ..plain
            }),
            other => other,
        },
    },
    Intended {
        reason: "An integer without a sign begins at 0. The service checks whether it is more.",
        apply: |shape, _| match shape {
            Shape::Plain(plain) if plain.format.as_deref() == Some("uint32") => {
                Shape::Plain(Plain {
                    minimum: Some(Value::from(0)),
                    ..plain
                })
            }
            other => other,
        },
    },
    Intended {
        reason: "A field that may be absent may be null: `Option` reads both. A collection is empty instead.",
        apply: |shape, _| {
            change_fields(shape, |field| {
                let is_collection = matches!(field.shape, Shape::List(_) | Shape::Map(_));
                if field.required || is_collection {
                    field
                } else {
                    let shape = Shape::Nullable(Box::new(field.shape));
                    Field { shape, ..field }
                }
            })
        },
    },
    Intended {
        reason: "The default of a required field is never used, so Rust knows none.",
        apply: |shape, _| {
            change_fields(shape, |field| {
                let default = field.default.filter(|_| !field.required);
                Field { default, ..field }
            })
        },
    },
    Intended {
        reason: "An enumeration in an answer keeps values that it does not know: a new one costs no answer.",
        apply: |shape, used| match shape {
            Shape::Values(values) if used == Use::Answer => {
                Shape::Union(vec![text(), Shape::Values(values)])
            }
            other => other,
        },
    },
];

/// The shape of the document as Rust has it, by these differences.
pub(crate) fn in_rust(shape: Shape, used: Use, intended: &[&Intended]) -> Shape {
    let inner = |shape: Shape| in_rust(shape, used, intended);
    let boxed = |shape: Box<Shape>| Box::new(in_rust(*shape, used, intended));
    let shape = match shape {
        Shape::Nullable(shape) => Shape::Nullable(boxed(shape)),
        Shape::List(shape) => Shape::List(boxed(shape)),
        Shape::Map(shape) => Shape::Map(boxed(shape)),
        Shape::Union(shapes) => Shape::Union(shapes.into_iter().map(inner).collect()),
        Shape::Object(_) => change_fields(shape, |field| {
            let shape = in_rust(field.shape, used, intended);
            Field { shape, ..field }
        }),
        plain => plain,
    };
    intended
        .iter()
        .fold(shape, |shape, intended| (intended.apply)(shape, used))
}

fn change_fields(shape: Shape, change: impl Fn(Field) -> Field) -> Shape {
    let Shape::Object(fields) = shape else {
        return shape;
    };
    let fields: BTreeMap<String, Field> = fields
        .into_iter()
        .map(|(name, field)| (name, change(field)))
        .collect();
    Shape::Object(fields)
}

fn is_bare_integer(plain: &Plain) -> bool {
    plain.kind == "integer" && plain.format.is_none()
}

fn text() -> Shape {
    Shape::Plain(Plain {
        kind: "string".to_owned(),
        format: None,
        minimum: None::<Value>,
        maximum: None,
    })
}
