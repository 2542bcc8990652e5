//! Security schemes: mutual TLS, which 3.0 does not know.

use std::collections::HashSet;

use serde_json::Value;

use super::context::Context;
use super::grammar::METHODS;
use crate::pointer::Pointer;

/// Drops schemes of type `mutualTLS`, and their names in all requirements, with a warning.
///
/// No operation says or sends anything for such a scheme: the connection below it shows a certificate.
/// So what is left is what an operation has to send.
pub(super) fn lower(root: &mut Value, context: &mut Context<'_>) {
    let dropped = drop_schemes(root, context);
    if dropped.is_empty() {
        return;
    }
    drop_requirements(root, &dropped);
    let Some(paths) = root.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    for item in paths.values_mut() {
        for method in METHODS {
            if let Some(operation) = item.get_mut(method) {
                drop_requirements(operation, &dropped);
            }
        }
    }
}

fn drop_schemes(root: &mut Value, context: &mut Context<'_>) -> HashSet<String> {
    const SCHEMES: &str = "/components/securitySchemes";
    let mut dropped = HashSet::new();
    let Some(schemes) = root.pointer_mut(SCHEMES).and_then(Value::as_object_mut) else {
        return dropped;
    };
    schemes.retain(|name, scheme| {
        let mutual = scheme.get("type").and_then(Value::as_str) == Some("mutualTLS");
        if mutual {
            context.warning(
                "lower/mutual-tls",
                &Pointer::from(SCHEMES).join(name),
                format!("the security scheme `{name}` is mutual TLS, which happens below the generated client"),
                "Give the HTTP client that the generated client is built on a certificate.",
            );
            dropped.insert(name.clone());
        }
        !mutual
    });
    dropped
}

fn drop_requirements(object: &mut Value, dropped: &HashSet<String>) {
    let Some(requirements) = object.get_mut("security").and_then(Value::as_array_mut) else {
        return;
    };
    for requirement in requirements.iter_mut().filter_map(Value::as_object_mut) {
        requirement.retain(|name, _| !dropped.contains(name));
    }
}
