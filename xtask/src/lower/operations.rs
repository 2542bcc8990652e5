//! Repairs of operations that every generated client needs, whatever the version of the document.

mod error_response;
mod extensions;
mod header_families;
mod media_types;
mod null_parameters;
mod operation_ids;
mod parameters;
mod reserved_headers;
mod resolve;
mod responses;
mod success_responses;

use serde_json::Value;

use super::context::{Context, Object};
use super::grammar::METHODS;
use crate::pointer::Pointer;

/// Repairs all operations, and consumes the extensions at the root of the document.
pub(super) fn lower(root: &mut Value, context: &mut Context<'_>) {
    operation_ids::derive(root, context);
    media_types::lower(root, context);
    parameters::lower(root, context);
    null_parameters::lower(root, context);
    responses::lower(root, context);
    success_responses::widen(root, context);
    error_response::apply(root, context);
    extensions::check(root, context);
}

/// Visits every path item, with the components: nothing else of the document is referred to.
fn each_path_item(root: &mut Value, mut visit: impl FnMut(&mut Object, &Value, Pointer)) {
    each_item(root, |_, item, components, at| visit(item, components, at));
}

/// Visits every operation, with the components.
fn each_operation(root: &mut Value, mut visit: impl FnMut(&mut Object, &Value, Place<'_>)) {
    each_item(root, |path, item, components, _| {
        for method in METHODS {
            if let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) {
                visit(operation, components, Place { path, method });
            }
        }
    });
}

fn each_item(root: &mut Value, mut visit: impl FnMut(&str, &mut Object, &Value, Pointer)) {
    let Some(root) = root.as_object_mut() else {
        return;
    };
    let components = root
        .get_mut("components")
        .map(Value::take)
        .unwrap_or_default();
    let paths = root.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        let at = Pointer::from("/paths").join(path);
        if path.starts_with('/')
            && let Some(item) = item.as_object_mut()
        {
            visit(path, item, &components, at);
        }
    }
    if let Some(place) = root.get_mut("components") {
        *place = components;
    }
}

/// Which operation it is.
#[derive(Clone, Copy)]
struct Place<'a> {
    path: &'a str,
    method: &'static str,
}

impl Place<'_> {
    /// Where the operation is.
    fn pointer(self) -> Pointer {
        Pointer::from("/paths").join(self.path).join(self.method)
    }
}

/// The operation as it is named in a sentence: `GET /pets`.
impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.path)
    }
}
