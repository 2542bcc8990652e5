//! The schemas of the document for which there have to be types.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use xtask::core::{self, BodyKind};
use xtask::pointer::Pointer;
use xtask::source::Document;

use super::intended::Use;
use crate::common::pipeline;

/// A schema for which there has to be a type.
pub(crate) struct Subject<'a> {
    pub(crate) schema: &'a Value,
    pub(crate) used: Use,
}

/// The JSON schema of a request or an answer.
pub(crate) struct Body<'a> {
    /// The operation.
    pub(crate) operation: String,
    /// `body`, `answer` or `error`.
    pub(crate) what: &'static str,
    /// The schema; `None` where nothing of it is JSON.
    pub(crate) schema: Option<&'a Value>,
}

/// Every component, by its name, and every schema that stands in an operation itself, by `operation body`,
/// `operation answer` or `operation error`.
pub(crate) fn subjects(document: &Document) -> BTreeMap<String, Subject<'_>> {
    let mut subjects = BTreeMap::new();
    let mut answered = BTreeSet::new();
    for body in bodies(document) {
        let Some(schema) = body.schema else {
            continue;
        };
        let used = if body.what == "body" {
            Use::Request
        } else {
            Use::Answer
        };
        if used == Use::Answer {
            reach(document, schema, &mut answered);
        }
        if schema.get("$ref").is_none() {
            let name = format!("{} {}", body.operation, body.what);
            subjects.insert(name, Subject { schema, used });
        }
    }
    for (name, schema) in pipeline::components(document) {
        let is_answered = answered.contains(&format!("#/components/schemas/{name}"));
        let used = if is_answered {
            Use::Answer
        } else {
            Use::Request
        };
        subjects.insert(name.clone(), Subject { schema, used });
    }
    subjects
}

/// The bodies that operations send and answer: at most one body, one answer of success and one of failure each.
pub(crate) fn bodies(document: &Document) -> Vec<Body<'_>> {
    let mut bodies = Vec::new();
    for operation in pipeline::core().operations {
        let mut add = |what, pointer: &Pointer| {
            let holder = pointer.resolve(&document.root);
            let holder = holder.map(|holder| document.deref(holder));
            bodies.push(Body {
                operation: operation.method_name.clone(),
                what,
                schema: holder.and_then(|it| it.pointer("/content/application~1json/schema")),
            });
        };
        let at = &operation.about.pointer;
        // A body that may be of several media types is sent as it is.
        let is_json = |body: &core::Body| {
            body.media
                .first()
                .is_some_and(|media| matches!(media.kind, BodyKind::Json(_)))
        };
        if operation.body.as_ref().is_some_and(is_json) {
            add("body", &at.join("requestBody"));
        }
        let responses = at.join("responses");
        let declared = responses.resolve(&document.root).and_then(Value::as_object);
        let success =
            declared.and_then(|declared| declared.keys().find(|status| status.starts_with('2')));
        add(
            "answer",
            &responses.join(success.expect("each operation declares a success")),
        );
        // The overlay gives all operations one answer of failure.
        add("error", &Pointer::root().join("x-error-response"));
    }
    bodies
}

/// Collects all references that lead on from a schema.
fn reach(document: &Document, schema: &Value, reached: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(reference) = map.get("$ref").and_then(Value::as_str)
                && reached.insert(reference.to_owned())
            {
                reach(document, document.deref(schema), reached);
            }
            map.values()
                .for_each(|value| reach(document, value, reached));
        }
        Value::Array(values) => values
            .iter()
            .for_each(|value| reach(document, value, reached)),
        _ => {}
    }
}
