//! The JSON that a schema lets through, in a form that documents and Rust types have in common.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use xtask::names;

/// The JSON that a schema lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// No body at all, or null.
    Nothing,
    /// Any JSON.
    Anything,
    /// The JSON that another schema with a name lets through; the name as a Rust type has it.
    Named(String),
    /// Null, or something.
    Nullable(Box<Shape>),
    /// A value of a type that has no parts.
    Plain(Plain),
    /// One of these texts.
    Values(BTreeSet<String>),
    /// Any number of something.
    List(Box<Shape>),
    /// Something under any names.
    Map(Box<Shape>),
    /// Fields by the names that they have on the wire.
    Object(BTreeMap<String, Field>),
    /// One of these, of which no two let the same through.
    Union(Vec<Shape>),
}

/// A type that has no parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plain {
    /// Its name in JSON Schema.
    pub(crate) kind: String,
    pub(crate) format: Option<String>,
    pub(crate) minimum: Option<Value>,
    pub(crate) maximum: Option<Value>,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) shape: Shape,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) default: Option<Value>,
}

/// Strings that follow each other as variants of their own, each with a description, are one list of values.
fn with_values_together(shapes: Vec<Shape>) -> Vec<Shape> {
    let mut together: Vec<Shape> = Vec::new();
    for shape in shapes {
        match (together.last_mut(), shape) {
            (Some(Shape::Values(before)), Shape::Values(more)) => before.extend(more),
            (_, shape) => together.push(shape),
        }
    }
    together
}

/// Keywords that say nothing about what is let through.
const ANNOTATIONS: [&str; 12] = [
    "$defs",
    "$schema",
    "default",
    "deprecated",
    "description",
    "example",
    "title",
    // Other names that are read; they are proved where samples are.
    "x-aliases",
    "x-name",
    "x-sensitive",
    "x-raw",
    "x-echoed",
];

/// Reads schemas, those of OpenAPI 3.0 and those of JSON Schema that schemars writes.
pub(crate) struct Reader<'a> {
    /// The schemas that have a name in the document, as Rust types are named: they stay references.
    pub(crate) named: &'a BTreeSet<String>,
    /// The schemas that references of another name stand for.
    pub(crate) definitions: Map<String, Value>,
}

impl Reader<'_> {
    /// The shape of a schema, or what in it cannot be compared.
    pub(crate) fn shape(&self, schema: &Value) -> Result<Shape, String> {
        if schema == &Value::Bool(true) {
            return Ok(Shape::Anything);
        }
        let Value::Object(map) = schema else {
            return Err(format!("`{schema}` is no schema that can be compared"));
        };
        if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
            only(map, &["$ref"])?;
            return self.reference(reference);
        }
        if let Some(variants) = variants(map) {
            only(map, &["oneOf", "anyOf", "allOf"])?;
            return self.union(variants);
        }
        self.of_type(map)
    }

    fn reference(&self, reference: &str) -> Result<Shape, String> {
        let name = reference.rsplit('/').next().unwrap_or_default();
        let rust_name = names::pascal(&names::snake(name));
        match self.definitions.get(name) {
            _ if self.named.contains(&rust_name) => Ok(Shape::Named(rust_name)),
            Some(definition) => self.shape(definition),
            None => Err(format!("`{reference}` leads nowhere")),
        }
    }

    fn union(&self, variants: &[Value]) -> Result<Shape, String> {
        let is_null = |schema: &&Value| schema.get("type") == Some(&Value::from("null"));
        let some = variants.iter().filter(|schema| !is_null(schema));
        let shapes = some
            .map(|schema| self.shape(schema))
            .collect::<Result<Vec<_>, _>>()?;
        let has_null = shapes.len() < variants.len();
        let mut shapes = with_values_together(shapes);
        // The order of variants is that in which reading them finds the right one.
        shapes.sort_by_key(|shape| format!("{shape:?}"));
        let shape = match shapes.pop() {
            Some(only) if shapes.is_empty() => only,
            last => Shape::Union(shapes.into_iter().chain(last).collect()),
        };
        Ok(if has_null {
            Shape::Nullable(Box::new(shape))
        } else {
            shape
        })
    }

    fn of_type(&self, map: &Map<String, Value>) -> Result<Shape, String> {
        let (kind, nullable) = kind(map)?;
        let shape = match kind.as_str() {
            "null" => Shape::Nothing,
            "array" => {
                only(map, &["type", "items", "nullable"])?;
                let items = map.get("items").ok_or("an array without items")?;
                Shape::List(Box::new(self.shape(items)?))
            }
            // What has members of its own may have others beside them.
            "object"
                if map.contains_key("additionalProperties") && !map.contains_key("properties") =>
            {
                only(map, &["type", "additionalProperties", "nullable"])?;
                Shape::Map(Box::new(self.shape(&map["additionalProperties"])?))
            }
            "object" => Shape::Object(self.fields(map)?),
            "string" if map.contains_key("enum") || map.contains_key("const") => {
                only(map, &["type", "enum", "const", "nullable"])?;
                Shape::Values(values(map)?)
            }
            _ => {
                only(map, &["type", "format", "minimum", "maximum", "nullable"])?;
                Shape::Plain(Plain {
                    kind,
                    format: map.get("format").and_then(Value::as_str).map(width),
                    minimum: map.get("minimum").cloned(),
                    maximum: map.get("maximum").cloned(),
                })
            }
        };
        Ok(if nullable {
            Shape::Nullable(Box::new(shape))
        } else {
            shape
        })
    }

    fn fields(&self, map: &Map<String, Value>) -> Result<BTreeMap<String, Field>, String> {
        let mut allowed = vec!["type", "properties", "required", "nullable"];
        if map.get("additionalProperties") == Some(&Value::Bool(true)) {
            allowed.push("additionalProperties");
        }
        only(map, &allowed)?;
        let required = map.get("required").and_then(Value::as_array);
        let required: Vec<&str> = required
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let properties = map.get("properties").and_then(Value::as_object);
        let fields = properties.into_iter().flatten().map(|(name, schema)| {
            let shape = self
                .shape(schema)
                .map_err(|problem| format!("{name}: {problem}"))?;
            let field = Field {
                shape,
                required: required.contains(&name.as_str()),
                deprecated: schema.get("deprecated") == Some(&Value::Bool(true)),
                default: schema.get("default").cloned(),
            };
            Ok((name.clone(), field))
        });
        fields.collect()
    }
}

/// Refuses keywords beside the ones that were read, so that none goes unnoticed.
fn only(map: &Map<String, Value>, read: &[&str]) -> Result<(), String> {
    let known =
        |key: &&String| !read.contains(&key.as_str()) && !ANNOTATIONS.contains(&key.as_str());
    match map.keys().find(known) {
        None => Ok(()),
        Some(keyword) => Err(format!("`{keyword}` is not compared")),
    }
}

/// The alternatives of a schema. An `allOf` of one is how OpenAPI 3.0 describes a reference.
fn variants(map: &Map<String, Value>) -> Option<&Vec<Value>> {
    let variants = |key| map.get(key).and_then(Value::as_array);
    let all = variants("allOf").filter(|schemas| schemas.len() == 1);
    variants("oneOf").or(variants("anyOf")).or(all)
}

/// The type beside null, and whether null is let through too.
fn kind(map: &Map<String, Value>) -> Result<(String, bool), String> {
    let nullable = map.get("nullable") == Some(&Value::Bool(true));
    match map.get("type") {
        Some(Value::String(kind)) => Ok((kind.clone(), nullable)),
        Some(Value::Array(kinds)) => {
            let mut some = kinds
                .iter()
                .filter_map(Value::as_str)
                .filter(|kind| *kind != "null");
            match (some.next(), some.next()) {
                (Some(kind), None) => Ok((kind.to_owned(), true)),
                _ => Err("several types are not compared".to_owned()),
            }
        }
        _ => Err("a schema without a type is not compared".to_owned()),
    }
}

fn values(map: &Map<String, Value>) -> Result<BTreeSet<String>, String> {
    let values = map.get("enum").and_then(Value::as_array).cloned();
    let values = values
        .into_iter()
        .flatten()
        .chain(map.get("const").cloned());
    let text = |value: Value| match value {
        Value::String(text) => Ok(text),
        other => Err(format!("`{other}` is no text, and is not compared")),
    };
    values.map(text).collect()
}

/// The format without what a type of this crate knows beside the width: a time in milliseconds is 64 bits wide.
fn width(format: &str) -> String {
    match format {
        "unix-milliseconds" => "int64",
        other => other,
    }
    .to_owned()
}
