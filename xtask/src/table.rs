//! The operation table: what later stages and the finished crate need to know about each operation.
//!
//! It is read off the lowered document once. Refining looks up here what it must find in the generated
//! code, and the finished crate carries it as a constant, so that hand-written code reads facts instead of
//! repeating them.

use serde_json::Value;

use crate::names;
use crate::pointer::Pointer;
use crate::source::Document;

mod read;

/// All operations, in the order of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct OperationTable {
    /// The rows.
    pub operations: Vec<Operation>,
}

/// One operation.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Operation {
    /// The `operationId`.
    pub id: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The first tag; empty where there is none.
    pub tag: String,
    /// The summary; empty where there is none.
    pub summary: String,
    /// The description; empty where there is none.
    #[serde(skip)]
    pub description: String,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// Whether sending the request twice leaves the service as if it was sent once.
    pub idempotent: bool,
    /// Query parameters of which at least one must be given, for the operation not to act on everything.
    pub needs_filter: Vec<String>,
    /// Path, query and header parameters, in the order of the document.
    pub parameters: Vec<Parameter>,
    /// Families of headers that share a prefix.
    pub header_families: Vec<HeaderFamily>,
    /// The request body, if the operation takes one.
    pub body: Option<Body>,
    /// Statuses of success, `200` or `2XX`.
    pub success: Vec<String>,
    /// Statuses of errors, `404` or `4XX`.
    pub errors: Vec<String>,
    /// Where the operation stands in the document.
    #[serde(skip)]
    pub pointer: Pointer,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// Where it goes: `path`, `query` or `header`.
    #[serde(rename = "in")]
    pub place: String,
    /// Whether it must be given.
    pub required: bool,
    /// Whether a path parameter goes into the path as it is.
    pub raw: bool,
    /// Whether it takes several values.
    pub repeated: bool,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// The description; empty where there is none.
    #[serde(skip)]
    pub description: String,
}

/// Headers that share a prefix; the rest of the name is the caller's.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct HeaderFamily {
    /// The prefix, with its last hyphen.
    pub prefix: String,
    /// The description; empty where there is none.
    #[serde(skip)]
    pub description: String,
}

/// A request body.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Body {
    /// Whether it must be given.
    pub required: bool,
    /// The media types it may have, in the order of the document.
    pub media_types: Vec<String>,
    /// The media type that the generated code deals in.
    #[serde(skip)]
    pub generated_media_type: String,
    /// The description; empty where there is none.
    #[serde(skip)]
    pub description: String,
}

impl Operation {
    /// The method of the generated client.
    #[must_use]
    pub fn method_name(&self) -> String {
        names::snake(&self.id)
    }

    /// The generated builder type.
    #[must_use]
    pub fn builder_name(&self) -> String {
        names::pascal(&names::snake(&self.id))
    }
}

impl Parameter {
    /// The setter of the generated builder.
    #[must_use]
    pub fn setter_name(&self) -> String {
        names::snake(&self.name)
    }
}

impl HeaderFamily {
    /// The method of the generated builder that adds one header of the family.
    #[must_use]
    pub fn setter_name(&self) -> String {
        format!("{}_header", names::snake(&self.prefix))
    }
}

/// Reads the table off a lowered document.
///
/// What has no `operationId` or is not of the shape that lowering leaves is passed over: preflight reports it.
#[must_use]
pub fn table(document: &Document) -> OperationTable {
    let mut operations = Vec::new();
    let paths = Pointer::root().join("paths");
    if let Some(Value::Object(items)) = paths.resolve(&document.root) {
        for (path, item) in items {
            let pointer = paths.join(path);
            operations.extend(read::path_item(document, path, item, &pointer));
        }
    }
    OperationTable { operations }
}
