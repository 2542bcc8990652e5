//! The document as a whole: its version, its dialect, and what a client has no use for.

use serde_json::{Value, json};

use super::context::{Context, Object, Version};
use crate::pointer::Pointer;

/// The JSON Schema dialects whose keywords this stage knows.
const DIALECTS: [&str; 3] = [
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
    "https://json-schema.org/draft/2020-12/schema",
];

/// Reads `openapi`, and lets the document say that it is 3.0.3.
///
/// Any 3.0 document becomes 3.0.3: the fixes between the two mean the same.
pub(super) fn lower_version(root: &mut Value, context: &mut Context<'_>) {
    let Some(version) = root.get_mut("openapi") else {
        return; // The check of shapes reports it.
    };
    let Some(text) = version.as_str() else {
        return;
    };
    context.version = match text.split('.').collect::<Vec<_>>().as_slice() {
        ["3", "1", ..] => Version::V31,
        ["3", "0", ..] => Version::V30,
        _ => {
            context.error(
                "lower/version",
                &Pointer::from("/openapi"),
                format!("OpenAPI `{text}` cannot be lowered"),
                "Give a document of OpenAPI 3.0 or 3.1.",
            );
            return;
        }
    };
    *version = json!("3.0.3");
}

/// Drops webhooks and callbacks: requests that the service sends, and that no client calls.
pub(super) fn drop_uncalled(root: &mut Value, context: &mut Context<'_>) {
    if let Some(root) = root.as_object_mut()
        && root.shift_remove("webhooks").is_some()
    {
        uncalled("webhooks", &Pointer::from("/webhooks"), context);
    }
    if let Some(components) = root.get_mut("components").and_then(Value::as_object_mut)
        && components.shift_remove("callbacks").is_some()
    {
        uncalled(
            "callbacks",
            &Pointer::from("/components/callbacks"),
            context,
        );
    }
    for section in ["/paths", "/components/pathItems"] {
        let Some(items) = root.pointer_mut(section).and_then(Value::as_object_mut) else {
            continue;
        };
        for (name, item) in items {
            drop_callbacks(item, &Pointer::from(section).join(name), context);
        }
    }
}

fn drop_callbacks(item: &mut Value, at: &Pointer, context: &mut Context<'_>) {
    for method in super::grammar::METHODS {
        if let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut)
            && operation.shift_remove("callbacks").is_some()
        {
            uncalled("callbacks", &at.join(method).join("callbacks"), context);
        }
    }
}

fn uncalled(name: &'static str, at: &Pointer, context: &mut Context<'_>) {
    context.note(
        "lower/uncalled",
        at,
        format!(
            "`{name}` describes requests that the service sends; a client has nothing to call there"
        ),
        "Nothing has to be done.",
    );
}

/// Lowers the fields of the document and of its info object.
pub(super) fn lower_fields(root: &mut Value, context: &mut Context<'_>) {
    let Some(root) = root.as_object_mut() else {
        return;
    };
    lower_dialect(root, context);
    if let Some(info) = root.get_mut("info").and_then(Value::as_object_mut) {
        info.shift_remove("summary");
        if let Some(license) = info.get_mut("license").and_then(Value::as_object_mut) {
            lower_license(license);
        }
    }
    // 3.1 lets a document do without paths, 3.0 does not.
    root.entry("paths").or_insert_with(|| json!({}));
    if let Some(components) = root.get_mut("components").and_then(Value::as_object_mut) {
        components.shift_remove("pathItems");
    }
}

fn lower_dialect(root: &mut Object, context: &mut Context<'_>) {
    if let Some(Value::String(dialect)) = root.shift_remove("jsonSchemaDialect") {
        check_dialect(&dialect, &Pointer::from("/jsonSchemaDialect"), context);
    }
}

/// Reports a dialect whose keywords may mean something else.
pub(super) fn check_dialect(dialect: &str, at: &Pointer, context: &mut Context<'_>) {
    let plain = dialect.trim_end_matches('#');
    if !DIALECTS.contains(&plain) {
        context.error(
            "lower/dialect",
            at,
            format!("the schemas are written in `{dialect}`, a dialect of JSON Schema that this stage does not know"),
            "Write them in the dialect of OpenAPI 3.1, or remove this line with an overlay action if they are.",
        );
    }
}

/// The SPDX identifier of a licence becomes its page at SPDX. An expression has no page.
fn lower_license(license: &mut Object) {
    let Some(Value::String(identifier)) = license.shift_remove("identifier") else {
        return;
    };
    let plain = !identifier.is_empty()
        && identifier
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    if plain && !license.contains_key("url") {
        let page = format!("https://spdx.org/licenses/{identifier}.html");
        license.insert("url".to_owned(), Value::String(page));
    }
}
