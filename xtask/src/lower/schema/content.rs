//! Texts that hold something encoded. JSON Schema only annotates them, and so does 3.0, with `format`.

use serde_json::{Value, json};

use super::super::context::{Context, Object};
use crate::pointer::Pointer;

pub(super) fn lower(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let encoding = text(schema.shift_remove("contentEncoding"));
    let media_type = text(schema.shift_remove("contentMediaType"));
    let content_schema = schema.shift_remove("contentSchema").is_some();
    let format = match (encoding.as_deref(), media_type.as_deref()) {
        (Some("base64"), _) => Some("byte"),
        (None, Some("application/octet-stream")) => Some("binary"),
        _ => None,
    };
    let free = format.filter(|_| !schema.contains_key("format"));
    if let Some(format) = free {
        let from = if encoding.is_some() {
            "contentEncoding"
        } else {
            "contentMediaType"
        };
        context.follow(&at.join(from), &at.join("format"));
        schema.insert("format".to_owned(), json!(format));
    }
    let lost = [
        ("contentEncoding", encoding.is_some() && free.is_none()),
        (
            "contentMediaType",
            media_type.is_some() && free != Some("binary"),
        ),
        ("contentSchema", content_schema),
    ];
    for (keyword, _) in lost.into_iter().filter(|(_, lost)| *lost) {
        context.note(
            "lower/content",
            &at.join(keyword),
            format!(
                "`{keyword}` says what the text holds, which OpenAPI 3.0 cannot say; it is dropped"
            ),
            "Say it in the description if callers should know.",
        );
    }
}

fn text(value: Option<Value>) -> Option<String> {
    match value {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}
