//! A value as YAML in the one form in which documents are written: the same value, the same text.
//!
//! Collections are in block style, and short texts are plain wherever every reader takes them for text.
//! A text of several lines is a literal block; one that does not fit on its line is folded at
//! [`WIDTH`]; what could not be seen, or would not survive an editor, is escaped in double quotes. So a
//! change of one description or one member is a change of few lines.
//!
//! The crates that write YAML do not fold, or do not indent elements, or need a newer compiler than this
//! workspace promises; a revision taken in by them would differ in nearly every line.

mod form;
mod plain;
mod scalar;

pub use form::{document, leading_comment};

use serde_json::{Map, Value};

/// The number of characters that a line may have where there is a choice.
pub const WIDTH: usize = 110;

/// The number of columns that a collection or a block of text stands further right than what holds it.
const STEP: usize = 2;

/// Returns a value as YAML, with a line end at its end.
///
/// The recursion is as deep as the value is, and loading bounds that.
#[must_use]
pub fn yaml(root: &Value) -> String {
    let mut out = String::new();
    match root {
        Value::Object(map) if !map.is_empty() => members(&mut out, map, 0),
        Value::Array(values) if !values.is_empty() => elements(&mut out, values, 0),
        Value::String(text) => {
            out.push_str(&scalar::on_one_line(text));
            out.push('\n');
        }
        value => line_end(&mut out, value, 0),
    }
    out
}

/// The members of an object, the first of which goes where the text ends.
fn members(out: &mut String, map: &Map<String, Value>, indent: usize) {
    for (at, (name, value)) in map.iter().enumerate() {
        if at > 0 {
            spaces(out, indent);
        }
        out.push_str(&scalar::on_one_line(name));
        out.push(':');
        match value {
            Value::Object(map) if !map.is_empty() => {
                break_line(out, indent + STEP);
                members(out, map, indent + STEP);
            }
            Value::Array(values) if !values.is_empty() => {
                break_line(out, indent + STEP);
                elements(out, values, indent + STEP);
            }
            value => {
                out.push(' ');
                line_end(out, value, indent);
            }
        }
    }
}

/// The elements of an array, the first of which goes where the text ends.
fn elements(out: &mut String, values: &[Value], indent: usize) {
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            spaces(out, indent);
        }
        out.push_str("- ");
        match value {
            Value::Object(map) if !map.is_empty() => members(out, map, indent + STEP),
            Value::Array(values) if !values.is_empty() => elements(out, values, indent + STEP),
            value => line_end(out, value, indent),
        }
    }
}

/// A value that has no members, and the end of its line; blocks of text stand right of `indent`.
fn line_end(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::String(text) => {
            let column = out
                .rsplit('\n')
                .next()
                .map_or(0, |line| line.chars().count());
            out.push_str(&scalar::text(text, column, indent + STEP));
        }
        Value::Number(number) => out.push_str(&scalar::number(number)),
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Array(_) => out.push_str("[]"),
        Value::Object(_) => out.push_str("{}"),
    }
    out.push('\n');
}

fn break_line(out: &mut String, indent: usize) {
    out.push('\n');
    spaces(out, indent);
}

fn spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}
