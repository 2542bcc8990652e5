//! Findings about texts at which the parser gives up.

use std::sync::Arc;

use granit_parser::{ErrorKind, ScanError};

use super::MAX_DEPTH;
use crate::finding::Finding;
use crate::source::{Location, Source};

/// Returns the finding for an error of the parser, at its place.
pub(super) fn finding(error: &ScanError, source: &Arc<Source>) -> Finding {
    use ErrorKind as Kind;
    let (code, next) = match error.kind() {
        Kind::RecursionLimitExceeded => return too_deep().at(place(error, source)),
        Kind::UnexpectedCharacter { character } if is_control(*character) => {
            return control_character(error, source);
        }
        Kind::UnknownAnchor => (
            "load/unknown-alias",
            "Put the value in quotes if the asterisk is meant as text, or correct the name of the alias.",
        ),
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar => ("load/tab", "Indent with spaces."),
        Kind::UnclosedQuotedScalar
        | Kind::UnclosedFlowCollection { .. }
        | Kind::UnexpectedEof
        | Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping
        | Kind::UnexpectedEofBlockSequence
        | Kind::UnexpectedEofBlockMapping => (
            "load/truncated",
            "Close what is open, or fetch the file again if its end is missing.",
        ),
        _ => (
            "load/syntax",
            "Correct the syntax or the indentation here or on the lines just above, or put the value in quotes.",
        ),
    };
    let message = format!("This is not valid YAML: {}.", error.info());
    Finding::error(code, message, next).at(place(error, source))
}

fn place(error: &ScanError, source: &Arc<Source>) -> Location {
    let at = error.marker();
    Location {
        source: Arc::clone(source),
        line: at.line(),
        column: at.col() + 1,
        width: 1,
    }
}

pub(super) fn too_deep() -> Finding {
    Finding::error(
        "load/too-deep",
        format!("More than {MAX_DEPTH} collections stand inside one another here."),
        "Move the inner schemas to components and use `$ref`.",
    )
}

/// Returns the finding for the first control character from a place on; the parser names the beginning of its token.
fn control_character(error: &ScanError, source: &Arc<Source>) -> Finding {
    let token = error.marker().byte_offset().unwrap_or_default();
    let rest = source.text.get(token..).unwrap_or_default();
    let found = rest.char_indices().find(|(_, c)| is_control(*c));
    let (offset, character) = found.unwrap_or_default();
    let at = token + offset;
    Finding::error(
        "load/control-character",
        format!(
            "The control character U+{:04X} may not stand in a document.",
            u32::from(character)
        ),
        "Delete the character, or write it as an escape in a quoted string.",
    )
    .at(Location::of_bytes(source, at..at))
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n')
}
