//! The objects of a document that are at fault, each tried by itself.

use openapiv3::{
    Info, MediaType, Operation, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{UNREAD, parse};
use crate::preflight::schema::children;
use crate::preflight::survey::{Kind, METHODS, Node, Survey};

/// The members of a schema that hold further ones.
const IN_SCHEMAS: [&str; 7] = [
    "properties",
    "items",
    "not",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
];

/// The objects at fault, each with what is wrong with it.
pub(super) fn find<'a>(survey: &Survey<'a>) -> Vec<(Node<'a>, String)> {
    let mut faults = Faults(Vec::new());
    if let Some(info) = survey.root().get("info") {
        faults.object::<Info>(&info, &[]);
    }
    for (path, item) in survey.root().members_of("paths") {
        if path.starts_with('/') {
            faults.path_item(&item);
        }
    }
    for (_, schema) in survey.components(Kind::Schema) {
        faults.schema(schema);
    }
    for (_, parameter) in survey.components(Kind::Parameter) {
        faults.parameter(&parameter);
    }
    for (_, body) in survey.components(Kind::RequestBody) {
        faults.holder::<RequestBody>(&body);
    }
    for (_, response) in survey.components(Kind::Response) {
        faults.holder::<Response>(&response);
    }
    faults.0
}

struct Faults<'a>(Vec<(Node<'a>, String)>);

impl<'a> Faults<'a> {
    /// Tries `node` as a `T`, with the members in `inner` emptied; whether it is one.
    fn object<T: DeserializeOwned>(&mut self, node: &Node<'a>, inner: &[&str]) -> bool {
        let result = parse::<T>(&shallow(node.value, inner));
        self.0
            .extend(result.err().map(|error| (node.clone(), error)));
        self.0
            .last()
            .is_none_or(|(last, _)| last.pointer != node.pointer)
    }

    fn path_item(&mut self, item: &Node<'a>) {
        let mut value = shallow(item.value, &["parameters"]);
        if let Some(members) = value.as_object_mut() {
            // An operation cannot be empty, so it is left out.
            members.retain(|key, value| !(METHODS.contains(&key.as_str()) && value.is_object()));
        }
        let result = parse::<ReferenceOr<PathItem>>(&value);
        self.0
            .extend(result.err().map(|error| (item.clone(), error)));
        self.parameters(item);
        for method in METHODS {
            if let Some(operation) = item
                .get(method)
                .filter(|operation| operation.value.is_object())
            {
                self.operation(&operation);
            }
        }
    }

    fn operation(&mut self, operation: &Node<'a>) {
        self.object::<Operation>(operation, &["parameters", "requestBody", "responses"]);
        self.parameters(operation);
        if let Some(body) = operation.get("requestBody") {
            self.holder::<RequestBody>(&body);
        }
        for (status, response) in operation.members_of("responses") {
            if !status.starts_with("x-") {
                self.holder::<Response>(&response);
            }
        }
    }

    fn parameters(&mut self, holder: &Node<'a>) {
        for parameter in holder.elements_of("parameters") {
            self.parameter(&parameter);
        }
    }

    fn parameter(&mut self, parameter: &Node<'a>) {
        self.object::<ReferenceOr<Parameter>>(parameter, &["schema", "content"]);
        self.schema_in(parameter);
        self.content(parameter);
    }

    /// A request body or a response.
    fn holder<T: DeserializeOwned>(&mut self, holder: &Node<'a>) {
        self.object::<ReferenceOr<T>>(holder, &["content"]);
        self.content(holder);
    }

    fn content(&mut self, holder: &Node<'a>) {
        for (_, media_type) in holder.members_of("content") {
            self.object::<MediaType>(&media_type, &["schema"]);
            self.schema_in(&media_type);
        }
    }

    fn schema_in(&mut self, holder: &Node<'a>) {
        if let Some(schema) = holder.get("schema") {
            self.schema(schema);
        }
    }

    /// `schema` and those inside it.
    fn schema(&mut self, schema: Node<'a>) {
        let mut pending = vec![schema];
        while let Some(schema) = pending.pop() {
            if self.object::<ReferenceOr<Schema>>(&schema, &IN_SCHEMAS) {
                pending.extend(children(&schema).into_iter().rev());
            }
        }
    }
}

/// A copy of an object with nothing in the members `inner`, and without those that are never read.
fn shallow(value: &Value, inner: &[&str]) -> Value {
    let Some(members) = value.as_object() else {
        return value.clone();
    };
    let read = members
        .iter()
        .filter(|(key, _)| !UNREAD.contains(&key.as_str()));
    let copy = |(key, value): (&String, &Value)| {
        let inner = inner.contains(&key.as_str());
        (
            key.clone(),
            if inner { emptied(value) } else { value.clone() },
        )
    };
    Value::Object(read.map(copy).collect())
}

/// An object or a list with nothing in it; any other value as it is.
fn emptied(value: &Value) -> Value {
    match value {
        Value::Object(_) => Value::Object(Map::new()),
        Value::Array(_) => Value::Array(Vec::new()),
        other => other.clone(),
    }
}
