//! Texts and numbers.

use std::fmt::Write as _;

use serde_json::Number;

use super::WIDTH;
use super::plain::{is_seen, may_be_plain};

/// Returns a text that begins at `column` of its line; further lines stand at `indent`.
pub(super) fn text(text: &str, column: usize, indent: usize) -> String {
    if text.contains('\n') {
        return literal(text, indent).unwrap_or_else(|| escaped(text));
    }
    let line = on_one_line(text);
    if column + line.chars().count() <= WIDTH {
        return line;
    }
    folded(text, indent).unwrap_or(line)
}

/// Returns a text without a line end in it, however long.
pub(super) fn on_one_line(text: &str) -> String {
    if may_be_plain(text) {
        text.to_owned()
    } else if text.chars().all(is_seen) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        escaped(text)
    }
}

/// Returns a number such that readers of YAML 1.1 take it for one too: they need a point and a sign.
pub(super) fn number(number: &Number) -> String {
    let text = number.to_string();
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return text;
    };
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with(['+', '-']) {
        ""
    } else {
        "+"
    };
    format!("{mantissa}{point}e{sign}{exponent}")
}

/// Returns a text of several lines as they are; `None` where one of them would not survive an editor.
fn literal(text: &str, indent: usize) -> Option<String> {
    let lines: Vec<&str> = text
        .strip_suffix('\n')
        .unwrap_or(text)
        .split('\n')
        .collect();
    let survives = |line: &&str| line.trim_end() == *line && line.chars().all(is_seen);
    // A text of line ends alone has no line from which a reader learns where it stands.
    if !lines.iter().all(survives) || lines.iter().all(|line| line.is_empty()) {
        return None;
    }
    let first = lines.iter().find(|line| !line.is_empty())?;
    let step = if first.starts_with(' ') { "2" } else { "" };
    let end = match (text.ends_with('\n'), text.ends_with("\n\n")) {
        (_, true) => "+",
        (true, false) => "",
        (false, false) => "-",
    };
    let mut block = format!("|{step}{end}");
    for line in lines {
        block.push('\n');
        if !line.is_empty() {
            block.push_str(&" ".repeat(indent));
            block.push_str(line);
        }
    }
    Some(block)
}

/// Returns a text on as many lines as it needs, broken at its spaces; `None` where that would change it.
fn folded(text: &str, indent: usize) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let breaks = words.len() > 1 && words.iter().all(|word| !word.is_empty());
    if !breaks || !text.chars().all(is_seen) {
        return None;
    }
    let mut block = String::from(">-");
    let mut column = WIDTH;
    for word in words {
        let length = word.chars().count();
        if column + 1 + length > WIDTH {
            block.push('\n');
            block.push_str(&" ".repeat(indent));
            column = indent;
        } else {
            block.push(' ');
            column += 1;
        }
        block.push_str(word);
        column += length;
    }
    Some(block)
}

/// Returns any text, in double quotes on one line.
fn escaped(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        let code = u32::from(c);
        // Writing to a string does not fail.
        let _ = match c {
            '"' | '\\' => write!(quoted, "\\{c}"),
            '\n' => write!(quoted, "\\n"),
            '\r' => write!(quoted, "\\r"),
            '\t' => write!(quoted, "\\t"),
            c if is_seen(c) => write!(quoted, "{c}"),
            _ if code <= 0xff => write!(quoted, "\\x{code:02X}"),
            _ if code <= 0xffff => write!(quoted, "\\u{code:04X}"),
            _ => write!(quoted, "\\U{code:08X}"),
        };
    }
    quoted.push('"');
    quoted
}
