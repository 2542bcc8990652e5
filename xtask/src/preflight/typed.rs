//! The document in the types of `openapiv3`, or where exactly it does not fit into them.
//!
//! A failed deserialization does not say where it failed, so the parts are tried from the outside in
//! until none of the parts of a part fails: that part is the one at fault.

use openapiv3::{
    Components, Info, MediaType, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, RequestBody,
    Response, Schema,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::survey::{Kind, METHODS, Node, Survey};
use crate::finding::Findings;

/// The typed document.
pub(super) fn typed(survey: &Survey<'_>, findings: &mut Findings) -> Option<OpenAPI> {
    let root = survey.root();
    let error = match read::<OpenAPI>(root.value) {
        Ok(document) => return Some(document),
        Err(error) => error,
    };
    let mut faults = Vec::new();
    document_faults(root, &mut faults);
    if faults.is_empty() {
        faults.push((root.clone(), error));
    }
    for (node, error) in faults {
        findings.push(survey.error(
            "preflight/malformed",
            &node.pointer,
            format!("This part of the document is not OpenAPI 3.0: {error}."),
            "Write it as the OpenAPI specification has it.",
        ));
    }
    None
}

type Faults<'a> = Vec<(Node<'a>, String)>;

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    T::deserialize(value).map_err(|error| error.to_string().trim_end_matches('.').to_owned())
}

/// Adds the fault of `node` as a `T`, unless `parts` finds one inside it.
fn check<'a, T: DeserializeOwned>(
    node: &Node<'a>,
    faults: &mut Faults<'a>,
    parts: impl FnOnce(&Node<'a>, &mut Faults<'a>),
) {
    let Err(error) = read::<T>(node.value) else {
        return;
    };
    let before = faults.len();
    parts(node, faults);
    if faults.len() == before {
        faults.push((node.clone(), error));
    }
}

fn document_faults<'a>(root: &Node<'a>, faults: &mut Faults<'a>) {
    if let Some(info) = root.get("info") {
        check::<Info>(&info, faults, |_, _| {});
    }
    for (path, item) in root.members_of("paths") {
        if path.starts_with('/') {
            check::<ReferenceOr<PathItem>>(&item, faults, path_item_faults);
        }
    }
    if let Some(components) = root.get("components") {
        check::<Components>(&components, faults, component_faults);
    }
}

fn path_item_faults<'a>(item: &Node<'a>, faults: &mut Faults<'a>) {
    for parameter in item.elements_of("parameters") {
        check::<ReferenceOr<Parameter>>(&parameter, faults, parameter_faults);
    }
    for method in METHODS {
        if let Some(operation) = item.get(method) {
            check::<Operation>(&operation, faults, operation_faults);
        }
    }
}

fn operation_faults<'a>(operation: &Node<'a>, faults: &mut Faults<'a>) {
    for parameter in operation.elements_of("parameters") {
        check::<ReferenceOr<Parameter>>(&parameter, faults, parameter_faults);
    }
    if let Some(body) = operation.get("requestBody") {
        check::<ReferenceOr<RequestBody>>(&body, faults, content_faults);
    }
    for (status, response) in operation.members_of("responses") {
        if !status.starts_with("x-") {
            check::<ReferenceOr<Response>>(&response, faults, content_faults);
        }
    }
}

fn component_faults<'a>(components: &Node<'a>, faults: &mut Faults<'a>) {
    for (_, schema) in components.members_of(Kind::Schema.section()) {
        check::<ReferenceOr<Schema>>(&schema, faults, schema_faults);
    }
    for (_, parameter) in components.members_of(Kind::Parameter.section()) {
        check::<ReferenceOr<Parameter>>(&parameter, faults, parameter_faults);
    }
    for (_, body) in components.members_of(Kind::RequestBody.section()) {
        check::<ReferenceOr<RequestBody>>(&body, faults, content_faults);
    }
    for (_, response) in components.members_of(Kind::Response.section()) {
        check::<ReferenceOr<Response>>(&response, faults, content_faults);
    }
}

fn parameter_faults<'a>(parameter: &Node<'a>, faults: &mut Faults<'a>) {
    if let Some(schema) = parameter.get("schema") {
        check::<ReferenceOr<Schema>>(&schema, faults, schema_faults);
    }
    content_faults(parameter, faults);
}

fn content_faults<'a>(holder: &Node<'a>, faults: &mut Faults<'a>) {
    for (_, header) in holder.members_of("headers") {
        check::<ReferenceOr<openapiv3::Header>>(&header, faults, parameter_faults);
    }
    for (_, media_type) in holder.members_of("content") {
        check::<MediaType>(&media_type, faults, |media_type, faults| {
            if let Some(schema) = media_type.get("schema") {
                check::<ReferenceOr<Schema>>(&schema, faults, schema_faults);
            }
        });
    }
}

fn schema_faults<'a>(schema: &Node<'a>, faults: &mut Faults<'a>) {
    for child in super::schema::children(schema) {
        check::<ReferenceOr<Schema>>(&child, faults, schema_faults);
    }
}
