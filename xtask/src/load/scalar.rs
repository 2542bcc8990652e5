//! The meaning of scalars: the core schema of YAML 1.2, and the tags of that schema.

use granit_parser::{ScalarStyle, Tag};
use serde_json::{Number, Value};

use super::shown;
use crate::finding::Finding;

/// The tag that says "not resolved".
const NON_SPECIFIC: &str = "!";

/// Returns the value of a scalar.
pub(super) fn resolve(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, Finding> {
    let Some(tag) = tag else {
        return match style {
            ScalarStyle::Plain => plain(text),
            _ => Ok(Value::from(text)),
        };
    };
    let name = name(tag).ok_or_else(|| unknown_tag(tag))?;
    let value = plain(text);
    match (name, value) {
        ("str", _) => Ok(Value::from(text)),
        ("null", Ok(value @ Value::Null)) | ("bool", Ok(value @ Value::Bool(_))) => Ok(value),
        ("int", Ok(Value::Number(it))) if !it.is_f64() => Ok(Value::Number(it)),
        ("float", Ok(Value::Number(it))) => Ok(it.as_f64().map_or(Value::Null, Value::from)),
        _ => Err(not_as_tagged(&format!("The value `{}`", shown(text)), tag)),
    }
}

/// Returns the finding for a scalar that cannot be a key.
pub(super) fn check_key(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Option<Finding> {
    let bare = style == ScalarStyle::Plain && tag.is_none();
    match tag.map(|tag| (tag, name(tag))) {
        Some((tag, None)) => Some(unknown_tag(tag)),
        Some((_, Some("null"))) => Some(null_key()),
        _ if bare && text == "<<" => Some(Finding::error(
            "load/merge-key",
            "The merge key `<<` is not part of YAML 1.2.",
            "Write out the merged members here, or move them to a component and use `$ref`.",
        )),
        _ => (bare && is_null(text)).then(null_key),
    }
}

pub(super) fn null_key() -> Finding {
    Finding::error(
        "load/null-key",
        "The key of this member is null, and keys are strings.",
        "Put the key in quotes, or write the key that is missing before the colon.",
    )
}

/// Returns the finding for a collection that cannot have a tag; `expected` is its implied tag, `map` or `seq`.
pub(super) fn check_tag(tag: &Tag, expected: &str) -> Option<Finding> {
    match name(tag) {
        None => Some(unknown_tag(tag)),
        Some(name) if name == expected || tag.suffix() == NON_SPECIFIC => None,
        Some(_) => Some(not_as_tagged("This collection", tag)),
    }
}

/// Returns the name of a tag within the core schema.
fn name(tag: &Tag) -> Option<&str> {
    if tag.suffix() == NON_SPECIFIC {
        return Some("str");
    }
    tag.core_suffix()
}

fn unknown_tag(tag: &Tag) -> Finding {
    Finding::error(
        "load/unknown-tag",
        format!(
            "The tag `{}` is not one of YAML's core schema.",
            shown(&tag.original())
        ),
        "Delete the tag, and write the value as JSON knows it, as a string for example.",
    )
}

fn not_as_tagged(what: &str, tag: &Tag) -> Finding {
    Finding::error(
        "load/tag-mismatch",
        format!(
            "{what} is not what its tag `{}` says.",
            shown(&tag.original())
        ),
        "Delete the tag, or correct the value.",
    )
}

/// Returns the value of a plain scalar without a tag.
fn plain(text: &str) -> Result<Value, Finding> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match text {
        _ if is_null(text) => Ok(Value::Null),
        "true" | "True" | "TRUE" => Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => Ok(Value::Bool(false)),
        ".nan" | ".NaN" | ".NAN" => Err(no_number(text)),
        _ if matches!(unsigned, ".inf" | ".Inf" | ".INF") => Err(no_number(text)),
        _ => number(text).unwrap_or_else(|| Ok(Value::from(text))),
    }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// Returns whether a plain scalar without a tag stands for this text itself.
pub(crate) fn is_plain_text(text: &str) -> bool {
    matches!(plain(text), Ok(Value::String(_)))
}

/// Returns the number that a text stands for: a 64-bit integer, or else the nearest double. Rust reads decimal numbers
/// as the core schema does, but for its words for what is not finite.
fn number(text: &str) -> Option<Result<Value, Finding>> {
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        let digits = text
            .strip_prefix(prefix)
            .filter(|digits| !digits.is_empty());
        if let Some(digits) = digits.filter(|digits| digits.chars().all(|it| it.is_digit(radix))) {
            let value = u64::from_str_radix(digits, radix).map(Value::from);
            return Some(value.map_err(|_| no_number(text)));
        }
    }
    if !text.bytes().all(|byte| b"0123456789+-.eE".contains(&byte)) {
        return None;
    }
    let integer = text.parse::<i64>().map(Value::from);
    if let Ok(integer) = integer.or_else(|_| text.parse::<u64>().map(Value::from)) {
        return Some(Ok(integer));
    }
    let double = Number::from_f64(text.parse().ok()?);
    Some(double.map(Value::Number).ok_or_else(|| no_number(text)))
}

fn no_number(text: &str) -> Finding {
    Finding::error(
        "load/not-finite",
        format!("The number `{}` has no form in JSON.", shown(text)),
        "Put it in quotes if it is meant as text, write a smaller number, or leave the member out.",
    )
}
