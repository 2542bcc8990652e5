//! Reads the operation table, a constant in the generated code.

use serde::Deserialize;
use serde_json::{Map, Value};
use syn::{Expr, Item, Lit, Member};

use super::{Api, Operation, Placed, take};
use crate::names;

/// A row of the operation table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Row {
    /// The `operationId`.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The first tag.
    pub tag: String,
    /// The summary.
    pub summary: String,
    /// `true` if the document marks it as deprecated.
    pub deprecated: bool,
    /// `true` if sending it twice leaves the service as sending it once does.
    pub idempotent: bool,
    /// Query parameters of which one has to be given.
    pub needs_filter: Vec<String>,
    /// Path, query and header parameters.
    pub parameters: Vec<Parameter>,
    /// The prefixes of families of headers.
    pub header_families: Vec<Parameter>,
    /// The media types of the body.
    pub media_types: Vec<String>,
    /// `true` if a body has to be given.
    pub body_required: bool,
    /// Statuses of success.
    pub success: Vec<String>,
    /// Statuses of errors.
    pub errors: Vec<String>,
    /// Facts that only those who hold them know.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

/// A parameter in a row, or a family of headers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Parameter {
    /// The name on the wire; of a family, the prefix.
    #[serde(alias = "prefix")]
    pub name: String,
    /// `Path`, `Query` or `Header`.
    pub place: String,
    /// `true` if it has to be given.
    pub required: bool,
    /// `true` if it takes several values.
    pub repeated: bool,
    /// `true` if the document marks it as deprecated.
    pub deprecated: bool,
    /// Facts that only those who hold them know.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

/// Takes the constants of the module `operations` into the API: the rows, and what holds for all of them.
pub(super) fn read(items: &mut Vec<Placed>, api: &mut Api) {
    let constants = take(items, |placed| match &placed.item {
        Item::Const(_) if placed.module == ["operations"] => Some(()),
        _ => None,
    });
    for ((), item) in constants {
        if let Item::Const(item) = item {
            api.constants
                .insert(item.ident.to_string(), value(&item.expr));
        }
    }
    let rows = api.constants.remove("OPERATIONS");
    for row in rows
        .as_ref()
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        // A row stands in the list, or is a constant of its own.
        let named = row.as_str().and_then(|name| api.constants.remove(name));
        let row: Row =
            serde_json::from_value(named.unwrap_or_else(|| row.clone())).unwrap_or_default();
        api.operations.insert(
            names::snake(&row.id),
            Operation {
                row,
                ..Operation::default()
            },
        );
    }
}

/// A constant as JSON: a struct is an object, a path is its last segment.
fn value(expression: &Expr) -> Value {
    match expression {
        Expr::Reference(inner) => value(&inner.expr),
        Expr::Array(list) => list.elems.iter().map(value).collect(),
        Expr::Struct(fields) => {
            let fields = fields
                .fields
                .iter()
                .filter_map(|field| match &field.member {
                    Member::Named(name) => Some((name.to_string(), value(&field.expr))),
                    Member::Unnamed(_) => None,
                });
            Value::Object(fields.collect())
        }
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Value::from(text.value()),
            Lit::Bool(flag) => Value::from(flag.value),
            other => Value::from(super::code::text(other)),
        },
        Expr::Path(path) => {
            let last = path.path.segments.last();
            last.map_or(Value::Null, |last| Value::from(last.ident.to_string()))
        }
        other => Value::from(super::code::plain(other)),
    }
}

/// A path template without the names of its parameters, which mean nothing to the service.
#[must_use]
pub fn without_names(path: &str) -> String {
    let mut bare = String::new();
    for (at, part) in path.split('{').enumerate() {
        match part.split_once('}') {
            Some((_, rest)) if at > 0 => {
                bare.push_str("{}");
                bare.push_str(rest);
            }
            _ => bare.push_str(part),
        }
    }
    bare
}
