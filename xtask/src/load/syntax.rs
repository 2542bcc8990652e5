//! What to say when the parser gives up.

use saphyr_parser::ScanError;

use super::faults;
use crate::finding::{Finding, Location};
use crate::source::lines;

/// The finding for an error of the parser. `open` is the innermost collection that has begun.
pub(super) fn finding(error: &ScanError, text: &str, open: Option<Location>) -> Finding {
    let info = error.info();
    let place = (error.marker().line(), error.marker().col());
    if info.contains("recursion limit") {
        faults::too_deep()
    } else if info.contains("unknown anchor") {
        Finding::error(
            "load/unknown-alias",
            "This alias names an anchor that does not stand before it.",
            "Put the value in quotes if the asterisk is meant as text, or correct the name.",
        )
    } else if info.contains("tab ") || info.contains("tabs ") || info.ends_with("tab") {
        Finding::error(
            "load/tab",
            format!("A tab stands where YAML wants spaces: {info}."),
            "Indent with spaces.",
        )
    } else if info.contains("unexpected end of stream") || nothing_follows(text, place) {
        truncated(info, text, open)
    } else if info.contains("Unicode character escape") {
        Finding::error(
            "load/syntax",
            "An escape in this string stands for half a character.",
            "Write the character itself, or as `\\U` and eight hexadecimal digits.",
        )
    } else {
        let next = if info.contains("mapping values are not allowed") {
            "Put the value in quotes if the colon belongs to it, or correct the indentation."
        } else if info.contains("indentation") {
            "Indent all lines of a value further than its key."
        } else if info.contains("unexpected character") {
            "Put the value in quotes if the character belongs to it."
        } else {
            "Correct the syntax here or on the lines just above."
        };
        Finding::error(
            "load/syntax",
            format!("This is not valid YAML: {info}."),
            next,
        )
    }
}

fn truncated(info: &str, text: &str, open: Option<Location>) -> Finding {
    let finding = Finding::error(
        "load/truncated",
        format!("The file ends before everything in it is complete: {info}."),
        "Fetch the file again if its end is missing, or close what is open.",
    );
    match open.filter(|open| begins_with_bracket(text, open)) {
        Some(open) => finding.related(open, "this is still open"),
        None => finding,
    }
}

fn begins_with_bracket(text: &str, location: &Location) -> bool {
    lines(text)
        .nth(location.line.saturating_sub(1))
        .and_then(|line| line.chars().nth(location.column.saturating_sub(1)))
        .is_some_and(|first| matches!(first, '[' | '{'))
}

/// Whether only blanks follow a line (from 1) and column (from 0).
fn nothing_follows(text: &str, (line, column): (usize, usize)) -> bool {
    let mut rest = lines(text).skip(line.saturating_sub(1));
    rest.next()
        .is_none_or(|line| line.chars().skip(column).all(char::is_whitespace))
        && rest.all(|line| line.trim().is_empty())
}

/// A line (from 1) and column (from 0), moved back to the end of the last line that is not blank
/// where the parser points behind the text.
pub(super) fn within(text: &str, (line, column): (usize, usize)) -> (usize, usize) {
    let last = lines(text)
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .last();
    match last {
        Some((index, last)) if line > index + 1 => (index + 1, last.trim_end().chars().count()),
        _ => (line, column),
    }
}
